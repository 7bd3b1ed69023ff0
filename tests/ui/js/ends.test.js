import assert from "node:assert/strict";
import { test } from "node:test";
import { apart, endRows, folded } from "../../../course/ui/chart/ends.js";

const measure = (text) => text.length * 7;
const SERIES = [{ id: "path.points", frame: "path", x: "month", y: "points", by: "line", names: { yours: "yours", theirs: "theirs" } }];
const path = (line, last) => [1, 2, 3].map((month) => ({ month, line, points: month === 3 ? last : 50 }));

test("names that would touch are moved apart, stay inside, and keep their order", () => {
  for (const wanted of [[50, 50, 50], [0, 0], [100, 99, 98, 97], [10, 60]]) {
    const places = apart(wanted.map((at) => ({ at, size: 15 })), 100);
    const order = wanted.map((_, at) => at).sort((one, other) => wanted[one] - wanted[other]);
    order.slice(1).forEach((at, before) => assert.ok(places[at] - places[order[before]] >= 15 - 1e-9));
    for (const place of places) assert.ok(place <= 100);
  }
  assert.deepEqual(apart([{ at: 10, size: 15 }, { at: 60, size: 15 }], 100), [10, 60]);
});

test("a name that is too long goes over lines, Chinese between any two characters", () => {
  assert.equal(folded("newcomers expect", 80, measure), "newcomers\nexpect");
  assert.equal(folded("熟客期望的", 21, measure), "熟客期\n望的");
  assert.equal(folded("yours", 80, measure), "yours");
});

test("each line has its name at its last row, moved only where another name stands", () => {
  const rows = { path: [...path("yours", 80), ...path("theirs", 20)] };
  const far = endRows({ series: SERIES }, rows, [0, 100], 200, (name) => name)["path.points@ends"];
  assert.deepEqual(far.map(({ line, name, month, points }) => [line, name, month, points]), [["yours", "yours", 3, 80], ["theirs", "theirs", 3, 20]]);
  const near = { path: [...path("yours", 50), ...path("theirs", 50)] };
  const [one, other] = endRows({ series: SERIES }, near, [0, 100], 200, (name) => name)["path.points@ends"];
  assert.ok(Math.abs(one.points - other.points) * 2 >= 15 - 1e-9);
});

test("shapes stand on rows of their line, the end among them; a line without rows has neither shape nor name", () => {
  const rows = { path: path("yours", 80) };
  const found = endRows({ series: SERIES }, rows, [0, 100], 200, (name) => name);
  assert.equal(found["path.points@ends"].length, 1);
  assert.ok(found["path.points@shapes"].every((row) => rows.path.includes(row)));
  assert.ok(found["path.points@shapes"].includes(rows.path[2]));
});
