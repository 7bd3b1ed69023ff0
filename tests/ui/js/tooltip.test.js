import assert from "node:assert/strict";
import { test } from "node:test";
import { tooltipRows } from "../../../course/ui/chart/tooltip.js";

const ABOUT = { language: "zh", columns: { month: "月份", line: "项目", points: "分" }, names: { heard: "新客期望的" } };

test("columns and names are the learner's, numbers are rounded and have a real minus", () => {
  const rows = tooltipRows({ month: 3, line: "heard", points: -12.34567, extra: 1 }, ABOUT);
  assert.deepEqual(rows, [
    ["月份", "3"],
    ["项目", "新客期望的"],
    ["分", "−12.35"],
  ]);
});

test("millions and thousands are told in 万, as Chinese readers count", () => {
  const about = { ...ABOUT, columns: { profit: "利润（百万元/季）" } };
  assert.deepEqual(tooltipRows({ profit: -34.6 }, about), [["利润（万元/季）", "−3,460"]]);
  assert.deepEqual(tooltipRows({ customers: 231.4 }, { ...ABOUT, columns: { customers: "顾客（千人）" } }), [["顾客（万人）", "23.14"]]);
});

test("a column that the mark does not have, and a text without a name, are left out", () => {
  assert.deepEqual(tooltipRows({ line: "heard", month: "raw" }, ABOUT), [["项目", "新客期望的"]]);
});
