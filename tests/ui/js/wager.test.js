import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { asides } from "../../../course/ui/simulator/asides.js";
import { State } from "../../../course/ui/simulator/state.js";
import { Telling } from "../../../course/ui/simulator/telling.js";
import { Wager } from "../../../course/ui/simulator/wager.js";
import { fakeDocument, fakeModel } from "./fakes.js";

const PARAMETER = { name: "promise", low: 0, high: 100, step: 1, start: 50 };
const CONTENT = {
  preset: "storm",
  presets: [{ key: "storm", values: { promise: 90 } }],
  parameters: [PARAMETER],
  goals: [{ key: "full", label: "Full house" }],
  bets: [{ key: "many", preset: "storm", metric: "guests", low: 0, high: 10, step: 1, question: "?", reveal: "So." }],
  metrics: [{ key: "guests", unit: "people", digits: 0, percent: false, never: null }],
  words: { goal_done: "Reached: {label}", list: ", ", bet_result: "You guessed {guess}. It is {answer}." },
  language: "en",
  level: "h2",
};
const RUN = { number: 1, values: { promise: 90 }, seed: 1, metrics: { guests: 7 }, rows: {}, goals: [[true]], tell: "Seven came.", idle: {} };

let life;
beforeEach(() => {
  globalThis.document = fakeDocument();
  life = new AbortController();
});
afterEach(() => {
  life.abort();
  delete globalThis.document;
});

function wagered() {
  const heard = [];
  const state = new State(CONTENT, null);
  const place = () => document.createElement("div");
  const page = { bet: place(), outcome: place(), veil: (on) => heard.push(on ? "veil" : "lift") };
  const parts = { situations: { focus: (preset) => heard.push(`focus ${preset}`) } };
  const wager = new Wager({ content: CONTENT, state, page, parts }, () => heard.push("save"), () => heard.push("show"));
  return { heard, state, page, wager };
}

test("a guess locked in before its run is there is answered by that run, once", () => {
  const { heard, state, page, wager } = wagered();
  state.offer();
  wager.reveal(CONTENT.bets[0], 3);
  assert.deepEqual(heard, ["save", "lift"]);
  state.receive(RUN);
  wager.answer();
  assert.match(page.outcome.textContent, /You guessed 3 people\. It is 7 people\. So\./);
  assert.equal(document.activeElement, page.outcome.children[0]);
  page.outcome.replaceChildren();
  wager.answer();
  assert.equal(page.outcome.children.length, 0);
});

test("a guess locked in while the run of another situation still stands waits for its own", () => {
  const { heard, state, page, wager } = wagered();
  state.receive({ ...RUN, values: { promise: 50 }, metrics: { guests: 2 } });
  state.offer();
  wager.reveal(CONTENT.bets[0], 3);
  wager.answer();
  assert.equal(page.outcome.children.length, 0);
  assert.deepEqual(heard, ["save", "lift"]);
  state.receive(RUN);
  wager.answer();
  assert.match(page.outcome.textContent, /It is 7 people/);
});

test("who would rather see gets the run without an answer, and the focus on the situation", () => {
  const { heard, state, page, wager } = wagered();
  state.receive(RUN);
  wager.reveal(CONTENT.bets[0], null);
  wager.answer();
  assert.deepEqual(heard, ["save", "lift", "focus storm", "show"]);
  assert.equal(page.outcome.children.length, 0);
});

test("a guess is not answered by a run of other settings, nor after another situation was chosen", () => {
  const { state, page, wager } = wagered();
  wager.reveal(CONTENT.bets[0], 3);
  state.receive(RUN);
  state.move("promise", 10);
  wager.answer();
  assert.equal(page.outcome.children.length, 0);
  state.move("promise", 90);
  wager.forget();
  wager.answer();
  assert.equal(page.outcome.children.length, 0);
});

test("a challenge is praised beside the slider and kept the first time only, and not while the run is veiled", () => {
  const heard = [];
  const note = (name) => (text) => heard.push([name, text]);
  const quiet = { show() {}, tell() {}, rest() {} };
  const parts = {
    controls: { ...quiet, meet: () => {}, praise: note("praise") },
    sentence: { ...quiet, reached: note("reached") },
    goals: quiet,
    figures: quiet,
    scorecard: quiet,
    tables: quiet,
  };
  const state = new State(CONTENT, null);
  const on = { content: CONTENT, state, parts, asides: { stale() {} }, save: () => heard.push(["save"]) };
  const telling = new Telling(on, life.signal);
  state.receive(RUN);
  state.veiled = true;
  telling.tell();
  assert.deepEqual(heard, []);
  state.veiled = false;
  telling.tell();
  telling.tell();
  assert.deepEqual(heard, [["reached", "Reached: Full house"], ["praise", "✓ Reached: Full house"], ["save"]]);
});

test("an answer about people of an earlier run is not shown", () => {
  const model = fakeModel();
  const state = new State(CONTENT, null);
  const { people } = asides(model, { ...CONTENT, people: {} }, state, life.signal);
  const shown = [];
  people.show = (list) => shown.push(list);
  state.receive({ ...RUN, number: 2 });
  model.say({ kind: "people", number: 1, people: ["old"] });
  model.say({ kind: "people", number: 2, people: ["new"] });
  assert.deepEqual(shown, [["new"]]);
});
