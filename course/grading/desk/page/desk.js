// The marking desk: keys and buttons become orders, orders go to the server, and what it says is drawn.
import { fill } from "../../../ui/page/dom.js";
import { wish } from "./keys.js";
import { line } from "./line.js";
import { foreseen, inserted, keep, merged, moved, opened, shown, spread, toggle, toOpen } from "./state.js";
import { draw, form, spoken } from "./view.js";

const known = JSON.parse(document.getElementById("known").textContent);
const place = (/** @type {string} */ name) => /** @type {any} */ (document.getElementById(name));
const NAMES = ["progress", "bar", "heading", "alike", "text", "score", "notice", "rubric", "none", "spread", "undo", "comment",
  "comments", "earlier", "status", "alert", "out_of", "edit", "form", "keys_on", "marking", "choose", "nothing", "asked", "model"];
const places = Object.fromEntries(NAMES.map((name) => [name, place(name)]));
const TYPED_MS = 500;

/** @type {import("./state.js").Desk} */
let desk;
let typing = 0;
// the reader went on from the last answer: what is saved after that takes nothing from the word that all is done
let ended = false;

async function post(path, body) {
  const headers = { "Content-Type": "application/json", "X-XSRFToken": known.xsrf };
  const answer = await fetch(address(path), { method: "POST", headers, body: JSON.stringify(body), credentials: "same-origin" });
  return { status: answer.status, said: await answer.json() };
}

function address(path) {
  return `${known.base}/${path}?q=${encodeURIComponent(known.question)}&lang=${known.language}`;
}

const orders = line({ get: () => desk, set: (next) => show(next) }, (body) => post("mark", body), heard);

function heard(state, said) {
  const words = known.words;
  if (state === "stale" || state === "refused") return refused(state, said);
  places.alert.textContent = state === "unsaved" ? words.unsaved : "";
  places.status.textContent = state === "saving" ? words.saving : state === "saved" ? (ended ? words.all_done : spoken(desk, known)) : "";
}

// Nothing was written. What the page shows is fetched anew, with the answer that it was about.
async function refused(state, said) {
  places.status.textContent = "";
  places.alert.textContent = said.error ?? known.words.failed;
  if (state === "stale") await load(said.key ?? shown(desk)?.key);
}

function show(next) {
  const other = shown(desk ?? next)?.key !== shown(next)?.key || !desk;
  desk = next;
  draw(places, desk, known, ask);
  const comment = shown(desk)?.comment ?? "";
  if (other || document.activeElement !== places.comment) places.comment.value = comment;
}

// Another answer is shown: who reads by ear or by keyboard goes there, too.
function turn(next) {
  ended = false;
  typed();
  show(next);
  places.heading.focus({ preventScroll: true });
  scrollTo({ top: 0 });
}

function give(order) {
  if (!order) return;
  ended = false;
  places.alert.textContent = "";
  show(foreseen(desk, order));
  orders.send(order);
}

// A comment that is being written is an order as soon as the writer pauses or leaves.
function typed() {
  clearTimeout(typing);
  const answer = desk && shown(desk);
  if (answer && places.comment.value.trim() !== answer.comment.trim()) give({ keys: [answer.key], comment: places.comment.value });
}

async function apart(path, body) {
  typed();
  if (!orders.idle()) return;
  let answer;
  try {
    answer = await post(path, body);
  } catch {
    places.alert.textContent = known.words.unsaved;
    return;
  }
  if (answer.status !== 200) {
    refused(answer.status === 409 ? "stale" : "refused", answer.said);
    return;
  }
  places.alert.textContent = "";
  const at = desk.answers.findIndex((one) => one.key === answer.said.at);
  show(merged({ ...desk, at: at >= 0 ? at : desk.at }, answer.said, []));
  return answer.said;
}

async function undo() {
  const said = desk.top && (await apart("undo", { top: desk.top }));
  if (said) places.status.textContent = said.kept ? fill(known.words.undone_kept, { kept: said.kept }) : known.words.undone;
}

function edit() {
  const leave = () => (places.form.replaceChildren(), (places.edit.hidden = places.rubric.hidden = false), places.heading.focus());
  async function save(rubric) {
    if (await apart("rubric", { revision: desk.revision, rubric })) {
      leave();
      places.status.textContent = known.words.rubric_saved;
    }
  }
  places.form.replaceChildren(form(desk, known, { save, cancel: leave }));
  places.edit.hidden = places.rubric.hidden = true;
  places.form.querySelector("input").focus();
}

function insert(number) {
  const more = desk.comments[number - 1];
  if (!more || !shown(desk)) return;
  places.comment.value = inserted(places.comment.value, more);
  typed();
}

function onward() {
  give(keep(desk));
  const next = toOpen(desk);
  if (next !== desk) return turn(next);
  ended = desk.answers.every((one) => !one.open);
  if (ended) places.status.textContent = known.words.all_done;
  else turn(moved(desk, 1));
}

function toAll() {
  const order = spread(desk);
  if (!order) return;
  give(order);
  places.status.textContent = fill(known.words.given, { count: order.keys.length });
}

const ACTIONS = {
  toggle: (number) => give(toggle(desk, number)),
  none: () => shown(desk) && give({ keys: [shown(desk).key], items: [] }),
  insert,
  alike: toAll,
  comment: () => places.comment.focus(),
  edit,
  undo,
  enter: onward,
  open: () => turn(toOpen(desk)),
  next: () => turn(moved(desk, 1)),
  previous: () => turn(moved(desk, -1)),
};

function ask(action, number = 0) {
  if (desk && (desk.answers.length || action === "edit")) ACTIONS[action](number);
}

async function load(key) {
  const answer = await fetch(address("sheet"), { credentials: "same-origin" });
  const said = await answer.json();
  if (answer.status !== 200) {
    places.alert.textContent = said.error ?? known.words.failed;
    return;
  }
  places.asked.innerHTML = said.asked;
  places.model.textContent = said.model;
  places.marking.hidden = !said.answers.length;
  places.nothing.hidden = Boolean(said.answers.length);
  desk = undefined;
  show(opened(said, key));
}

function listen() {
  document.addEventListener("keydown", (event) => {
    const found = places.keys_on.checked && !places.form.firstChild ? wish(event) : null;
    if (event.key === "Escape" && document.activeElement === places.comment) places.heading.focus();
    if (!found) return;
    event.preventDefault();
    if (!event.repeat || ["next", "previous"].includes(found[0])) ask(...found);
  });
  document.addEventListener("click", (event) => {
    const action = /** @type {any} */ (event.target).closest("[data-do]")?.dataset.do;
    if (action) ask(action);
  });
  places.comment.addEventListener("input", () => {
    clearTimeout(typing);
    typing = window.setTimeout(typed, TYPED_MS);
  });
  places.comment.addEventListener("blur", typed);
  places.choose.addEventListener("change", () => location.assign(`?q=${encodeURIComponent(places.choose.value)}&lang=${known.language}`));
  addEventListener("beforeunload", (event) => {
    typed();
    if (!orders.idle()) event.preventDefault();
  });
  addEventListener("pageshow", (event) => event.persisted && load(shown(desk)?.key));
}

listen();
load();
