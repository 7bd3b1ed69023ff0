// The record: what this browser remembers of the whole course, as a table that can be printed.
import { element, fill, freshId } from "../page/dom.js";
import { recall, rememberedKeys } from "../page/page.js";
import { doneIn, reachedIn, sumOf } from "./done.js";

const KINDS = ["quiz", "first", "guesses", "goals", "writings"];

export function renderRecord({ model, el, signal }) {
  const content = model.get("content");
  const { words } = content;
  const place = element("div", {});
  const draw = () => place.replaceChildren(...tableOf(content));
  draw();
  addEventListener("storage", draw, { signal });
  addEventListener("pageshow", draw, { signal });
  const id = freshId("name");
  const date = new Date().toLocaleDateString(content.html_lang, { year: "numeric", month: "long", day: "numeric" });
  el.append(
    element(
      "p",
      { class: "record-name" },
      element("label", { for: id }, words.name),
      element("input", { id, type: "text", maxlength: 80, autocomplete: "off" }),
      element("span", { class: "record-date" }, date),
    ),
    place,
    element("p", { class: "record-print" }, element("button", { type: "button", onclick: () => print() }, words.print)),
  );
}

function tableOf({ modules, words }) {
  const keys = rememberedKeys();
  const all = modules.map((module) => doneIn(module, recall, reachedIn(module.number, keys, recall)));
  const cell = ({ done, total }) => element("td", {}, total === 0 ? words.none : fill(words.count, { done, total }));
  const row = (title, done) => element("tr", {}, element("th", { scope: "row" }, title), ...KINDS.map((kind) => cell(done[kind])));
  const heads = [words.module, words.quiz, words.first, words.guesses, words.goals, words.writings];
  const whole = sumOf(all);
  const nothing = KINDS.every((kind) => whole[kind].done === 0);
  return [
    ...(nothing ? [element("p", { class: "notice" }, words.nothing)] : []),
    element(
      "div",
      { class: "record-wide", tabindex: 0, role: "region", "aria-label": words.total },
      element(
        "table",
        {},
        element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
        element("tbody", {}, ...modules.map((module, at) => row(`${module.number} ${module.title}`, all[at]))),
        element("tfoot", {}, row(words.total, whole)),
      ),
    ),
  ];
}
