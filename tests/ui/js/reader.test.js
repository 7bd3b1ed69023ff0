import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest, points, walked } from "../../../course/ui/chart/reader.js";

const view = { scale: (channel) => (channel === "x" ? (n) => n * 10 : (n) => 100 - n) };
const quantitative = (field) => ({ field, type: "quantitative" });
const LINES = { data: { name: "path" }, mark: { type: "line" }, encoding: { x: quantitative("month"), y: quantitative("points"), color: { field: "line" } } };
const frames = {
  path: [2, 1].flatMap((month) => ["a", "b"].map((line) => ({ month, line, points: line === "a" ? 20 : 60 }))),
  "path@start": [{ month: 9, line: "a", points: 1 }],
};

test("each line is read from left to right; ghosts and names are not read", () => {
  const ghost = { ...LINES, data: { name: "path@start" } };
  const lists = points({ layer: [ghost, LINES, { ...LINES, mark: { type: "point" } }] }, frames, view);
  assert.deepEqual(lists.map((list) => list.map(({ row }) => [row.line, row.month])), [[["a", 1], ["a", 2]], [["b", 1], ["b", 2]]]);
  assert.deepEqual([lists[0][0].x, lists[0][0].y], [10, 80]);
});

test("stacked bars are met at their tops, each in the middle of its width", () => {
  const bars = { data: { name: "bins" }, mark: { type: "bar" }, encoding: { x: quantitative("from"), x2: { field: "to" }, y: { ...quantitative("share"), aggregate: "sum" }, color: { field: "group" } } };
  const [list] = points(bars, { bins: [{ from: 0, to: 2, share: 30, group: "a" }, { from: 0, to: 2, share: 10, group: "b" }] }, view);
  assert.deepEqual(list.map(({ x, y }) => [x, y]), [[10, 70], [10, 60]]);
});

test("the pointer finds the next point, and none where none is near", () => {
  const lists = points(LINES, frames, view);
  assert.deepEqual(nearest(lists, 19, 45), [1, 1]);
  assert.equal(nearest(lists, 500, 500), null);
});

test("arrow keys walk along a line and over to the next, and stop at its ends", () => {
  const lists = points(LINES, frames, view);
  assert.deepEqual(walked(lists, null, [1, 0]), [0, 0]);
  assert.deepEqual(walked(lists, [0, 0], [1, 0]), [0, 1]);
  assert.deepEqual(walked(lists, [0, 1], [1, 0]), [0, 1]);
  assert.deepEqual(walked(lists, [0, 1], [0, 1]), [1, 1]);
  assert.deepEqual(walked(lists, [1, 1], [0, 1]), [0, 1]);
  assert.equal(walked([], null, [1, 0]), null);
});
