import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { amount, axisHead, largeUnit, percent } from "../../../course/ui/page/amounts.js";

const { amounts, labels } = JSON.parse(readFileSync(new URL("./amounts.json", import.meta.url), "utf8"));

test("amounts are written as the kernel writes them", () => {
  for (const [number, digits, unit, language, text] of amounts) assert.equal(amount(number, digits, unit, language), text);
});

test("a label says what its numbers are told in as pictures from the kernel do", () => {
  for (const [label, most, head, times] of labels) assert.deepEqual(largeUnit(label, most), { head, times });
});

test("a share is a percent without a space, in both languages", () => {
  for (const language of ["en", "zh"]) assert.equal(percent(0.274, language), "27%");
});

test("a share that is nearly all does not pass for all, nor nearly nothing for nothing", () => {
  assert.deepEqual([1, 0.9987, 0.0021, 0, 0.995, 0.994].map((share) => percent(share, "en")), [
    "100%", "99.9%", "0.2%", "0%", "99.5%", "99%",
  ]);
});

test("an axis of numbers says its unit, thousands and millions as the ends of its slider do", () => {
  assert.deepEqual(axisHead("Stars", "star|stars", 5, "en"), { head: "Stars (stars)", times: 1 });
  assert.deepEqual(axisHead("十年后的顾客", "千人", 700, "zh"), { head: "十年后的顾客（万人）", times: 0.1 });
  assert.deepEqual(axisHead("十年", "百万元", 900, "zh"), { head: "十年（亿元）", times: 0.01 });
  assert.deepEqual(axisHead("Kept", "", 1, "en"), { head: "Kept", times: 1 });
});
