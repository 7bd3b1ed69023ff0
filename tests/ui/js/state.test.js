import assert from "node:assert/strict";
import { test } from "node:test";
import { asked } from "../../../course/ui/simulator/address.js";
import { State, following, timeline } from "../../../course/ui/simulator/state.js";

const CONTENT = {
  preset: "calm",
  presets: [
    { key: "calm", values: {} },
    { key: "storm", values: { promise: 90 } },
  ],
  parameters: [
    { name: "promise", low: 0, high: 100, step: 1, start: 50 },
    { name: "share", low: 0, high: 1, step: 0.1, start: 0.5 },
  ],
  goals: [{ key: "full" }],
  bets: [{ key: "how-many", preset: "storm", metric: "guests" }],
};
const CALM = { values: { promise: 50, share: 0.5 }, seed: 1, preset: "calm" };
const answer = (settings, more = {}) => ({ values: settings.values, seed: settings.seed, metrics: { guests: 7 }, rows: {}, code: "c", ...more });

test("a new page opens in the situation it was given", () => {
  assert.deepEqual(new State(CONTENT, null).current, CALM);
});

test("a situation's own values stand over the usual ones", () => {
  assert.deepEqual(new State(CONTENT, null).ofPreset("storm").values, { promise: 90, share: 0.5 });
});

test("what was kept comes back", () => {
  const kept = { ...CALM, values: { promise: 12, share: 0.5 } };
  assert.deepEqual(new State(CONTENT, { state: kept, guesses: { "how-many": 3 }, codes: ["x"] }).record(), {
    state: kept,
    guesses: { "how-many": 3 },
    codes: ["x"],
    reached: [],
    strategies: {},
    unfolded: [],
  });
});

test("what differs from the situation's start is known, and what came back does not", () => {
  const state = new State(CONTENT, null);
  state.step(state.ofPreset("storm"));
  assert.deepEqual(state.changes(), []);
  state.move("promise", 80);
  assert.deepEqual(state.changes().map(({ parameter, before, now }) => [parameter.name, before, now]), [["promise", 90, 80]]);
  state.move("promise", 90);
  assert.deepEqual(state.changes(), []);
});

test("a challenge is reached once, and stays so in the next visit", () => {
  const state = new State(CONTENT, null);
  assert.deepEqual(state.reach([[true, false]]), []);
  assert.deepEqual(state.reach([[true, true]]).map(({ key }) => key), ["full"]);
  assert.deepEqual(state.reach([[false, true]]), []);
  assert.deepEqual(state.reach([[true, true]]), [], "it is announced once");
  assert.deepEqual(new State(CONTENT, state.record()).reached, ["full"]);
});

test("a fold stays as it was left", () => {
  const state = new State(CONTENT, null);
  state.fold("share", true);
  state.fold("share", true);
  assert.deepEqual(new State(CONTENT, state.record()).unfolded, ["share"]);
  state.fold("share", false);
  assert.deepEqual(state.unfolded, []);
});

for (const [what, old] of Object.entries({
  "nothing at all": null,
  "no values": { preset: "calm" },
  "a situation that is gone": { ...CALM, preset: "gone" },
  "a parameter too few": { ...CALM, values: { promise: 50 } },
  "a parameter too many": { ...CALM, values: { ...CALM.values, more: 1 } },
  "another parameter": { ...CALM, values: { promise: 50, other: 1 } },
  "a value out of bounds": { ...CALM, values: { promise: 101, share: 0.5 } },
  "a value that is no number": { ...CALM, values: { promise: "many", share: 0.5 } },
})) {
  test(`${what} is not taken from memory`, () => {
    assert.deepEqual(new State(CONTENT, { state: old }).current, CALM);
  });
}

test("a slider on its way is no step until it settles", () => {
  const state = new State(CONTENT, null);
  state.move("promise", 60);
  state.move("promise", 70);
  assert.equal(state.steps.canUndo, false);
  state.settle();
  assert.equal(state.undo(), true);
  assert.deepEqual(state.current, CALM);
  assert.equal(state.redo(), true);
  assert.equal(state.current.values.promise, 70);
});

test("a slider that came back is no step", () => {
  const state = new State(CONTENT, null);
  state.move("promise", 60);
  state.move("promise", 50);
  state.settle();
  assert.equal(state.steps.canUndo, false);
});

test("with no step to take back nothing moves", () => {
  const state = new State(CONTENT, null);
  state.move("promise", 60);
  assert.equal(state.undo(), false);
  assert.equal(state.current.values.promise, 60);
});

test("a new step forgets the ones taken back", () => {
  const steps = timeline(1);
  steps.commit(2);
  steps.undo();
  steps.commit(3);
  assert.equal(steps.redo(), false);
  assert.equal(steps.current, 3);
});

test("a hundred steps are kept", () => {
  const steps = timeline(0);
  for (let number = 1; number <= 150; number += 1) steps.commit(number);
  let count = 0;
  while (steps.undo()) count += 1;
  assert.deepEqual([count, steps.current], [100, 50]);
});

test("one step leads to another in the same direction", () => {
  const [promise, share] = CONTENT.parameters;
  assert.deepEqual(following(promise, 50, 51), { promise: 52 });
  assert.deepEqual(following(promise, 50, 49), { promise: 48 });
  assert.deepEqual(following(share, 0.1, 0.2), { share: 0.3 });
  assert.equal(following(promise, 50, 55), null, "a leap leads nowhere");
  assert.equal(following(promise, 99, 100), null, "nor does the end of the slider");
});

test("what is foreseen stands on the settings as they are", () => {
  const state = new State(CONTENT, null);
  assert.equal(state.foreseen, null);
  state.move("promise", 51);
  assert.deepEqual(state.foreseen, { values: { promise: 52, share: 0.5 }, seed: 1 });
});

test("a run that was asked for leaves the settings alone", () => {
  const state = new State(CONTENT, null);
  state.receive(answer({ values: { promise: 1, share: 0 }, seed: 9 }, { opened: false }));
  assert.deepEqual(state.current, CALM);
});

test("a link's run brings its own settings and lifts the veil", () => {
  const state = new State(CONTENT, null);
  state.step(state.ofPreset("storm"));
  state.offer();
  state.receive(answer({ values: { promise: 1, share: 0 }, seed: 9 }, { opened: true }));
  assert.deepEqual(state.current, { values: { promise: 1, share: 0 }, seed: 9, preset: "storm" });
  assert.equal(state.veiled, false);
});

test("refused settings give way to the last that ran", () => {
  const state = new State(CONTENT, null);
  state.receive(answer(CALM));
  state.step({ ...CALM, seed: -5 });
  state.retreat();
  assert.deepEqual(state.current, CALM);
});

test("refused settings of a page where nothing ran are those it opened with", () => {
  const state = new State(CONTENT, null);
  state.move("promise", 60);
  state.retreat();
  assert.deepEqual(state.current, CALM);
});

test("a bet veils the run until a guess is locked", () => {
  const state = new State(CONTENT, null);
  assert.equal(state.offer(), null);
  assert.equal(state.veiled, false);
  state.step(state.ofPreset("storm"));
  const bet = state.offer();
  assert.deepEqual([bet.key, state.veiled], ["how-many", true]);
  state.lock(bet, 3);
  assert.equal(state.veiled, false);
  assert.equal(state.offer(), null, "a guess stays");
});

test("who would rather see is not asked again", () => {
  const state = new State(CONTENT, null);
  state.step(state.ofPreset("storm"));
  state.lock(state.offer(), null);
  assert.equal(state.offer(), null);
});

test("a situation that was changed has no bet", () => {
  const state = new State(CONTENT, null);
  state.step(state.ofPreset("storm"));
  state.move("share", 0.6);
  assert.equal(state.offer(), null);
});

test("a run is pinned and taken off again", () => {
  const state = new State(CONTENT, null);
  state.togglePin();
  assert.equal(state.pinned, null, "there is nothing to pin yet");
  state.receive(answer(CALM));
  state.togglePin();
  assert.equal(state.pinned, state.last);
  state.togglePin();
  assert.equal(state.pinned, null);
});

test("the run a situation starts with is a ghost behind every other run of it", () => {
  const state = new State(CONTENT, null);
  assert.deepEqual(state.unknownStart, CALM);
  state.receive(answer(CALM));
  assert.equal(state.start, null, "a run is no ghost of itself");
  assert.equal(state.unknownStart, null);
  const first = state.last;
  state.move("promise", 60);
  state.receive(answer(state.current, { metrics: { guests: 9 } }));
  assert.equal(state.start, first);
  state.step({ ...CALM, seed: 2 });
  state.receive(answer(state.current));
  assert.equal(state.start, first, "other guests are another run");
  state.step(state.ofPreset("storm"));
  state.receive(answer(CALM));
  assert.equal(state.start, null, "the start of this situation is not known yet");
  state.remember(answer(state.ofPreset("storm"), { metrics: { guests: 1 } }));
  assert.equal(state.start.metrics.guests, 1);
});

test("the headline is about the bet of the situation, and only its own guess stands in it", () => {
  const state = new State(CONTENT, null);
  assert.deepEqual(state.headline, { bet: CONTENT.bets[0], guess: null });
  state.lock(CONTENT.bets[0], 5);
  assert.equal(state.headline.guess, null);
  state.step(state.ofPreset("storm"));
  assert.equal(state.headline.guess, 5);
  assert.equal(new State({ ...CONTENT, bets: [] }, null).headline, null);
});

test("the page's own address is known, and after a reload the one before", () => {
  const state = new State(CONTENT, null);
  for (const code of ["a", "b", "b", "c"]) {
    state.receive(answer(CALM, { code }));
    state.addressed();
  }
  assert.deepEqual(state.codes, ["c", "b"]);
  assert.deepEqual([state.owns("c", false), state.owns("b", false), state.owns("b", true), state.owns("a", true)], [true, false, true, false]);
});

test("an address asks for a run, or for a situation in either place", () => {
  assert.deepEqual(asked({ hash: "#run=abc", search: "" }), { run: "abc", preset: null });
  assert.deepEqual(asked({ hash: "#preset=storm", search: "?preset=calm" }), { run: null, preset: "storm" });
  assert.deepEqual(asked({ hash: "", search: "?preset=calm" }), { run: null, preset: "calm" });
  assert.deepEqual(asked({ hash: "", search: "" }), { run: null, preset: null });
});

test("a situation that is to be played is about a bet whose picture a manager has meanwhile", () => {
  const bets = [{ key: "one", preset: "calm", metric: "guests", path: { table: "secret" } }, { key: "two", preset: "calm", metric: "guests", path: { table: "months" } }];
  const presets = [...CONTENT.presets, { key: "yours", values: {}, play: true }];
  const play = { periods: 2, levers: ["promise"], known: ["months"] };
  const about = (preset, known = play.known) => new State({ ...CONTENT, presets, bets, play: { ...play, known }, preset }, null).headline.bet.key;
  assert.equal(about("yours"), "two");
  assert.equal(about("yours", ["others"]), "one");
  assert.equal(about("storm"), "one");
});
