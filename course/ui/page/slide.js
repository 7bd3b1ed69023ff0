// A finger that only wants to scroll may begin on a slider; browsers move the knob before they know.
import { element } from "./dom.js";

// A native slider that takes its value back when the touch turns out to be a scroll.
export function slide(attributes) {
  let before = null;
  const restore = () => {
    if (before === null || input.value === before) return;
    input.value = before;
    for (const type of ["input", "change"]) input.dispatchEvent(new Event(type, { bubbles: true }));
  };
  const input = element("input", {
    ...attributes,
    type: "range",
    onpointerdown: (event) => (before = event.pointerType === "mouse" ? null : input.value),
    onpointercancel: () => {
      restore();
      before = null;
    },
  });
  return input;
}
