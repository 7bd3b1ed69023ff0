// After the end: what came, to save; and then to delete.
import { element, emphasised, fill, freshId } from "../../../ui/page/dom.js";
import { LIGHT } from "./draw.js";
import { picture } from "./picture.js";
import { savePng, saveSvg, saveTable } from "./save.js";

/** @param {any} view @param {{words: any, language: string, token: string, code: string, confirmed: Function, leave: Function}} about */
export function results(view, { words, language, token, code, confirmed, leave }) {
  const place = (/** @type {string} */ id) => document.getElementById(id);
  const remove = () => confirmed(words.deleteSure, words.deleteYes, leave);
  place("head").replaceChildren(element("h1", {}, words.ended));
  place("keys").replaceChildren(
    element("button", { type: "button", class: "main", onclick: () => saveTable("board/answers.csv", token, `${code}.csv`) }, words.saveTable),
    element("button", { type: "button", onclick: remove }, words.delete),
  );
  const cards = view.results.map((one, index) => card(one, { name: `${code}-${index + 1}`, words, language }));
  place("main").replaceChildren(
    ...(view.ratings ? [ratingsFile(view.ratings, words, token)] : []),
    cards.length ? element("ol", { class: "results" }, ...cards) : element("p", { class: "big" }, words.nothingCame),
  );
}

// What the class said of a service, as the lessons read it.
function ratingsFile({ count, fewest }, words, token) {
  if (count < fewest) return element("p", { class: "quiet" }, fill(words.ratingsFew, { count, fewest }));
  const id = freshId("service");
  const name = element("input", { id, type: "text", maxlength: 60 });
  const save = () => saveTable(`board/class.csv?${new URLSearchParams({ service: name.value })}`, token, "class.csv");
  return element(
    "p",
    { class: "row" },
    element("label", { for: id }, words.serviceName),
    name,
    element("button", { type: "button", onclick: save }, words.saveRatings),
  );
}

function card(one, { name, words, language }) {
  const svg = picture(one, { words, language, palette: LIGHT, titled: true });
  const button = (label, save) => element("button", { type: "button", onclick: () => save(svg, name) }, label, element("span", { class: "unseen" }, ` ${name}`));
  return element(
    "li",
    {},
    element("h2", {}, emphasised(one.question.text)),
    element("p", { class: "quiet" }, fill(words.answersCount, { count: one.tallies.at(-1).count })),
    svg,
    element("p", { class: "row" }, button(words.savePng, savePng), button(words.saveSvg, saveSvg)),
  );
}
