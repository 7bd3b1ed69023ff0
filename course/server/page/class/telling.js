// How an answer is told in words, on phones and beside the board's picture.
import { element, emphasised, fill } from "../../../ui/page/dom.js";

export const LETTERS = "ABCDEFGHIJ";

/** "label: text", as each language writes it. */
export const labelled = (label, text, language) => `${label}${language === "zh" ? "：" : ": "}${text}`;

/** The letters of options. */
export const letters = (places, language) => places.map((place) => LETTERS[place]).join(language === "zh" ? "、" : ", ");

/** What is told with an answer, and where it comes from. */
export function explained(answer, words) {
  return [answer.reveal && element("p", {}, emphasised(answer.reveal)), answer.source && element("p", { class: "quiet" }, fill(words.source, { source: answer.source }))];
}

/** The answer itself, in large. */
export const truth = (answer, text, language) => element("p", { class: "truth" }, labelled(answer.label, text, language));
