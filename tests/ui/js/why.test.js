import assert from "node:assert/strict";
import { test } from "node:test";
import { reasonRows } from "../../../course/ui/simulator/why.js";

const content = { language: "en", words: { at_start: "Before", now: "Now", seed: "Seed", why_together: "Together", percentage_points: "percentage points" } };
const felt = { key: "felt", unit: "points", digits: 1, percent: false, never: null };
const changes = [{ parameter: { name: "pulse", label: "A delight", unit: "points", step: 1 }, before: 30, now: 20 }];

test("each change has its part, with its sign, between before and now", () => {
  const answer = { before: { felt: -36 }, after: { felt: -24 }, alone: { pulse: { felt: 10.8 }, seed: { felt: -0.3 } }, together: { felt: 1.5 } };
  assert.deepEqual(reasonRows(content, felt, changes, answer), [
    ["Before", "−36.0 points"],
    ["A delight 30 points → 20 points", "+10.8 points"],
    ["Seed", "−0.3 points"],
    ["Together", "+1.5 points"],
    ["Now", "−24.0 points"],
  ]);
});

test("one change alone has nothing to do together with; a date that never comes is not added up", () => {
  const answer = { before: { felt: 1 }, after: { felt: 25 }, alone: { pulse: { felt: 24 } }, together: { felt: 0 } };
  assert.equal(reasonRows(content, felt, changes, answer).length, 3);
  assert.deepEqual(reasonRows(content, { ...felt, never: { from: 25, word: "never" } }, changes, answer).length, 2);
});
