// The questions about a survey that only its owner can answer.
import { element, freshId } from "../page/dom.js";
import { wordOrder } from "./order.js";

// Returns { node, answers(), show(questions), firstOpen(), chosen(key) }.
export function questionList(words, level, tell) {
  const node = element("div", { class: "survey-questions" });
  let answers = {};
  let shown = "";
  const chosen = (key) => node.querySelector(`[data-question="${CSS.escape(key)}"] .survey-choice:checked`);
  const answer = (key, value) => {
    const { [key]: _before, ...rest } = answers;
    answers = value === null ? rest : { ...rest, [key]: value };
    if (value !== null) tell();
  };
  return {
    node,
    answers: () => answers,
    show(list) {
      answers = Object.fromEntries(list.filter((one) => one.answer !== null).map((one) => [one.key, one.answer]));
      // drawn anew only when they changed, so that the focus stays
      const now = JSON.stringify(list.map(({ answer: _given, ...rest }) => rest));
      if (now === shown) return;
      shown = now;
      const asked = node.contains(document.activeElement) && document.activeElement.closest("[data-question]");
      const fieldsets = list.map((one) => (one.items.length ? wordOrder : question)(one, words, answer));
      node.replaceChildren(...(list.length ? [element(level, {}, words.questions), ...fieldsets] : []));
      if (asked) chosen(asked.getAttribute("data-question"))?.focus();
    },
    firstOpen() {
      const open = [...node.querySelectorAll("fieldset")].filter((one) => !one.querySelector(".survey-choice:checked"));
      for (const one of open) one.classList.add("survey-open");
      return open[0]?.querySelector(".survey-choice");
    },
    chosen,
  };
}

function question(one, words, answer) {
  const name = freshId("survey-question");
  return element(
    "fieldset",
    { class: "survey-question", "data-question": one.key },
    element("legend", {}, one.text),
    one.choices.map((choice) => {
      const checked = one.answer === choice.value;
      const onchange = () => {
        input.closest("fieldset").classList.remove("survey-open");
        answer(one.key, choice.value);
      };
      const input = element("input", { class: "survey-choice", type: "radio", name, value: choice.value, checked, onchange });
      return element(
        "label",
        {},
        input,
        element(
          "span",
          {},
          choice.label,
          choice.value === one.suggested && element("span", { class: "survey-suggested" }, ` ${words.suggested}`),
          choice.effect && element("span", { class: "quiet survey-effect" }, choice.effect),
        ),
      );
    }),
  );
}
