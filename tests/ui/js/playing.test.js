import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { levelRows } from "../../../course/ui/simulator/levels.js";
import { Playing, playBar, resting } from "../../../course/ui/simulator/playing.js";
import { State } from "../../../course/ui/simulator/state.js";
import { shelf } from "../../../course/ui/simulator/talk.js";
import { fakeDocument } from "./fakes.js";

const PLAY = { offer: "Play the weeks", next: "Next week", periods: 3, levers: ["promise"], known: ["sales"] };
const CONTENT = {
  preset: "calm",
  presets: [{ key: "calm", values: {} }, { key: "yours", values: { promise: 20 }, play: true }],
  parameters: [
    { name: "promise", low: 0, high: 100, step: 1, start: 50 },
    { name: "share", low: 0, high: 1, step: 0.1, start: 0.5 },
  ],
  goals: [],
  bets: [],
  play: PLAY,
  words: { play: "Play", pause: "Pause", play_again: "Again", play_end: "Stop", play_place: "{over} of {all}", play_rests: "…", play_over: "over", play_stays: "stays" },
};
const answer = (state, more = {}) => ({ ...state.asked, period: state.decisions?.length ?? null, rows: {}, ...more });

let life;
beforeEach(() => {
  globalThis.document = fakeDocument();
  globalThis.matchMedia = () => ({ matches: false });
  life = new AbortController();
});
afterEach(() => {
  life.abort();
  delete globalThis.document;
  delete globalThis.matchMedia;
  mock.timers.reset();
});

function played(preset = "calm") {
  const heard = [];
  const state = new State({ ...CONTENT, preset }, null);
  const page = { play: (on, unfinished) => heard.push(`page ${on} ${unfinished}`) };
  const show = (andRun) => heard.push(`run ${JSON.stringify(state.asked)}`) && andRun;
  const playing = new Playing({ content: CONTENT, state, page: () => page, show }, life.signal);
  const press = (key) => bar(playing, key).dispatch("click");
  return { heard, state, playing, press };
}

function bar({ bar: { opener, node } }, key) {
  if (key === "begin") return opener;
  return node.children[0].children.find((one) => one.getAttribute?.("data-do") === `play-${key}`);
}

test("what is set holds from the next period on, and what was decided stays", () => {
  const { state, press } = played();
  press("begin");
  assert.deepEqual(state.asked, { values: { promise: 50, share: 0.5 }, seed: 1, decisions: [] });
  press("next");
  state.move("promise", 70);
  state.settle();
  press("next");
  assert.deepEqual(state.asked.decisions, [{ promise: 50 }, { promise: 70 }]);
  assert.equal(state.steps.canUndo, false, "a decision is no step to take back");
  assert.equal(state.undo(), false);
});

test("at the end the next period rests, the focus goes to the start, and a fourth is not played", () => {
  const { state, playing, press } = played();
  press("begin");
  bar(playing, "next").focus();
  for (const _ of "123") press("next");
  assert.equal(bar(playing, "next").disabled, true);
  assert.equal(document.activeElement, bar(playing, "again"));
  state.pass();
  assert.equal(state.decisions.length, 3);
  press("again");
  assert.deepEqual(state.decisions, []);
  assert.equal(document.activeElement, bar(playing, "next"));
});

test("a run is watched again as it was decided, and from where somebody decides otherwise it goes another way", () => {
  const { state, press } = played();
  press("begin");
  for (const promise of [60, 70, 80]) {
    state.move("promise", promise);
    press("next");
  }
  press("replay");
  assert.deepEqual([state.decisions, state.current.values.promise], [[], 60]);
  press("next");
  assert.equal(state.current.values.promise, 70);
  const again = new State(CONTENT, JSON.parse(JSON.stringify(state.record())));
  state.move("promise", 10);
  press("next");
  press("next");
  assert.deepEqual(state.decisions.map(({ promise }) => promise), [60, 10, 10]);
  again.pass();
  again.pass();
  assert.deepEqual(again.decisions.map(({ promise }) => promise), [60, 70, 80]);
});

test("a code of a played run brings its decisions", () => {
  const { state } = played();
  const decisions = [{ promise: 1 }, { promise: 2 }, { promise: 3 }];
  state.receive({ ...answer(state), values: { promise: 3, share: 0.5 }, period: 3, opened: true, decisions });
  assert.deepEqual(state.asked.decisions, decisions);
  assert.equal(state.unfinished, false);
});

test("who stops is back where playing began, with the focus on the button that began it", () => {
  const { state, playing, press } = played();
  state.move("share", 0.7);
  state.settle();
  press("begin");
  state.move("promise", 9);
  press("next");
  press("end");
  assert.deepEqual(state.asked, { values: { promise: 50, share: 0.7 }, seed: 1 });
  assert.equal(document.activeElement, playing.bar.opener);
});

test("it goes on by itself, a while after each picture, until it is paused or over", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { state, playing, press } = played();
  const drawn = () => {
    state.receive(answer(state));
    playing.drawn();
    mock.timers.tick(60_000);
  };
  press("begin");
  press("turn");
  assert.equal(bar(playing, "turn").textContent, "Pause");
  assert.equal(state.decisions.length, 1);
  drawn();
  assert.equal(state.decisions.length, 2);
  press("turn");
  drawn();
  assert.equal(state.decisions.length, 2, "paused");
  press("turn");
  drawn();
  drawn();
  assert.equal(state.decisions.length, 3);
  assert.equal(bar(playing, "turn").textContent, "Play");
});

test("where motion is not wanted nothing goes on by itself", () => {
  const { node } = playBar(CONTENT, {}, true);
  const keys = node.children[0].children.map((one) => one.getAttribute?.("data-do")).filter(Boolean);
  assert.deepEqual(keys, ["play-next", "play-again", "play-replay", "play-end"]);
});

test("only a manager's levers can be moved, and none when it is over", () => {
  const { state } = played();
  const why = () => ["promise", "share"].map(resting(CONTENT, state));
  assert.deepEqual(why(), ["", ""]);
  state.beginPlay();
  assert.deepEqual(why(), ["", "stays"]);
  for (const _ of "123") state.pass();
  assert.deepEqual(why(), ["over", "over"]);
});

test("a run in play is neither a situation's start nor compared with one before its end", () => {
  const { state } = played();
  state.receive({ ...state.asked, period: null, rows: { whole: [1] } });
  state.beginPlay();
  state.receive(answer(state, { rows: { whole: [] } }));
  assert.equal(state.unfinished, true);
  assert.equal(state.start, null);
  assert.equal(state.atStart, false);
  for (const _ of "123") state.pass();
  state.receive(answer(state));
  assert.equal(state.unfinished, false);
  assert.deepEqual(state.start.rows, { whole: [1] });
  state.endPlay();
  state.receive({ ...state.asked, period: null, rows: {} });
  assert.equal(state.unfinished, false);
});

test("no level of a whole run is drawn before it is over", () => {
  const views = [{ usermeta: { levels: [{ metric: "felt", plus: null, times: null, now: true }] } }];
  const content = { views, metrics: [{ key: "felt", digits: 1 }], language: "en", words: {} };
  const rows = levelRows(content, { last: { metrics: {}, rows: {} }, headline: { bet: { metric: "felt" }, guess: 3 }, unfinished: true });
  assert.deepEqual(rows, { "felt@guess": [], "felt@now": [] });
});

test("a situation to play begins before its first period, and another one ends the play", () => {
  const { state } = played("yours");
  assert.deepEqual(state.asked.decisions, []);
  state.step(state.ofPreset("calm"));
  assert.equal(state.asked.decisions, undefined);
});

test("a run in play survives a reload, and what does not fit is not taken", () => {
  const { state, press } = played();
  press("begin");
  state.move("promise", 70);
  press("next");
  state.move("promise", 80);
  const record = state.record();
  assert.equal(record.state.values.promise, 50, "without the play, its start is kept");
  const again = new State(CONTENT, record);
  assert.deepEqual(again.asked, { values: { promise: 80, share: 0.5 }, seed: 1, decisions: [{ promise: 70 }] });
  again.endPlay();
  assert.equal(again.current.values.promise, 50);
  for (const play of [{}, { values: {}, decisions: [{ promise: 700 }] }, { values: {}, decisions: [{}] }, { values: { promise: -1 }, decisions: [] }]) {
    assert.equal(new State(CONTENT, { ...record, play }).decisions, null);
  }
  assert.equal(new State({ ...CONTENT, play: null }, record).decisions, null);
});

test("results are told apart by what was decided", () => {
  const known = shelf();
  const settings = { values: { promise: 1 }, seed: 1 };
  known.put(settings, "whole");
  assert.equal(known.find({ ...settings, decisions: [] }), undefined);
  known.put({ ...settings, decisions: [] }, "nothing yet");
  assert.equal(known.find(settings), "whole");
});
