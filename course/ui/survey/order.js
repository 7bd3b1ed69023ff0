// Words that no scale is known for: a list that the owner of the survey puts in order, the least first.
import { element, fill } from "../page/dom.js";

// `answer(key, value)` hears the order once it is confirmed, and null where it was changed after that.
export function wordOrder(one, words, answer) {
  const given = (one.answer ?? one.suggested).split(",").map(Number);
  const rest = one.items.map((_item, at) => at).filter((at) => !given.includes(at));
  const places = [...given, ...rest];
  const out = new Set(rest);
  const list = element("ol", { class: "survey-order" });
  const done = element("input", {
    class: "survey-choice",
    type: "checkbox",
    "data-do": "order",
    checked: one.answer !== null,
    onchange: () => {
      done.closest("fieldset").classList.remove("survey-open");
      answer(one.key, done.checked ? places.filter((at) => !out.has(at)).join(",") : null);
    },
  });

  // what was confirmed was another order
  function changed(focus) {
    if (done.checked) answer(one.key, null);
    done.checked = false;
    draw();
    list.querySelector(focus)?.focus();
  }

  function move(at, step) {
    const from = places.indexOf(at);
    const to = from + step;
    if (to < 0 || to >= places.length) return;
    [places[from], places[to]] = [places[to], places[from]];
    changed(`[data-item="${at}"] [data-step="${step}"]`);
  }

  function exclude(at, left) {
    if (left) out.add(at);
    else out.delete(at);
    changed(`[data-item="${at}"] input`);
  }

  function row(at) {
    const item = one.items[at];
    const button = (step, sign, label) =>
      element("button", { type: "button", "data-step": step, "aria-label": fill(label, { item }), onclick: () => move(at, step) }, sign);
    const none = element("input", { type: "checkbox", checked: out.has(at), onchange: () => exclude(at, none.checked) });
    return element(
      "li",
      { "data-item": at },
      element("span", { class: "survey-word" }, item),
      button(-1, "↑", words.up),
      button(1, "↓", words.down),
      element("label", {}, none, words.no_answer),
    );
  }

  const draw = () => list.replaceChildren(...places.map(row));
  draw();
  return question(one, list, element("label", {}, done, words.order_done));
}

function question(one, ...parts) {
  return element("fieldset", { class: "survey-question", "data-question": one.key }, element("legend", {}, one.text), ...parts);
}
