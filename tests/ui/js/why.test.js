import assert from "node:assert/strict";
import { test } from "node:test";
import { reasonRows } from "../../../course/ui/simulator/why.js";

const content = { language: "en", words: { at_start: "Before", now: "Now", seed: "Seed", why_together: "Together", why_rounding: "Rounding", percentage_points: "percentage points" } };
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

const number = (text) => Number(/[−+]?[\d.]+/.exec(text)[0].replace("−", "-"));

test("what is shown adds up to the eye, and what rounding leaves has a name", () => {
  const answer = { before: { felt: 0.04 }, after: { felt: 0.98 }, alone: { pulse: { felt: 0.14 }, seed: { felt: 0.74 } }, together: { felt: 0.06 } };
  const rows = reasonRows(content, felt, changes, answer);
  assert.deepEqual(rows.at(-2), ["Rounding", "+0.1 points"]);
  const shown = rows.map(([, text]) => number(text));
  assert.ok(Math.abs(shown.slice(0, -1).reduce((sum, one) => sum + one) - shown.at(-1)) < 1e-9, rows.join());
});

test("it adds up whatever the numbers: shares, money in 万 and 亿, whole points", () => {
  const zh = { ...content, language: "zh" };
  const metrics = [
    { key: "felt", unit: "", digits: 0, percent: true, never: null, whole: [content, 100] },
    { key: "felt", unit: "百万元", digits: 0, percent: false, never: null, whole: [zh, 1e6] },
    { key: "felt", unit: "points", digits: 0, percent: false, never: null, whole: [content, 1] },
  ];
  const yuan = (text) => number(text.replaceAll(",", "")) * (text.includes("亿") ? 1e8 : text.includes("万") ? 1e4 : 1);
  for (const { whole: [where, scale], ...metric } of metrics) {
    for (let at = 1; at < 200; at += 1) {
      const [before, one, other] = [Math.sin(at), Math.cos(3 * at) / 3, Math.sin(7 * at) / 5].map((each) => each * (metric.percent ? 0.3 : 150));
      const together = Math.sin(11 * at) / 50;
      const answer = { before: { felt: before }, after: { felt: before + one + other + together }, alone: { pulse: { felt: one }, seed: { felt: other } }, together: { felt: together } };
      const rows = reasonRows(where, metric, changes, answer);
      const shown = rows.map(([, text]) => yuan(text));
      const rest = shown.slice(0, -1).reduce((sum, each) => sum + each) - shown.at(-1);
      assert.ok(Math.abs(rest) < 1e-6 * scale, rows.join());
    }
  }
});
