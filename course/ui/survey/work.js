// Work that takes a while: what is done, how far it is, and a button that ends it.
import { element } from "../page/dom.js";

// Returns { node, begin(text), advance(share, text), end(), focus(), focused() }.
export function workBar(words, stopped) {
  const bar = element("progress", { max: 1 });
  const doing = element("span");
  const cancel = element("button", { type: "button", "data-do": "cancel", onclick: stopped }, words.cancel);
  const node = element("div", { class: "survey-work", hidden: true }, doing, bar, cancel);
  const name = (text) => {
    doing.textContent = text;
    bar.setAttribute("aria-label", text);
  };
  return {
    node,
    begin(text) {
      name(text);
      bar.value = 0;
      node.hidden = false;
    },
    advance(share, text = doing.textContent) {
      bar.value = share;
      if (doing.textContent !== text) name(text);
    },
    end: () => (node.hidden = true),
    focus: () => cancel.focus(),
    focused: () => document.activeElement === cancel,
  };
}
