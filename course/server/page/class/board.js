// The board: what is asked, who is in, how the class answered; keys and buttons become commands of the teacher's.
import { element, emphasised, fill, say } from "../../../ui/page/dom.js";
import { DARK, LIGHT } from "./draw.js";
import { kindOf } from "./kinds.js";
import { picture } from "./picture.js";
import { results } from "./results.js";
import { steps } from "./steps.js";
import { ask, rest, speaking } from "./talk.js";
import { labelled } from "./telling.js";
import { inTurn } from "./turns.js";

const known = JSON.parse(document.getElementById("known").textContent);
const place = (/** @type {string} */ id) => document.getElementById(id);
const token = location.hash.slice(1);
const asNote = new URLSearchParams(location.search).has("note");
const AGAIN_MS = 1500;
const MINUTE = 60;

/** @type {any} */
let view = null;
let drawn = "";
let codeOpen = false;
/** @type {{html: string, steps: string[]} | null} */
let note = null;
let polling = new AbortController();
/** What waits for the next news of the room. @type {Array<(news: unknown) => void>} */
const waiting = [];
// everything is being deleted: there is nothing more to ask for
let leaving = false;

const speech = speaking(known, () => {
  drawn = "";
  note = null;
  view = null;
  polling.abort();
});
const dark = () => document.documentElement.dataset.theme === "dark";

/** What → and Enter do now: the name of a command, null at the end of the last question. */
function forward() {
  if (view.step === 0) return "next";
  const next = { waiting: "go", asking: "close", closed: "reveal" }[view.phase];
  return next ?? (view.step < view.steps ? "next" : null);
}

async function command(name, more = {}) {
  const before = view.version;
  try {
    const { status, said } = await ask("board/do", { token, body: { command: name, version: before, ...more } });
    if (status === 200 && (view?.version ?? 0) < said.version) await new Promise((resolve) => waiting.push(resolve));
  } catch {
    place("alert").textContent = speech.words().lost;
  }
}

function confirmed(text, yes, then) {
  const dialog = /** @type {HTMLDialogElement} */ (place("ask"));
  place("ask-text").textContent = text;
  place("ask-no").textContent = speech.words().cancel;
  place("ask-yes").textContent = yes;
  place("ask-no").onclick = () => dialog.close();
  place("ask-yes").onclick = () => {
    dialog.close();
    then();
  };
  dialog.showModal();
}

const end = () => confirmed(speech.words().endSure, speech.words().endYes, () => command("end"));

const ACTIONS = {
  forward: () => (forward() ? command(forward()) : end()),
  back: () => view.step > 0 && command("back"),
  pause: () => command("pause"),
  picture: () => view.step > 0 && command("picture"),
  again: () => view.phase === "closed" && command("again"),
  clock: () => view.phase === "asking" && command("clock", { seconds: Math.min(600, (view.left ?? 0) + MINUTE) }),
  note: () => open(`board?note&lang=${speech.language()}${location.hash}`, "course-note"),
  code() {
    codeOpen = !codeOpen;
    drawn = "";
    draw();
  },
  list: () => view && steps(view.list, { now: view.step - 1, words: speech.words(), go: (/** @type {number} */ at) => command("to", { place: at }) }),
  names: () => view.question?.tries && command("names"),
  end,
};
// a window that is opened, or a list, needs no turn
const press = inTurn(ACTIONS, ["forward", "back", "pause", "picture", "again", "clock", "names"]);
const KEYS = {
  ArrowRight: "forward", PageDown: "forward", Enter: "forward", " ": "forward", ArrowLeft: "back", PageUp: "back",
  p: "pause", h: "picture", v: "again", c: "clock", n: "note", j: "code", l: "list", m: "names",
};

addEventListener("keydown", (event) => {
  const name = KEYS[event.key.length > 1 ? event.key : event.key.toLowerCase()];
  const typing = /** @type {Element} */ (event.target).closest("button, a, input, dialog");
  if (!name || !view || view.ended || asNote || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing && ["Enter", " "].includes(event.key)) return;
  event.preventDefault();
  if (!event.repeat) press(name);
});

function buttons(words) {
  const main = forward() ? { next: view.step === 0 ? words.begin : words.next, go: words.go, close: words.close, reveal: words.reveal }[forward()] : words.end;
  const list = [
    ["back", words.back, "←", view.step > 0],
    ["forward", main, "→", true],
    ["again", words.again, "V", view.phase === "closed"],
    ["pause", view.paused ? words.resume : words.pause, "P", view.step > 0],
    ["picture", view.picture ? words.hidePicture : words.showPicture, "H", view.step > 0 && view.phase !== "waiting"],
    ["clock", words.clock, "C", view.phase === "asking"],
    ["code", words.code, "J", view.step > 0],
    ["list", words.list, "L", true],
    ...(view.question?.tries ? [["names", view.names ? words.hideNames : words.showNames, "M", true]] : []),
    ["note", words.note, "N", true],
    ["end", words.end, "", view.step > 0 && forward() !== null],
  ];
  return list.map(([name, label, key, fits]) =>
    element(
      "button",
      { type: "button", "data-action": name, class: name === "forward" ? "main" : null, disabled: !fits, onclick: () => press(name) },
      label,
      key && element("kbd", { "aria-hidden": "true" }, key),
    ),
  );
}

function counts(words) {
  const last = view.tallies?.at(-1);
  const pair = (number, label, id) => element("p", { class: "count" }, element("strong", { id }, String(number)), " ", label);
  return element("div", { class: "counts" }, last && view.phase !== "waiting" && pair(last.count, words.answered, "answered"), pair(view.here, words.here, "here"));
}

function header(words) {
  const at = view.step > 0 ? [fill(words.of, { number: view.step, total: view.steps }), view.question?.part, view.round > 1 && words.round] : [];
  return [
    element("div", {}, element("p", { class: "quiet" }, [view.module, ...at].filter(Boolean).join(" · ")), element("p", { id: "phase" }, phase(words))),
    counts(words),
  ];
}

function phase(words) {
  if (view.step === 0) return "";
  if (view.paused) return words.paused;
  return `${words[view.phase]}${view.left === null ? "" : ` · ${Math.ceil(view.left)} s`}`;
}

function lobby(words) {
  const address = view.address.replace(/^https?:\/\//, "");
  return element(
    "div",
    { class: "lobby" },
    element("img", { src: `${view.code}/qr.svg`, alt: `${words.join}: ${view.address}` }),
    element(
      "div",
      {},
      element("h1", {}, view.module),
      element("p", {}, words.join),
      element("p", { class: "address" }, address),
      element("p", { class: "code" }, `${words.codeIs} `, element("strong", { id: "code" }, view.code)),
    ),
  );
}

function asked(words) {
  const { question, answer } = view;
  const how = { words, language: speech.language(), palette: dark() ? DARK : LIGHT, open: view.picture && view.phase !== "waiting" };
  const told = answer && element("div", { class: "reveal" }, ...kindOf(question).revealed(view, how));
  return element(
    "div",
    { class: `asked${told ? " told" : ""}${kindOf(question).tall || view.tallies.length > 1 ? " twice" : ""}` },
    element("div", { class: "question" }, question.story && element("p", {}, emphasised(question.story)), element("h1", {}, emphasised(question.text))),
    element("div", { class: "picture" }, picture(view, how)),
    told ?? "",
  );
}

function draw() {
  const words = speech.words();
  if (asNote) return drawNote(words);
  if (view.ended) return results(view, { words, language: speech.language(), token, code: view.code, confirmed, leave });
  place("head").replaceChildren(...header(words));
  const now = JSON.stringify([view.version, view.news, codeOpen, speech.language(), dark()]);
  if (now === drawn) return;
  drawn = now;
  place("main").replaceChildren(view.step === 0 || codeOpen ? lobby(words) : asked(words));
  const focus = /** @type {HTMLElement} */ (document.activeElement)?.dataset?.action;
  place("keys").replaceChildren(...buttons(words), element("p", { class: "unseen" }, words.keys));
  if (focus) /** @type {HTMLElement} */ (document.querySelector(`[data-action="${focus}"]`))?.focus();
  const how = { words, language: speech.language() };
  const answer = view.step && view.answer ? labelled(view.answer.label, kindOf(view.question).answered(view, how), how.language) : "";
  say(place("said"), view.step ? `${fill(words.of, { number: view.step, total: view.steps })}. ${words[view.phase]}. ${answer}` : "");
}

function drawNote(words) {
  place("head").replaceChildren(element("h1", {}, words.noteTitle));
  const at = view.step > 0 && view.question ? `${fill(words.of, { number: view.step, total: view.steps })} · ${words[view.phase]} · ${view.question.text}` : view.module;
  // the course's own text, from the course's own server
  const text = (html) => element("div", { class: "note", html });
  const whole = element("details", { open: view.step === 0 }, element("summary", {}, words.noteWhole), text(note?.html ?? ""));
  place("main").replaceChildren(element("p", { class: "now" }, at), text(note?.steps?.[view.step - 1] ?? ""), whole);
}

/** Ask for nothing more, and have all deleted; where that fails, go on. */
async function leave() {
  leaving = true;
  polling.abort();
  const answer = await ask("board/delete", { token, post: true }).catch(() => ({ status: 0 }));
  if (answer.status === 200) return gone();
  leaving = false;
  place("alert").textContent = speech.words().lost;
  return stay();
}

function gone() {
  place("head").replaceChildren();
  place("keys").replaceChildren();
  place("main").replaceChildren(element("h1", { class: "big" }, speech.words().deleted));
  place("alert").textContent = "";
}

function expired() {
  if (view?.left > 0 && !view.paused) {
    view.left = Math.max(0, view.left - 1);
    say(place("phase"), phase(speech.words()));
    if (view.left === 0 && view.phase === "asking") command("close");
  }
}

async function once() {
  polling = new AbortController();
  if (asNote && !note) note = (await ask(`board/note?lang=${speech.language()}`, { token })).said;
  const since = view ? `&since=${view.version}&news=${view.news}` : "";
  const answer = await ask(`board/state?lang=${speech.language()}${since}`, { token, signal: polling.signal });
  if (answer.status !== 200) return answer.status;
  view = answer.said;
  place("alert").textContent = "";
  draw();
  return 200;
}

async function stay() {
  if (!token) return place("main").replaceChildren(element("h1", { class: "big" }, speech.words().noToken));
  for (;;) {
    let status = 0;
    try {
      status = await once();
    } catch {
      if (leaving) return undefined;
      if (polling.signal.aborted) continue;
    } finally {
      for (const heard of waiting.splice(0)) heard(status);
    }
    if (status === 200) continue;
    if (status === 410) return gone();
    if (status === 403) return place("main").replaceChildren(element("h1", { class: "big" }, speech.words().noToken));
    place("alert").textContent = speech.words().lost;
    await rest(AGAIN_MS);
  }
}

setInterval(expired, 1000);
// a picture is drawn in the colours of the theme
new MutationObserver(() => view && !view.ended && draw()).observe(document.documentElement, { attributeFilter: ["data-theme"] });
stay();
