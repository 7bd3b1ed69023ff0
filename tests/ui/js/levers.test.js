import assert from "node:assert/strict";
import { test } from "node:test";
import { arranged } from "../../../course/ui/simulator/controls.js";
import { nextGoal } from "../../../course/ui/simulator/goals.js";

const names = (groups) => groups.map(({ name, open, folded }) => [name, open.map((one) => one.name), folded.map((one) => one.name)]);

test("groups with an open control come first, the others are folded whole", () => {
  const parameters = [
    { name: "a", group: "detail", open: false },
    { name: "b", group: "main", open: true },
    { name: "c", group: "main", open: false },
  ];
  assert.deepEqual(names(arranged(parameters)), [["main", ["b"], ["c"]], ["detail", [], ["a"]]]);
});

test("where nothing is declared open, everything is", () => {
  assert.deepEqual(names(arranged([{ name: "a", group: "one" }, { name: "b", group: "two" }])), [["one", ["a"], []], ["two", ["b"], []]]);
});

const CONTENT = {
  words: { goal_next: "{number}: {met}/{all} {label}", goal_all: "all" },
  goals: [{ key: "a", label: "first" }, { key: "b", label: "second" }],
};

test("the line by the picture tells of the first challenge that was never reached", () => {
  const progress = [[true, false], [true, true, false]];
  assert.equal(nextGoal(CONTENT, progress, []), "1: 1/2 first");
  assert.equal(nextGoal(CONTENT, progress, ["a"]), "2: 2/3 second");
  assert.equal(nextGoal(CONTENT, progress, ["b", "a"]), "all");
});
