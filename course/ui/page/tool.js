// A tool besides the simulator: its script is fetched when it is first opened, and then draws itself.
import { element } from "./dom.js";

// `place` is empty. Returns a function that cleans up.
export function openTool(model, tool, place, { inApp }) {
  let stop = () => {};
  let stopped = false;
  const waiting = element("p", { class: "quiet", role: "status" }, tool.opening.opening);
  place.append(waiting);
  globalThis.__course.load(model, tool.script).then(
    (script) => {
      if (stopped) return;
      waiting.remove();
      stop = script.startTool(model, tool, place, { inApp });
    },
    () => waiting.replaceWith(element("p", { class: "notice", role: "alert" }, tool.opening.no_tool)),
  );
  return () => {
    stopped = true;
    stop();
  };
}

export function renderTool({ model, el }) {
  return openTool(model, model.get("content"), el, { inApp: false });
}
