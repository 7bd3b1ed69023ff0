// What a phone answers with: a slider, options, or a number that is typed. Each: { nodes, read() -> value or null, show(value) }.
import { amount } from "../../../ui/page/amounts.js";
import { decimals, element, emphasised, freshId } from "../../../ui/page/dom.js";

export const LETTERS = "ABCDEFGHIJ";

/** An answer in words: "3.4 stars", "B", "A, C". */
export function shown(question, value, language) {
  if (question.options.length) return [value].flat().map((place) => LETTERS[place]).join(language === "zh" ? "、" : ", ");
  const digits = decimals(question.scale ? question.scale.step : value);
  return amount(value, Math.min(digits, 6), question.unit, language);
}

export function inputs(question, words, language, touched) {
  if (question.options.length) return options(question, touched);
  return question.scale ? slider(question, words, language, touched) : number(question, words, touched);
}

function slider(question, words, language, touched) {
  const { low, high, step } = question.scale;
  const id = freshId("guess");
  const output = element("output", { for: id, class: "guess" }, "–");
  const range = element("input", { type: "range", id, min: low, max: high, step, class: "course-open" });
  range.value = String(low + Math.round((high - low) / step / 2) * step);
  let chosen = false;
  const show = () => {
    chosen = true;
    range.classList.remove("course-open");
    const text = shown(question, Number(range.value), language);
    output.textContent = text;
    range.setAttribute("aria-valuetext", text);
  };
  const moved = () => {
    show();
    touched();
  };
  const nudge = (by) => () => {
    if (chosen) range.value = String(Number(range.value) + by * step);
    moved();
  };
  range.addEventListener("input", moved);
  // a tap where the knob already is changes nothing, and is an answer all the same
  range.addEventListener("pointerup", moved);
  const ends = element(
    "p",
    { class: "ends quiet", "aria-hidden": "true" },
    element("span", {}, shown(question, low, language)),
    element("span", {}, shown(question, high, language)),
  );
  return {
    nodes: [
      element("p", { class: "guess-line" }, element("label", { for: id }, words.yours), output),
      element(
        "div",
        { class: "slider" },
        element("button", { type: "button", "aria-label": words.less, onclick: nudge(-1) }, "−"),
        range,
        element("button", { type: "button", "aria-label": words.more, onclick: nudge(1) }, "+"),
      ),
      ends,
    ],
    read: () => (chosen ? Number(range.value) : null),
    empty: words.open,
    show(value) {
      range.value = String(value);
      show();
    },
  };
}

function options(question, touched) {
  const name = freshId("options");
  const several = question.kind === "several";
  const boxes = question.options.map((_, place) =>
    element("input", { type: several ? "checkbox" : "radio", name, "data-option": place, onchange: touched }),
  );
  const ticked = () => boxes.flatMap((box, place) => (box.checked ? [place] : []));
  return {
    nodes: question.options.map((text, place) =>
      element(
        "label",
        { class: "option" },
        boxes[place],
        element("span", { class: "letter" }, LETTERS[place]),
        element("span", {}, emphasised(text)),
      ),
    ),
    read: () => (several ? (ticked().length ? ticked() : null) : (ticked()[0] ?? null)),
    show: (value) => boxes.forEach((box, place) => (box.checked = [value].flat().includes(place))),
  };
}

function number(question, words, touched) {
  const id = freshId("number");
  // the decimal keypad of an iPhone has no minus sign
  const box = element("input", { type: "text", id, autocomplete: "off", maxlength: 20, oninput: touched });
  return {
    nodes: [
      element("label", { for: id }, words.number),
      element("p", { class: "number" }, box, element("span", {}, question.unit.split("|").at(-1))),
    ],
    read: () => (box.value.trim() ? typed(box.value) : null),
    wrong: () => box.value,
    show: (value) => (box.value = String(value)),
  };
}

/** "−2,5" or "１２" as a number; NaN where it is none. */
export function typed(text) {
  const plain = text
    .normalize("NFKC")
    .trim()
    .replace(/[−–]/, "-")
    .replace("。", ".");
  return /^[-+]?(\d+([.,]\d+)?|[.,]\d+)%?$/.test(plain) ? Number(plain.replace("%", "").replace(",", ".")) : NaN;
}
