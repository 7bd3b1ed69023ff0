// Notices at one place of the page, each of its own kind: a newer one of a kind takes the older one's place.
import { element } from "./dom.js";

// Returns { node, show(kind, text, …further) -> the notice, clear(…kinds), has(…kinds) }.
export function notices() {
  const node = element("div", { class: "course-notices", role: "alert" });
  const clear = (...kinds) => {
    for (const kind of kinds) node.querySelector(`[data-kind="${kind}"]`)?.remove();
  };
  return {
    node,
    clear,
    has: (...kinds) => kinds.some((kind) => node.querySelector(`[data-kind="${kind}"]`)),
    show(kind, text, ...further) {
      clear(kind);
      const notice = element("div", { class: "notice", "data-kind": kind, tabindex: "-1" }, element("p", {}, text), further);
      node.append(notice);
      return notice;
    },
  };
}

// A button that loads the page anew, where the page is ours alone.
export function reloadButton(inApp, text) {
  return inApp ? [element("button", { type: "button", onclick: () => location.reload() }, text)] : [];
}
