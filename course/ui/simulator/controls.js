// The controls of a simulator: one labelled native slider per parameter, in groups.
import { decimals, element, fill, freshId, rounded } from "../page/dom.js";
import { slide } from "../page/slide.js";

// `moved(name, number)` while dragging, `settled()` when let go. Returns { node, show(values) }.
export function sliders(content, moved, settled) {
  const controls = new Map();
  const groups = new Map();
  for (const parameter of content.parameters) {
    const control = slider(content, parameter, moved, settled);
    controls.set(parameter.name, control);
    if (!groups.has(parameter.group)) groups.set(parameter.group, []);
    groups.get(parameter.group).push(control.node);
  }
  const node = element(
    "div",
    { class: "course-controls" },
    [...groups].map(([name, nodes]) =>
      element("fieldset", { class: "course-group" }, element("legend", {}, name || content.words.settings), nodes),
    ),
  );
  return {
    node,
    show(values) {
      for (const [name, control] of controls) control.show(values[name]);
    },
  };
}

function slider(content, parameter, moved, settled) {
  const id = freshId(parameter.name);
  const digits = decimals(parameter.step);
  const spoken = (number) => `${rounded(number, digits, content.language)} ${parameter.unit}`.trim();
  const output = element("output", { for: id, class: "course-value" });
  let shown = null;
  const help = element("p", { id: `${id}-help`, class: "quiet" }, parameter.help);
  const input = slide({
    id,
    min: parameter.low,
    max: parameter.high,
    step: parameter.step,
    "aria-describedby": `${id}-help`,
    "data-name": parameter.name,
    oninput: () => moved(parameter.name, Number(input.value)),
    onchange: settled,
  });
  const reset = element(
    "button",
    {
      type: "button",
      class: "course-reset",
      "aria-label": fill(content.words.reset, { label: parameter.label }),
      title: fill(content.words.reset, { label: parameter.label }),
      onclick: () => {
        moved(parameter.name, parameter.start);
        settled();
        input.focus();
      },
    },
    "↺",
  );
  return {
    node: element(
      "div",
      { class: "course-control" },
      element("label", { for: id }, parameter.label),
      output,
      reset,
      input,
      help,
    ),
    show(number) {
      if (number === shown) return;
      shown = number;
      input.value = number;
      input.setAttribute("aria-valuetext", spoken(number));
      output.textContent = spoken(number);
      reset.style.visibility = number === parameter.start ? "hidden" : "visible";
    },
  };
}
