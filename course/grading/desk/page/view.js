// Drawing the desk: from values to elements. What is pressed is told to `ask(action, number)`.
import { element, fill, rounded } from "../../../ui/page/dom.js";
import { done, said, shown } from "./state.js";

/** @typedef {import("./state.js").Desk} Desk */

/** Points as the reader's language writes them, no digit too many. @param {number} points @param {string} language */
export function number(points, language) {
  return rounded(points, Number.isInteger(points) ? 0 : Number.isInteger(points * 10) ? 1 : 2, language);
}

function signed(points, language) {
  return `${points > 0 ? "+" : ""}${number(points, language)}`;
}

/** Everything but the comment, which is a field and keeps what is written in it. */
export function draw(places, desk, known, ask) {
  const answer = shown(desk);
  const { words, language } = known;
  places.progress.textContent = fill(words.progress, { done: done(desk), total: desk.answers.length });
  places.bar.max = Math.max(desk.answers.length, 1);
  places.bar.value = done(desk);
  if (!answer) return;
  places.heading.textContent = fill(words.answer, { number: desk.at + 1, total: desk.answers.length });
  places.alike.textContent = answer.size > 1 ? fill(words.alike, { place: answer.place, size: answer.size }) : words.alone;
  places.text.lang = answer.language;
  places.text.textContent = answer.text.trim() || words.empty;
  places.score.textContent = score(desk, answer, known);
  places.notice.textContent = answer.elsewhere ? words.elsewhere : answer.again ? words.again : "";
  places.notice.hidden = !places.notice.textContent;
  places.rubric.replaceChildren(...items(desk, answer, known, ask));
  places.none.setAttribute("aria-pressed", String(!answer.open && !answer.elsewhere && !answer.items.length && answer.points === 0));
  places.spread.hidden = answer.size < 2;
  places.spread.disabled = answer.points === null || answer.elsewhere;
  places.spread.lastChild.textContent = fill(words.all_alike, { size: answer.size });
  places.undo.disabled = !desk.top;
  places.comments.replaceChildren(...comments(desk, known, ask));
  places.earlier.hidden = !desk.comments.length;
  places.out_of.textContent = number(desk.out_of, language);
}

function score(desk, answer, { words, language }) {
  if (answer.points === null) return words.unmarked;
  return fill(words.points, { points: number(answer.points, language), out_of: number(desk.out_of, language) });
}

function items(desk, answer, { words, language }, ask) {
  if (!desk.rubric.length) return [element("li", { class: "quiet" }, words.no_rubric)];
  return desk.rubric.map((item, place) =>
    element(
      "li",
      {},
      element(
        "button",
        { type: "button", "aria-pressed": String(answer.items.includes(item.id)), onclick: () => ask("toggle", place + 1) },
        element("kbd", {}, String(place + 1)),
        element("span", {}, said(item, language)),
        element("b", {}, signed(item.points, language)),
      ),
    ),
  );
}

function comments(desk, { words }, ask) {
  return desk.comments.map((text, place) =>
    element(
      "li",
      {},
      element(
        "button",
        { type: "button", title: fill(words.insert, { number: place + 1, text }), onclick: () => ask("insert", place + 1) },
        element("kbd", {}, `⇧${place + 1}`),
        element("span", {}, text),
      ),
    ),
  );
}

/** The form in which the rubric is changed. @param {Desk} desk */
export function form(desk, known, { save, cancel }) {
  const { words } = known;
  const list = element("ol", {});
  const add = element("button", { type: "button", onclick: () => more({ texts: {}, points: 1 }).focus() }, words.add);
  function more(item) {
    const row = line(item, known, () => {
      row.remove();
      numbered(list, add, known);
      add.focus();
    });
    list.append(row);
    numbered(list, add, known);
    return row.querySelector("input");
  }
  function submit(event) {
    event.preventDefault();
    save(read(list));
  }
  function pressed(event) {
    if (event.key === "Escape") cancel();
    else if (event.key === "Enter" && event.ctrlKey) submit(event);
  }
  const buttons = [add, element("button", { class: "main" }, words.save_rubric), element("button", { type: "button", onclick: cancel }, words.cancel)];
  for (const item of desk.rubric.length ? desk.rubric : [{ texts: {}, points: 1 }]) more(item);
  return element("form", { class: "edit", onsubmit: submit, onkeydown: pressed }, list, element("p", { class: "quiet" }, words.rubric_note), element("p", { class: "row" }, buttons));
}

// The page's own language comes first; who leaves the other one empty says this to everybody.
function line(item, { limits, languages, language }, remove) {
  const order = [...languages].sort((one, other) => Number(other.code === language) - Number(one.code === language));
  const texts = order.map(({ code, tag, name }) =>
    element("input", { class: "text", lang: tag, placeholder: name, "data-language": code, maxlength: limits.item, value: item.texts[code] ?? "" }),
  );
  return element(
    "li",
    { "data-id": item.id ?? "" },
    element("kbd", {}),
    element("span", { class: "texts" }, texts),
    element("input", { class: "points", inputmode: "decimal", size: 4, value: String(item.points) }),
    element("button", { type: "button", onclick: remove }, "×"),
  );
}

// Every line says its number: the key that will stand for it.
function numbered(list, add, { words, limits }) {
  add.disabled = list.children.length >= limits.items;
  [...list.children].forEach((row, place) => {
    const named = { number: place + 1 };
    const [key, texts, points, remove] = row.children;
    key.textContent = String(place + 1);
    for (const text of texts.children) text.setAttribute("aria-label", fill(words.item_text, { ...named, language: text.placeholder }));
    points.setAttribute("aria-label", fill(words.item_points, named));
    remove.setAttribute("aria-label", fill(words.remove, named));
  });
}

function read(list) {
  return [...list.children].map((row) => {
    const texts = Object.fromEntries([...row.querySelectorAll(".text")].map((text) => [text.dataset.language, text.value]));
    const id = Number(row.dataset.id);
    return { ...(id ? { id } : {}), texts, points: row.querySelector(".points").value };
  });
}

/** What is said to who listens when a mark has been saved. @param {Desk} desk */
export function spoken(desk, known) {
  const answer = shown(desk);
  return answer ? `${known.words.saved} ${score(desk, answer, known)}` : known.words.saved;
}
