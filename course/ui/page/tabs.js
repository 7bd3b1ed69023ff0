// Tabs, as the ARIA authoring practices have them: one stop for Tab, arrow keys from one to the next.
import { element, freshId } from "./dom.js";

// `entries`: [{ key, title, panel }]. `opened(key)` is called whenever a tab is shown, the first time included.
export function tabs(label, entries, first, opened) {
  const handles = entries.map(({ key, title, panel }) => {
    panel.id ||= freshId("panel");
    const id = freshId("tab");
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", id);
    return element(
      "button",
      { type: "button", id, role: "tab", "data-tab": key, "aria-controls": panel.id, onclick: () => open(key) },
      title,
    );
  });

  function open(key) {
    entries.forEach((entry, at) => {
      const on = entry.key === key;
      entry.panel.hidden = !on;
      handles[at].setAttribute("aria-selected", String(on));
      handles[at].tabIndex = on ? 0 : -1;
    });
    opened(key);
  }

  function keys(event) {
    const at = handles.indexOf(document.activeElement);
    const last = handles.length - 1;
    const next = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    open(entries[next].key);
    handles[next].focus();
  }

  const known = entries.some(({ key }) => key === first);
  open(known ? first : entries[0].key);
  return element("div", { class: "course-tabs", role: "tablist", "aria-label": label, onkeydown: keys }, handles);
}
