import assert from "node:assert/strict";
import { test } from "node:test";
import { chartConfig, themed, wrapAcross, wrapTitle } from "../../../course/ui/chart/specification.js";

const SOURCE = "Source: TouringPlans.com waits, Walt Disney World, 2015 to 2021";

test("what stands under a plot is not wider than the picture, in every layer", () => {
  const x = () => ({ field: "wait", title: ["actual wait (minutes)", SOURCE] });
  const chart = { layer: [{ encoding: { x: x() } }, { encoding: { x: { ...x(), axis: { grid: false } } } }, { encoding: {} }] };
  wrapAcross(chart, 310);
  const lines = ["actual wait (minutes)", "Source: TouringPlans.com waits, Walt Disney", "World, 2015 to 2021"];
  assert.deepEqual(chart.layer[0].encoding.x.axis, { title: lines, titleAnchor: "end" });
  assert.deepEqual(chart.layer[1].encoding.x.axis, { grid: false, title: lines, titleAnchor: "end" });
});

test("a short title stays in the middle of its axis", () => {
  for (const encoding of [{ x: { title: "year" } }, { x: { title: null } }, { x: {} }, {}]) {
    const chart = { encoding: structuredClone(encoding) };
    wrapAcross(chart, 310);
    assert.deepEqual(chart, { encoding });
  }
  const chinese = { encoding: { x: { title: "来源：TouringPlans.com 的候车时间，迪士尼世界，2015 到 2021 年" } } };
  wrapAcross(chinese, 310);
  assert.deepEqual(chinese.encoding.x.axis.title, ["来源：TouringPlans.com 的候车时间，迪士尼世界，", "2015 到 2021 年"]);
});

test("on a dark page nothing is black", (context) => {
  globalThis.getComputedStyle = () => ({ getPropertyValue: (name) => ({ "--ink": " #eee", "--chart-below": "#c41" })[name] });
  context.after(() => delete globalThis.getComputedStyle);
  const chart = { layer: [{ mark: { type: "point", color: "black" } }, { mark: { type: "bar", color: "var(--chart-below)" } }] };
  assert.deepEqual(themed(chart, null).layer.map(({ mark }) => mark.color), ["#eee", "#c41"]);
});

test("in a Chinese title a word in letters stays whole", () => {
  const specification = { title: "来源：合成问卷，datasets/synthetic_servqual_survey.csv" };
  wrapTitle(specification, 310);
  assert.deepEqual(specification.title.text, ["来源：合成问卷，", "datasets/synthetic_servqual_survey.csv"]);
});

test("on a phone a legend stands under its picture", (context) => {
  globalThis.getComputedStyle = () => ({ getPropertyValue: () => "" });
  context.after(() => delete globalThis.getComputedStyle);
  assert.equal(chartConfig(null, true).legend.orient, "bottom");
  assert.equal(chartConfig(null).legend.orient, undefined);
});
