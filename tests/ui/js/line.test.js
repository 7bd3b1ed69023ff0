// A line that is drawn point by point: places, strokes, gaps, and what it is compared with.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as line from "../../../course/ui/drawing/line.js";
import { endRows } from "../../../course/ui/chart/ends.js";
import { guessRows, viewOfBet, withGuesses } from "../../../course/ui/simulator/guess.js";

const YEAR = { table: "felt", picture: "felt", across: "month", until: "", up: "total", only: {}, start: 1, stop: 5, every: 1, low: -10, high: 10, step: 0.5 };
const BARS = { ...YEAR, across: "from", until: "to", up: "share", start: -1, stop: 1, every: 1, low: 0, high: 1, step: 0.01 };
const NOTHING = [null, null, null, null, null];

test("places go from start to stop without dust", () => {
  assert.deepEqual(line.placesOf(YEAR), [1, 2, 3, 4, 5]);
  assert.deepEqual(line.placesOf({ start: 0, stop: 0.6, every: 0.2 }), [0, 0.2, 0.4, 0.6]);
});

test("a number is fitted to the steps and the ends", () => {
  assert.equal(line.fitted(YEAR, 3.26), 3.5);
  assert.equal(line.fitted(YEAR, 99), 10);
  assert.equal(line.fitted({ low: 0, high: 0.2, step: 0.005 }, 0.0374), 0.035);
});

test("a stroke sets every place that it passes, either way", () => {
  const right = line.stroked(YEAR, NOTHING, { at: 0, number: 0 }, { at: 4, number: 8 });
  assert.deepEqual(right, [0, 2, 4, 6, 8]);
  assert.deepEqual(line.stroked(YEAR, NOTHING, { at: 4, number: 8 }, { at: 0, number: 0 }), right);
});

test("a tap sets the nearest place only, also beyond the ends", () => {
  assert.deepEqual(line.stroked(YEAR, NOTHING, { at: 1.4, number: 3 }, { at: 1.4, number: 3 }), [null, 3, null, null, null]);
  assert.deepEqual(line.stroked(YEAR, NOTHING, { at: 9, number: 3 }, { at: 9, number: 3 }), [null, null, null, null, 3]);
});

test("a stroke goes over what stood there and leaves the rest", () => {
  assert.deepEqual(line.stroked(YEAR, [1, 1, 1, 1, 1], { at: 2, number: 5 }, { at: 3, number: 5 }), [1, 1, 5, 5, 1]);
});

test("gaps are joined, ends go on level, and one point is no line", () => {
  assert.deepEqual(line.completed(YEAR, [null, 2, null, 4, null]), [2, 2, 3, 4, 4]);
  assert.equal(line.completed(YEAR, [null, 2, null, null, null]), null);
  assert.equal(line.completed(YEAR, NOTHING), null);
});

test("a point begins beside the one before, else at 0 or in the middle", () => {
  assert.equal(line.firstNumber(YEAR, [3, null, null, null, null], 2), 3);
  assert.equal(line.firstNumber(YEAR, [null, null, null, 4, null], 1), 4);
  assert.equal(line.firstNumber(YEAR, NOTHING, 1), 0);
  assert.equal(line.firstNumber({ ...YEAR, low: 50, high: 110 }, NOTHING, 1), 80);
});

test("a key goes a fortieth of the axis, a step at least", () => {
  assert.equal(line.keyStep(YEAR), 0.5);
  assert.equal(line.keyStep({ low: 0, high: 100, step: 1 }), 3);
  assert.equal(line.keyStep({ low: 0, high: 1, step: 1 }), 1);
});

test("the answer of a path is the row at each place", () => {
  const rows = [{ month: 1, total: 7, line: "a" }, { month: 1, total: 9, line: "b" }, { month: 3, total: 5, line: "a" }];
  assert.deepEqual(line.answerOf({ ...YEAR, only: { line: "a" } }, rows), [7, null, 5, null, null]);
});

test("the answer of bars adds their groups up, and is 0 where there is none", () => {
  const rows = [{ from: -2, to: 0, share: 0.1 }, { from: 0, to: 2, share: 0.2 }, { from: 0, to: 2, share: 0.3 }];
  assert.deepEqual(line.answerOf(BARS, rows), [0.1, 0.5, 0.5]);
  assert.deepEqual(line.answerOf(BARS, []), [0, 0, 0]);
});

test("the distance is the average over the places that have an answer", () => {
  assert.equal(line.distance([1, 2, 3], [2, null, 6]), 2);
  assert.equal(line.distance([1], [null]), 0);
});

test("what was kept is a drawing only where it is whole and fits", () => {
  assert.ok(line.isDrawing(YEAR, [1, 2, 3, 4, 5]));
  for (const other of [3, null, [1, 2], [1, 2, 3, 4, null], "12345"]) assert.ok(!line.isDrawing(YEAR, other));
});

test("ticks are round and lie within", () => {
  assert.deepEqual(line.ticksOf(-80, 80, 5), [-50, 0, 50]);
  assert.deepEqual(line.ticksOf(0, 0.2, 5), [0, 0.05, 0.1, 0.15, 0.2]);
  assert.deepEqual(line.ticksOf(1, 12, 8), [2, 4, 6, 8, 10, 12]);
});

const BET = { key: "suite", preset: "suite", path: YEAR };
const scale = { domain: [1, 12] };
const VIEW = {
  usermeta: { key: "felt" },
  layer: [{ data: { name: "felt" }, mark: { type: "bar" }, encoding: { x: { field: "month", scale, title: "month" }, y: { field: "felt" } } }],
};

test("the picture of a line gets a layer for it, along its own axes; the others stay", () => {
  const other = { usermeta: { key: "guests" }, mark: { type: "line" } };
  const [drawn, same] = withGuesses([VIEW, other], [BET, { key: "number", path: null }], "My guess");
  assert.equal(same, other);
  assert.equal(drawn.layer.length, 4);
  assert.deepEqual(drawn.layer[1].encoding.x, { field: "month", type: "quantitative", scale, title: "month" });
  assert.equal(drawn.layer[1].encoding.y.field, "total");
});

test("a picture of one layer keeps it under the line", () => {
  const { layer, ...rest } = VIEW;
  const [drawn] = withGuesses([{ ...rest, ...layer[0] }], [BET], "My guess");
  assert.deepEqual(drawn.layer[0], layer[0]);
  assert.equal(drawn.layer.length, 4);
});

test("a line that was drawn has its name where it ends, and none where nothing was drawn", () => {
  const [drawn] = withGuesses([VIEW], [BET], "My guess");
  const rows = guessRows({ bets: [BET] }, { current: { preset: "suite" }, guesses: { suite: [1, 2, 3, 4, 5] } });
  const named = (some) => endRows(drawn.usermeta, some, [0, 10], 200, (name) => name)["guess@suite@ends"];
  assert.deepEqual(named(rows), [{ month: 5, total: 5, name: "My guess" }]);
  assert.deepEqual(named({}), []);
  assert.ok(drawn.layer.some(({ data, mark }) => data.name === "guess@suite@ends" && mark.type === "text"));
});

test("the line has rows in its own situation only, and none where what was kept is no line", () => {
  const content = { bets: [BET] };
  const rows = (preset, kept) => guessRows(content, { current: { preset }, guesses: { suite: kept } })["guess@suite"];
  assert.deepEqual(rows("suite", [1, 2, 3, 4, 5])[4], { month: 5, total: 5 });
  for (const [preset, kept] of [["other", [1, 2, 3, 4, 5]], ["suite", null], ["suite", 7]]) assert.deepEqual(rows(preset, kept), []);
});

test("the picture on top is the one that a line is drawn into, else the one that shows the figure", () => {
  const views = [{ usermeta: { key: "guests" } }, VIEW, { usermeta: { key: "money", levels: [{ metric: "profit" }] } }];
  assert.equal(viewOfBet(views, BET), 1);
  assert.equal(viewOfBet(views, { metric: "profit", path: null }), 2);
  assert.equal(viewOfBet(views, undefined), 0);
});
