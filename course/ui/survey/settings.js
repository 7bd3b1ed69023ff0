// Numbers that the owner gives beside the file: a field for each, a list where only some numbers can be.
import { element, freshId } from "../page/dom.js";

// Returns { node, choices(), show(settings) }; `choices()` are { settings: { key: number } } as the kernel takes them.
export function settingFields(words, tell) {
  const node = element("fieldset", { class: "survey-scale survey-settings", hidden: true });
  let inputs = [];
  let shown = "";

  function field({ key, label, low, high, choices }) {
    const given = { id: freshId("survey-setting"), "data-setting": key, onchange: tell };
    const options = choices.map(({ value, label: text }) => element("option", { value }, text));
    const input = options.length
      ? element("select", given, options)
      : element("input", { ...given, type: "number", min: low, max: high, step: "any" });
    inputs.push([key, input]);
    return element("div", { class: "survey-setting" }, element("label", { for: given.id }, label), input);
  }

  return {
    node,
    choices: () => ({
      settings: Object.fromEntries(inputs.filter(([, input]) => input.value !== "").map(([key, input]) => [key, Number(input.value)])),
    }),
    show(settings) {
      node.hidden = !settings.length;
      // drawn anew only when they changed, so that the focus stays
      const now = JSON.stringify(settings.map(({ value: _given, ...rest }) => rest));
      if (now !== shown) {
        shown = now;
        const focused = node.contains(document.activeElement) && document.activeElement.getAttribute("data-setting");
        inputs = [];
        node.replaceChildren(element("legend", {}, words.settings), ...settings.map(field));
        if (focused) inputs.find(([key]) => key === focused)?.[1].focus();
      }
      settings.forEach(({ value }, at) => (inputs[at][1].value = value));
    },
  };
}
