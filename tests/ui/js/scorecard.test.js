import assert from "node:assert/strict";
import { test } from "node:test";
import { questionOf } from "../../../course/ui/runs/question.js";
import { barOf, verdict, winners } from "../../../course/ui/simulator/scorecard.js";
import { State } from "../../../course/ui/simulator/state.js";

const RUNS = [
  { letter: "A", metrics: { one: 112, ten: 496 } },
  { letter: "B", metrics: { one: 41, ten: 649 } },
];
const WORDS = { words: { scorecard_one: "{name} all along", scorecard_none: "none" } };
const CONTENT = { preset: "calm", presets: [{ key: "calm", values: {} }], parameters: [], goals: [], bets: [], scorecard: { letters: ["A", "B"] } };

test("each horizon has its best, and nobody where two are level", () => {
  assert.deepEqual(winners(["one", "ten"], RUNS), ["A", "B"]);
  assert.deepEqual(winners(["one"], [RUNS[0], { ...RUNS[0], letter: "C" }]), [null]);
});

test("the verdict says whether one is best at every horizon", () => {
  assert.equal(verdict(WORDS, ["one", "ten"], RUNS), "none");
  assert.equal(verdict(WORDS, ["one"], RUNS), "A all along");
  assert.equal(verdict(WORDS, ["one"], RUNS.slice(0, 1)), "");
});

test("bars begin where nothing is, to the left of it and to the right", () => {
  assert.deepEqual(barOf(-50, [-50, 150]), { from: 0, width: 25 });
  assert.deepEqual(barOf(150, [-50, 150]), { from: 25, width: 75 });
  assert.deepEqual(barOf(0, [0, 0]), { from: 0, width: 0 });
});

test("a run is kept under the first letter that is free, and comes back from memory", () => {
  const state = new State(CONTENT, null);
  assert.equal(state.keep(), null, "there is no run yet");
  state.last = { code: "x" };
  assert.deepEqual([state.keep(), state.keep(), state.keep()], ["A", "B", null]);
  state.drop("A");
  assert.equal(new State(CONTENT, state.record()).keep(), null, "no run, whatever was kept");
  assert.deepEqual(Object.keys(new State(CONTENT, state.record()).strategies), ["B"]);
  assert.equal(state.keep(), "A");
});

test("the run service is asked for kept strategies by letter, and for a debrief as for a run", () => {
  assert.deepEqual(questionOf({ kind: "strategies", kept: { A: "x" } }), ["strategies", { A: "x" }]);
  const message = { kind: "debrief", number: 1, values: { promise: 3 }, seed: 2, decisions: [{ promise: 1 }] };
  assert.deepEqual(questionOf(message, ["promise"]), ["debrief", { seed: 2, promise: 3, play: "1" }]);
});
