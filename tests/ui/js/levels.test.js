import assert from "node:assert/strict";
import { test } from "node:test";
import { domainsOf } from "../../../course/ui/simulator/headline.js";
import { headlineView, levelRows, placed } from "../../../course/ui/simulator/levels.js";

const METRIC = { key: "felt", unit: "points", digits: 1, percent: false, never: null };
const views = [{ usermeta: { levels: [] } }, { usermeta: { levels: [{ metric: "felt", plus: null, times: null, now: true }] } }];
const content = { views, metrics: [METRIC], language: "en", words: { bet_value: "My guess", now: "Now" } };
const run = { rows: { start: [{ level: 80, scale: 2 }] }, metrics: { felt: -3.04 } };

test("the guess is drawn where it was guessed, and only in the picture of its metric", () => {
  for (const guess of [-12.5, 0, 4]) {
    const rows = levelRows(content, { last: run, headline: { bet: { metric: "felt" }, guess } });
    assert.equal(rows["felt@guess"][0].level, guess);
    assert.deepEqual(rows["felt@now"], [{ level: -3.04, text: "Now −3.0 points" }]);
  }
  const other = levelRows(content, { last: run, headline: { bet: { metric: "cost" }, guess: 5 } });
  assert.deepEqual(other["felt@guess"], []);
  assert.deepEqual(levelRows(content, { last: run, headline: { bet: { metric: "felt" }, guess: null } })["felt@guess"], []);
});

test("on an axis of other units it stands where the run says", () => {
  assert.equal(placed({ plus: ["start", "level"], times: null }, -5, run.rows), 75);
  assert.equal(placed({ plus: null, times: ["start", "scale"] }, 40, run.rows), 80);
});

test("the headline picture is the one that shows what is bet on, else the first", () => {
  assert.equal(headlineView(views, "felt"), 1);
  assert.equal(headlineView(views, "cost"), 0);
  assert.equal(headlineView(views, undefined), 0);
});

test("the line of a figure runs over all that may be guessed, and as far as the picture's own axis", () => {
  const views = [{ usermeta: { levels: [{ metric: "felt", reach: [[-80, 40], [-480, 160]] }, { metric: "lead", reach: null }] } }];
  assert.deepEqual(domainsOf({ low: -60, high: 60, metric: "felt" }, views), [[-80, 60], [-480, 160]]);
  assert.deepEqual(domainsOf({ low: -400, high: 400, metric: "lead" }, views), [[-400, 400], [-400, 400]]);
});
