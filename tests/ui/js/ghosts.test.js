import assert from "node:assert/strict";
import { test } from "node:test";
import { showMetric } from "../../../course/ui/simulator/bet.js";
import { showDifference } from "../../../course/ui/simulator/figures.js";
import { withGhosts } from "../../../course/ui/simulator/pictures.js";

const EN = { language: "en", words: { percentage_points: "percentage points" } };
const ZH = { language: "zh", words: { percentage_points: "个百分点" } };
const share = { percent: true, unit: "", digits: 0, never: null };
const points = { percent: false, unit: "points", digits: 1, never: null };
const quarter = { percent: false, unit: "", digits: 0, never: { from: 25, word: "never" } };

test("ghosts are the same frames under other names, and empty where there are none", () => {
  const run = { rows: { path: [{ at: 1 }], now: [] } };
  const pinned = { rows: { path: [{ at: 2 }], now: [{ at: 3 }] } };
  assert.deepEqual(withGhosts(run, { start: null, pinned }), {
    path: [{ at: 1 }],
    now: [],
    "path@start": [],
    "now@start": [],
    "path@pinned": [{ at: 2 }],
    "now@pinned": [{ at: 3 }],
  });
});

test("shares differ by percentage points, numbers by their unit, with their sign", () => {
  assert.equal(showDifference(share, 1, 0.42, EN), "+58 percentage points");
  assert.equal(showDifference(share, 0.4, 0.45, ZH), "−5 个百分点");
  assert.equal(showDifference(points, -13.7, -36, EN), "+22.3 points");
  assert.equal(showDifference(points, -36, -13.7, EN), "−22.3 points");
});

test("what rounds to nothing has no sign", () => {
  assert.equal(showDifference(points, 1.01, 1, EN), "0.0 points");
  assert.equal(showDifference(points, 1, 1.01, EN), "0.0 points");
});

test("a difference is one of the figures as they are shown", () => {
  assert.equal(showDifference(points, 4.14, 3.16, EN), "+0.9 points");
  assert.equal(showDifference(share, 0.999, 0.42, EN), "+57.9 percentage points");
});

test("a quarter that never comes is a word, and nothing is subtracted from it", () => {
  assert.equal(showMetric(quarter, 25, "en"), "never");
  assert.equal(showMetric(quarter, 24, "en"), "24");
  assert.equal(showDifference(quarter, 25, 5, EN), "");
  assert.equal(showDifference(quarter, 7, 5, EN), "+2");
});
