// A finger that only wants to scroll may begin on a slider; browsers move the knob before they know.
import { element } from "./dom.js";

const OPEN = "course-open";

// A native slider that takes its value back when the touch turns out to be a scroll. One that is `open` shows no knob until
// somebody has moved or pressed it: a knob that stands somewhere is half an answer.
export function slide({ open = false, oninput, ...attributes }) {
  let before = null;
  const act = (stays, event) => {
    input.classList.toggle(OPEN, stays);
    oninput?.(event);
  };
  const restore = () => {
    if (before === null || (input.value === before.value && isOpen(input) === before.open)) return;
    input.value = before.value;
    act(before.open);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const input = element("input", {
    ...attributes,
    type: "range",
    oninput: (event) => act(false, event),
    // on the very middle, nothing changes and yet it was chosen
    onclick: (event) => isOpen(input) && act(false, event),
    onpointerdown: (event) => (before = event.pointerType === "mouse" ? null : { value: input.value, open: isOpen(input) }),
    onpointercancel: () => {
      restore();
      before = null;
    },
  });
  input.classList.toggle(OPEN, open);
  return input;
}

// Whether nobody has chosen yet.
export const isOpen = (input) => input.classList.contains(OPEN);
