// A tool besides the simulator: its script is fetched when it is first opened, and then draws itself.
import { element } from "./dom.js";

// `place` is empty.
export function openTool(model, tool, place, { inApp, signal }) {
  const waiting = element("p", { class: "quiet", role: "status" }, tool.opening.opening);
  place.append(waiting);
  globalThis.__course.load(model, tool.script).then(
    (script) => {
      if (signal.aborted) return;
      waiting.remove();
      script.startTool(model, tool, place, { inApp, signal });
    },
    () => waiting.replaceWith(element("p", { class: "notice", role: "alert" }, tool.opening.no_tool)),
  );
}

export function renderTool({ model, el, signal }) {
  openTool(model, model.get("content"), el, { inApp: false, signal });
}
