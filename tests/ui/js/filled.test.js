import assert from "node:assert/strict";
import { test } from "node:test";
import { countedText, numbersOf, shownInside } from "../../../course/ui/simulator/filled.js";

test("a number inside an equation has four digits where it needs them, and a negative one brackets", () => {
  assert.equal(shownInside(72, "en"), "72");
  assert.equal(shownInside(2.25, "en"), "2.25");
  assert.equal(shownInside(-3.14159, "en"), "(−3.142)");
  assert.equal(shownInside(0.0365, "zh"), "0.0365");
  assert.equal(shownInside(12345.6, "en"), "12,346");
  assert.equal(shownInside(0, "en"), "0");
  assert.equal(shownInside(-0.0000001, "en"), "0");
});

test("sliders, figures and what is named besides are known by name", () => {
  const run = { values: { price: 40 }, metrics: { cost: 38.7 }, asides: { visitors: 4000 } };
  assert.deepEqual(numbersOf(run), { price: 40, cost: 38.7, visitors: 4000 });
  assert.equal(countedText({ counted: "The mean over all {visitors} guests." }, run, "en"), "The mean over all 4,000 guests.");
});
