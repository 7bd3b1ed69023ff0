// A phone in a class: what is asked now, its own answer, and what was revealed. It sleeps, wakes and comes back where it was.
import { element, emphasised, fill, say } from "../../../ui/page/dom.js";
import { kindOf, shown } from "./kinds.js";
import { memory, outbox } from "./outbox.js";
import { ask, rest, speaking } from "./talk.js";
import { labelled } from "./telling.js";

const known = JSON.parse(document.getElementById("known").textContent);
const place = (/** @type {string} */ id) => document.getElementById(id);
const AGAIN_MS = 1500;
const BUSY_MS = 4000;
const MOST_TRIES = 5;

/** @type {any} */
let view = null;
/** @type {any} */
let form = null;
let drawn = "";
let polling = new AbortController();

const kept = memory(`course.class.${known.code}`, localStorageOrNothing());
const speech = speaking(known, () => {
  drawn = "";
  if (view) view.version = -1;
  polling.abort();
});
const post = (answer) => ask(`${known.code}/answer`, { token: kept.get().token, body: answer });
const sending = outbox(kept, post, (news, answer) => receipt(news, answer));

function localStorageOrNothing() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

// the state of the answer to the question on show
function receipt(news, answer) {
  if (!view?.question || answer.step !== view.question.key || answer.round !== view.round) return;
  const words = speech.words();
  if (news === "received" || news === "late") view.mine = { number: answer.number, answer: answer.value, late: news === "late" };
  const texts = { sending: words.sending, offline: words.offline, refused: words.refused, late: words.late };
  say(place("receipt"), texts[news] ?? (view.phase === "asking" ? words.received : words.kept));
  place("receipt").dataset.state = news;
  button();
}

function submit() {
  const words = speech.words();
  const value = form.read();
  if (value === null || Number.isNaN(value)) {
    const text = value === null ? (form.empty ?? words.pick) : fill(words.notNumber, { answer: form.wrong() });
    say(place("receipt"), text);
    place("receipt").dataset.state = "open";
    return;
  }
  sending.send(view.question.key, view.round, value);
}

function button() {
  const send = document.getElementById("send");
  if (!send) return;
  const before = sending.underway(view.question.key, view.round)?.value ?? view.mine?.answer;
  const now = form.read();
  /** @type {HTMLButtonElement} */ (send).disabled = before !== undefined && JSON.stringify(before) === JSON.stringify(now);
  say(send, before === undefined ? speech.words().send : speech.words().sendAgain);
}

function draw() {
  const words = speech.words();
  const at = fill(words.of, { number: view.step, total: view.steps });
  say(place("where"), [view.module, view.step > 0 && !view.ended ? at : "", view.round > 1 ? words.round : ""].filter(Boolean).join(" · "));
  const now = [view.step, view.phase, view.round, view.paused, view.ended, view.names, view.phase === "revealed" && Boolean(view.mine?.came), speech.language()].join();
  if (now === drawn) return clock();
  const asked = drawn !== "";
  const draft = form && form.key === `${view.question?.key} ${view.round}` ? form.read() : null;
  drawn = now;
  form = null;
  place("receipt").textContent = "";
  const heading = content(words, draft);
  // the first picture of a page is read by itself
  if (asked || view.phase !== "waiting") say(place("said"), heading);
  clock();
}

/** Draws what fits the phase; returns what is said of it. */
function content(words, draft) {
  const main = place("main");
  if (view.ended) return message(main, words.ended);
  if (view.paused) return message(main, words.pausedLong);
  if (!view.question) return message(main, view.step ? words.next : words.in);
  if (view.phase === "revealed") return reveal(main, words);
  const mine = sending.underway(view.question.key, view.round)?.value ?? view.mine?.answer;
  if (view.phase === "closed") {
    main.replaceChildren(question(view.question), own(words, mine), element("p", { class: "big" }, mine === undefined ? words.closedUnanswered : words.closed));
    return words.closed;
  }
  return asking(main, words, draft ?? mine);
}

function message(main, text) {
  main.replaceChildren(element("h1", { class: "big" }, text));
  return text;
}

function question(asked) {
  return element(
    "div",
    { class: "question" },
    element("p", { class: "quiet" }, asked.part),
    asked.story && element("p", {}, emphasised(asked.story)),
    element("h1", {}, emphasised(asked.text)),
  );
}

function own(words, mine) {
  const text = mine === undefined ? words.youSaidNothing : fill(words.youSaid, { answer: shown(view.question, mine, speech.language()) });
  return element("p", { class: "own" }, text);
}

function asking(main, words, mine) {
  const asked = view.question;
  const attempt = (value) => tryOut(asked.key, value);
  const made = kindOf(asked).input({ question: asked, words, language: speech.language(), touched: button, names: view.names, attempt });
  form = { ...made, key: `${asked.key} ${view.round}` };
  const group = form.grouped
    ? element("fieldset", {}, element("legend", { class: "unseen" }, asked.text), ...form.nodes)
    : element("div", {}, ...form.nodes);
  main.replaceChildren(
    question(asked),
    element("p", { id: "clock", class: "quiet" }),
    ...(asked.kind === "several" ? [element("p", { class: "quiet" }, words.tickAll)] : []),
    group,
    element("button", { type: "button", id: "send", class: "main", onclick: submit }, words.send),
  );
  if (mine !== undefined && mine !== null && !Number.isNaN(mine)) form.show(mine);
  button();
  if (sending.underway(asked.key, view.round)) sending.flush();
  else if (view.mine) say(place("receipt"), words.received);
  return asked.text;
}

function reveal(main, words) {
  const { question: asked, answer, right, mine } = view;
  const how = { words, language: speech.language() };
  const kind = kindOf(asked);
  const parts = [question(asked), own(words, mine?.answer)];
  if (right !== null && right !== undefined) parts.push(element("p", { class: right ? "right" : "wrong" }, right ? words.right : words.notRight));
  parts.push(...kind.told(view, how).filter(Boolean));
  if (mine?.late) parts.push(element("p", { class: "quiet" }, words.late));
  main.replaceChildren(...parts);
  return labelled(answer.label, kind.answered(view, how), how.language);
}

/** What levers would bring; null where that cannot be had now. */
async function tryOut(step, value) {
  for (let left = MOST_TRIES; left > 0; left -= 1) {
    const answer = await ask(`${known.code}/try`, { token: kept.get().token, body: { step, value } }).catch(() => ({ status: 0, said: {} }));
    if (answer.status === 200) return answer.said.came;
    // a refusal stands; a line that broke, or a machine that is busy, may do better
    if (answer.status !== 503 && answer.status !== 0) break;
    await rest(AGAIN_MS);
  }
  return null;
}

function clock() {
  const line = document.getElementById("clock");
  if (line) line.textContent = view.left === null ? "" : fill(speech.words().left, { seconds: Math.ceil(view.left) });
}

async function join() {
  const answer = await ask(`${known.code}/join`, { post: true });
  if (answer.status === 200) kept.set({ token: answer.said.token });
  return answer.status;
}

async function once() {
  if (!kept.get().token) {
    const status = await join();
    if (status !== 200) return status;
  }
  polling = new AbortController();
  const path = `${known.code}/state?lang=${speech.language()}&since=${view?.version ?? -1}`;
  const answer = await ask(path, { token: kept.get().token, signal: polling.signal });
  if (answer.status === 403) kept.set({ token: "" });
  if (answer.status !== 200) return answer.status;
  view = answer.said;
  // a phone that forgot its numbers goes on after those that the server has
  if (view.last > kept.get().number) kept.set({ number: view.last });
  place("alert").textContent = "";
  draw();
  sending.flush();
  if (view.ended && !kept.get().waiting.length) kept.forget();
  return view.ended ? 410 : 200;
}

async function stay() {
  for (;;) {
    let status = 0;
    try {
      status = await once();
    } catch {
      // a change of language breaks off what was being asked
      if (polling.signal.aborted) continue;
    }
    if (status === 200 || status === 403) continue;
    const words = speech.words();
    if (status === 404 || status === 410) {
      if (!view?.ended) message(place("main"), words.gone);
      place("alert").textContent = "";
      kept.forget();
      return;
    }
    place("alert").textContent = status === 429 ? words.busy : words.lost;
    await rest(status === 429 ? BUSY_MS : AGAIN_MS);
  }
}

setInterval(() => {
  if (view?.left > 0) {
    view.left = Math.max(0, view.left - 1);
    clock();
  }
}, 1000);
// a phone that slept may hold a line that is dead
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") polling.abort();
});
stay();
