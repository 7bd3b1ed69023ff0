// Options: one, or several; and the ways out of a case, of which none is right and one was taken.
import { element, emphasised, freshId } from "../../../../ui/page/dom.js";
import { rows } from "../rows.js";
import { explained, LETTERS, letters, truth } from "../telling.js";

function input({ question, touched }) {
  const name = freshId("options");
  const several = question.kind === "several";
  const boxes = question.options.map((_, place) =>
    element("input", { type: several ? "checkbox" : "radio", name, "data-option": place, onchange: touched }),
  );
  const ticked = () => boxes.flatMap((box, place) => (box.checked ? [place] : []));
  return {
    grouped: true,
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

const shown = (_question, value, language) => letters([value].flat(), language);
const right = (answer) => answer.options.flatMap((one, place) => (one.right ? [place] : []));

function draw(body, top, { question, tallies, answer }, how, mark = undefined) {
  const list = question.options.map((words, place) => ({
    badge: LETTERS[place], words, right: answer?.options[place].right, mark, counts: tallies.map((tally) => tally.counts[place]),
  }));
  return rows(body, top, list, tallies, how);
}

function spoken({ question, tallies }) {
  return [question.options.map((_, place) => `${LETTERS[place]} ${tallies.at(-1).counts[place]}`).join("; ")];
}

const answered = ({ answer }, { language }) => letters(right(answer), language);

function feedback(question, answer, places) {
  return places.map((place) =>
    element(
      "p",
      { class: `feedback ${answer.options[place].right ? "right" : "wrong"}` },
      element("span", { class: "letter" }, LETTERS[place]),
      element("span", {}, element("strong", {}, emphasised(question.options[place])), " ", emphasised(answer.options[place].feedback)),
    ),
  );
}

function told({ question, answer, mine }, { language }) {
  const places = answer.options.flatMap((one, place) => (one.right || [mine?.answer ?? []].flat().includes(place) ? [place] : []));
  return [truth(answer, letters(right(answer), language), language), ...feedback(question, answer, places)];
}

const revealed = ({ answer }) =>
  right(answer).map((place) => element("p", {}, element("strong", {}, `${LETTERS[place]} `), emphasised(answer.options[place].feedback)));

export const options = { input, shown, draw, spoken, answered, told, revealed };

// what somebody's own way leads to comes first
export const decision = {
  ...options,
  draw: (body, top, about, how) => draw(body, top, about, how, about.answer ? ` · ${about.answer.label}` : ""),
  answered: ({ answer }, { language }) => letters(right(answer), language) || answer.reveal,
  told({ question, answer, mine }, { words, language }) {
    const own = mine ? feedback(question, answer, [mine.answer]) : [];
    const done = right(answer);
    return [...own, ...(done.length ? [truth(answer, letters(done, language), language)] : []), ...explained(answer, words)];
  },
  revealed: ({ answer }, { words }) => [
    element("p", {}, right(answer).length ? element("strong", {}, `${LETTERS[right(answer)[0]]} `) : "", emphasised(answer.reveal)),
    ...explained({ ...answer, reveal: "" }, words),
  ],
};
