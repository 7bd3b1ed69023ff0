// A tool besides the simulator: its script is fetched when it is first opened, and then draws itself.
import { element } from "./dom.js";

// `about`: { inApp, signal }, and in a dashboard { module, fragment }: its number, and what the page's address held at first.
// `place` is empty. A page without a kernel gets one for a tool that asks for it, and says so where that takes a while.
export function openTool(model, tool, place, about) {
  if (tool.private && globalThis.__course.edition) {
    place.append(element("p", { class: "notice" }, tool.opening.no_server));
    return;
  }
  const waiting = element("p", { class: "quiet", role: "status" }, tool.opening.opening);
  place.append(waiting);
  const full = () => (waiting.textContent = tool.opening.full);
  const own = tool.private && model.privately ? model.privately(tool.language, full) : model;
  Promise.all([own, globalThis.__course.load(model, tool.script)]).then(
    ([line, script]) => {
      if (about.signal.aborted) return;
      waiting.remove();
      script.startTool(line, tool, place, about);
    },
    () => waiting.replaceWith(element("p", { class: "notice", role: "alert" }, tool.opening.no_tool)),
  );
}

export function renderTool({ model, el, signal }) {
  openTool(model, model.get("content"), el, { inApp: false, signal });
}
