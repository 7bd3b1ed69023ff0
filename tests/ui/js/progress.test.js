import assert from "node:assert/strict";
import { test } from "node:test";
import { doneIn, reachedIn, sumOf } from "../../../course/ui/progress/done.js";
import { roundOf } from "../../../course/ui/quiz/self_test.js";

const MODULE = { id: "m02-promises", number: "m02", quiz: ["a", "b", "c"], guesses: ["g", "h"], goals: ["x", "y"], writings: ["w"] };

const memory = (entries) => (key) => entries[key] ?? null;

test("of a fresh browser nothing is told", () => {
  const done = doneIn(MODULE, memory({}), []);
  assert.deepEqual(Object.values(done).map(({ done: count }) => count), [0, 0, 0, 0, 0]);
  assert.deepEqual(done.quiz, { done: 0, total: 3 });
});

test("an answer that became right counts as right, and only the first try as first", () => {
  const items = { a: { tries: 1, first: true, right: true }, b: { tries: 2, first: false, right: true }, c: { tries: 1, first: true, right: false } };
  const done = doneIn(MODULE, memory({ "quiz.m02-promises": { items } }), []);
  assert.equal(done.quiz.done, 2);
  assert.equal(done.first.done, 2);
});

test("answers kept before the course noted whether they were right count where the first try was", () => {
  const items = { a: { tries: 1, first: true }, b: { tries: 3, first: false } };
  assert.equal(doneIn(MODULE, memory({ "quiz.m02-promises": { items } }), []).quiz.done, 1);
});

test("predictions count once made, texts once something stands there, challenges of any simulator", () => {
  const kept = memory({
    "guess.m02-promises.g": { first: 3, guess: null },
    "guess.m02-promises.h": { first: null, guess: null },
    "writing.m02-promises.w": { text: " because " },
    "sim.m02": { reached: ["x"] },
    "sim.m02.two": { reached: ["y", "elsewhere"] },
    "sim.m021": { reached: ["z"] },
  });
  const reached = reachedIn("m02", ["sim.m02", "sim.m02.two", "sim.m021", "seed"], kept);
  assert.deepEqual(reached, ["x", "y", "elsewhere"]);
  const done = doneIn(MODULE, kept, reached);
  assert.deepEqual([done.guesses.done, done.goals.done, done.writings.done], [1, 2, 1]);
});

test("what a memory holds in other forms is no deed", () => {
  const kept = memory({ "quiz.m02-promises": { items: "many" }, "writing.m02-promises.w": { text: 7 }, "sim.m02": { reached: 3 } });
  const done = doneIn(MODULE, kept, reachedIn("m02", ["sim.m02"], kept));
  assert.deepEqual(Object.values(done).map(({ done: count }) => count), [0, 0, 0, 0, 0]);
});

test("the whole course is the sum of its modules", () => {
  const one = doneIn(MODULE, memory({ "writing.m02-promises.w": { text: "x" } }), ["x"]);
  const all = sumOf([one, one]);
  assert.deepEqual(all.goals, { done: 2, total: 4 });
  assert.deepEqual(all.writings, { done: 2, total: 2 });
});

const ITEMS = ["m01.a", "m01.b", "m02.a", "m02.b", "m02.c"].map((key) => ({ key, objective: key.slice(0, 3) }));
const TEST = { items: ITEMS, objectives: [{ id: "m01" }, { id: "m02" }, { id: "m03" }] };

test("a round asks one question of each module that has any", () => {
  for (let round = 0; round < 7; round += 1) {
    assert.deepEqual(roundOf(TEST, 5, round).map(({ objective }) => objective), ["m01", "m02"]);
  }
});

test("as many rounds as a module has questions ask each of them once", () => {
  const asked = [0, 1, 2].map((round) => roundOf(TEST, 5, round)[1].key);
  assert.deepEqual([...asked].sort(), ["m02.a", "m02.b", "m02.c"]);
  assert.equal(roundOf(TEST, 5, 3)[1].key, asked[0]);
});

test("neighbours are asked other questions", () => {
  const firsts = new Set(Array.from({ length: 30 }, (_, seed) => roundOf(TEST, seed, 0)[1].key));
  assert.equal(firsts.size, 3);
});
