import assert from "node:assert/strict";
import { test } from "node:test";
import { fanRows, luckText, quantiles, stacked } from "../../../course/ui/simulator/luck.js";

test("twenty dots stand for all draws, each for as many", () => {
  const draws = Array.from({ length: 200 }, (_, at) => (at * 37) % 200);
  const dots = quantiles(draws);
  assert.equal(dots.length, 20);
  dots.forEach((dot, at) => assert.ok(Math.abs(dot - (10 * at + 4.5)) < 1e-9));
  assert.deepEqual(quantiles([1, 2, 3]), []);
});

test("dots of one place stand above each other", () => {
  assert.deepEqual(stacked([0, 0.001, 1], [0, 1], 10), [{ column: 0, level: 0 }, { column: 0, level: 1 }, { column: 10, level: 0 }]);
});

test("bands go when the draws are no longer those of the settings", () => {
  const views = [{ usermeta: { fans: ["years.index"] } }, {}];
  assert.deepEqual(fanRows(views, null), { "years.index@fan": [] });
  assert.deepEqual(fanRows(views, { rows: { "years.index": [{ low: 1 }] } }), { "years.index@fan": [{ low: 1 }] });
});

test("the sentence counts, and says where nine in ten lie", () => {
  const metric = { key: "felt", unit: "points", digits: 0, percent: false, never: null };
  const words = { luck_dots: "{each} of {count}: {low} to {high}.", luck_bands: "Bands." };
  const draws = { felt: Array.from({ length: 200 }, (_, at) => at) };
  const state = { luck: { draws, sentences: ["In 3 of 200."], rows: { a: [] } }, headline: { bet: { metric: "felt" } } };
  assert.equal(luckText({ metrics: [metric], words, language: "en" }, state), "In 3 of 200. 10 of 200: 10 points to 189 points. Bands.");
  assert.equal(luckText({ metrics: [metric], words, language: "en" }, { ...state, luck: null }), "");
});
