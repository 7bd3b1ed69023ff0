// A number that is typed; the board counts the most frequent ones.
import { amount } from "../../../../ui/page/amounts.js";
import { decimals, element, freshId } from "../../../../ui/page/dom.js";
import { value } from "../draw.js";
import { rows } from "../rows.js";
import { explained, truth } from "../telling.js";

function input({ question, words, touched }) {
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

const shown = (question, number, language) => amount(number, Math.min(decimals(number), 6), question.unit, language);

function draw(body, top, { question, tallies, answer }, how) {
  const last = tallies.at(-1);
  const near = (number) => answer && Math.abs(number - answer.value) <= answer.tolerance + 1e-9;
  const found = how.open ? last.numbers.map((one) => ({ badge: "", words: shown(question, one.value, how.language), right: near(one.value), counts: [one.count] })) : [];
  if (how.open && answer && !found.some((row) => row.right)) found.push({ badge: "", words: value(question, answer.value, how.language), right: true, counts: [0] });
  if (how.open && last.other) found.push({ badge: "", words: how.words.typed, right: false, counts: [last.other] });
  return rows(body, top, found, tallies, how);
}

function spoken({ question, tallies }, { language }) {
  return [tallies.at(-1).numbers.map((one) => `${value(question, one.value, language)} × ${one.count}`).join("; ")];
}

const answered = ({ question, answer }, { language }) => value(question, answer.value, language);
const told = (about, how) => [truth(about.answer, answered(about, how), how.language), ...explained(about.answer, how.words)];
const revealed = ({ answer }, { words }) => explained(answer, words);

export const number = { input, shown, draw, spoken, answered, told, revealed };
