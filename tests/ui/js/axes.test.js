import assert from "node:assert/strict";
import { test } from "node:test";
import { domainsFor, extents, framed, grown } from "../../../course/ui/chart/axes.js";

const number = (field, more = {}) => ({ field, type: "quantitative", ...more });
const view = () => ({
  usermeta: { domains: { y: [[10, 20], [0, 40]] }, truncated: " (axis from {low})" },
  layer: [
    { data: { name: "a" }, encoding: { x: number("at"), y: number("up", { title: "points" }) } },
    { data: { name: "a@start" }, encoding: { x: number("at"), y: { field: "up", type: "quantitative" } } },
  ],
});
const rows = (...up) => ({ a: up.map((each, at) => ({ at, up: each })) });

test("a run within its domain leaves it as it is", () => {
  assert.deepEqual(domainsFor(view(), rows(12, 19)), { y: [10, 20] });
});

test("a run that leaves it makes the axis take its widest, and the next does not shrink it", () => {
  const wide = domainsFor(view(), rows(12, 33));
  assert.deepEqual(wide, { y: [0, 40] });
  assert.deepEqual(domainsFor(view(), rows(12, 13), wide), { y: [0, 40] });
});

test("beyond the widest it doubles until it holds everything", () => {
  assert.deepEqual(grown([[0, 1], [0, 10]], [-3, 35]), [-10, 40]);
});

test("a ghost is held as well", () => {
  assert.deepEqual(domainsFor(view(), { ...rows(12), "a@start": [{ at: 0, up: 25 }] }), { y: [0, 40] });
});

test("stacked bars are as high as their sum; what is no number does not count", () => {
  const stacked = { data: { name: "h" }, encoding: { x: number("from"), x2: { field: "to" }, y: number("share", { aggregate: "sum" }) } };
  const bars = [
    { from: 0, to: 1, share: 0.25 },
    { from: 0, to: 1, share: 0.5 },
    { from: 1, to: 2, share: NaN },
  ];
  assert.deepEqual(extents(stacked, { h: bars.slice(0, 2) }), { x: [0, 1], y: [0.75, 0.75] });
  assert.deepEqual(extents(stacked, {}), {});
});

test("every layer gets the domain, and an axis that does not begin at 0 says so", () => {
  const specification = framed(view(), { y: [10, 20] });
  for (const { encoding } of specification.layer) assert.deepEqual(encoding.y.scale.domain, [10, 20]);
  assert.equal(specification.layer[0].encoding.y.title, "points (axis from 10)");
  assert.equal(framed(view(), { y: [0, 40] }).layer[0].encoding.y.title, "points");
});
