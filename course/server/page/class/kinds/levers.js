// Levers of a simulation: sliders on the phone, and the figures that come of them.
import { amount } from "../../../../ui/page/amounts.js";
import { decimals, element, fill, freshId, say } from "../../../../ui/page/dom.js";

/** A lever's value as it is told. */
export const lever = (one, number, language) => amount(number, decimals(one.step), one.unit, language);

/** A figure as it is told. */
export const figure = (aim, number, language) => amount(number, aim.digits, aim.unit, language);

const wanted = (aim, words, language) => (aim.sign ? fill(aim.sign === ">=" ? words.atLeast : words.atMost, { value: amount(aim.bound, Math.min(aim.digits, decimals(aim.bound)), aim.unit, language) }) : "");

/** The figures of one setting; `met` says which are where they are wanted. */
export function figures(question, came, words, language) {
  return element(
    "ul",
    { class: "figures" },
    ...question.aims.map((aim, place) =>
      element(
        "li",
        { class: came.met ? (came.met[place] ? "met" : "missed") : null },
        element("span", {}, aim.label),
        " ",
        element("strong", {}, figure(aim, came.figures[place], language)),
        came.met && element("span", { class: "quiet" }, ` ${wanted(aim, words, language)} ${came.met[place] ? words.metYes : words.metNo}`),
      ),
    ),
  );
}

const goals = (question, words, language) =>
  element("ul", { class: "figures" }, ...question.aims.map((aim) => element("li", {}, element("span", {}, aim.label), element("span", { class: "quiet" }, ` ${wanted(aim, words, language)}`))));

function row(one, language, touched) {
  const id = freshId("lever");
  const output = element("output", { for: id }, lever(one, one.start, language));
  const range = element("input", { type: "range", id, min: one.low, max: one.high, step: one.step });
  const told = () => {
    const text = lever(one, Number(range.value), language);
    say(output, text);
    range.setAttribute("aria-valuetext", text);
  };
  range.value = String(one.start);
  told();
  range.addEventListener("input", () => {
    told();
    touched();
  });
  return {
    node: element("div", { class: "lever" }, element("p", {}, element("label", { for: id }, one.label), output), range),
    read: () => Number(range.value),
    show(value) {
      range.value = String(value);
      told();
    },
  };
}

/** `attempt(value)` resolves to what the levers bring; null where it cannot be had now. */
export function input({ question, words, language, touched, names, attempt }) {
  const rows = question.levers.map((one) => row(one, language, touched));
  const id = freshId("name");
  const name = element("input", { type: "text", id, maxlength: 16, autocomplete: "off", spellcheck: false, oninput: touched });
  const named = names && question.tries ? [element("div", { class: "made-up" }, element("label", { for: id }, words.name), name)] : [];
  const read = () => ({ values: rows.map((one) => one.read()), ...(named.length && name.value.trim() ? { name: name.value.trim() } : {}) });
  const came = element("div", { class: "came", role: "status" }, question.tries ? goals(question, words, language) : "");
  const button = element("button", { type: "button", class: "try", onclick: go }, words.tryOut);
  async function go() {
    button.disabled = true;
    say(button, words.trying);
    const found = await attempt(read());
    button.disabled = false;
    say(button, words.tryOut);
    came.replaceChildren(found ? figures(question, found, words, language) : element("p", {}, words.busyTry));
  }
  return {
    nodes: [...rows.map((one) => one.node), ...(question.tries ? [button, came] : []), ...named],
    read,
    show(value) {
      rows.forEach((one, place) => one.show(value.values[place]));
      name.value = value.name ?? "";
    },
  };
}

export const shown = (question, value, language) =>
  question.levers.map((one, place) => `${one.label} ${lever(one, value.values[place], language)}`).join(language === "zh" ? "；" : "; ");
