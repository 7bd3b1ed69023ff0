import assert from "node:assert/strict";
import { test } from "node:test";
import { checked, judge, merge, moment, standing } from "../../../course/ui/quiz/judging.js";
import { meanings } from "../../../course/ui/quiz/numbers.js";
import { shuffled } from "../../../course/ui/quiz/shuffle.js";
import { restored, verdictOf } from "../../../course/ui/prediction/prediction.js";

const WORDS = {
  empty_choice: "choose", empty_several: "tick", empty_number: "write", notNumber: "“{answer}” is none",
  named: "{option}:", wrong: "{option} not", belongs: "{option} yes", more: "more",
};
const CHOICE = { kind: "choice", options: [{ text: "a", right: false, feedback: "no" }, { text: "b", right: true, feedback: "yes" }] };
const SEVERAL = { kind: "several", options: [
  { text: "a", right: true, feedback: "fa" }, { text: "b", right: false, feedback: "fb" }, { text: "c", right: true, feedback: "fc" },
] };
const NUMBER = { kind: "number", answer: 0.3, tolerance: 0.01, unit: "", hit: "yes", miss: "no", traps: [{ value: 30, tolerance: 0.5, feedback: "percent" }] };

for (const [text, number] of [
  ["12", 12], ["-2.5", -2.5], ["−2,5", -2.5], ["－４，５００.5", -4500.5], ["1,234", 1234], ["1,234,567.5", 1234567.5],
  ["4,3", 4.3], [" 1 000 ", 1000], ["5。5", 5.5], [".5", 0.5], ["+3", 3], ["55 分", 55], ["５５ 分", 55], ["¥4,500", 4500], ["about 3", 3],
  ["many", undefined], ["", undefined], ["1.2.3", undefined], ["--1", undefined], ["1e3", undefined], ["3 to 5", undefined],
]) {
  test(`“${text}” is read as ${number}`, () => assert.equal(meanings(text, "")[0], number));
}

test("a share and a percentage are the same", () => {
  assert.deepEqual(meanings("36%", "%"), [36]);
  assert.deepEqual(meanings("３６ ％", "％ of guests"), [36]);
  assert.deepEqual(meanings("0.36", "%"), [0.36, 36]);
  assert.deepEqual(meanings("36 %", "a share"), [0.36, 36]);
  assert.deepEqual(meanings("36", "a share"), [36]);
});

test("an order is a learner's own, holds every option, and stays", () => {
  const orders = Array.from({ length: 60 }, (_, seed) => shuffled(4, seed, "same-day"));
  for (const order of orders) assert.deepEqual([...order].sort(), [0, 1, 2, 3]);
  assert.deepEqual(shuffled(4, 7, "same-day"), orders[7]);
  assert.ok(new Set(orders.map(String)).size > 12);
  const places = [0, 1, 2, 3].map((place) => orders.filter((order) => order.indexOf(2) === place).length);
  assert.ok(Math.min(...places) >= 5, `an option has no favourite place: ${places}`);
});

test("a right choice and a wrong one get their own words", () => {
  assert.deepEqual(judge(CHOICE, 1, WORDS), { right: true, notes: [{ mark: "right", text: "yes" }] });
  assert.deepEqual(judge(CHOICE, 0, WORDS), { right: false, notes: [{ mark: "wrong", text: "no" }] });
});

test("no answer is a problem, not a mistake", () => {
  assert.deepEqual(judge(CHOICE, null, WORDS), { problem: "choose" });
  assert.deepEqual(judge(SEVERAL, [], WORDS), { problem: "tick" });
  assert.deepEqual(judge(NUMBER, "  ", WORDS), { problem: "write" });
  assert.deepEqual(judge(NUMBER, "many", WORDS), { problem: "“many” is none" });
});

test("of several, right and wrong ones get a word, and what is missing is not told", () => {
  const { notes } = judge(SEVERAL, [0, 1], WORDS);
  assert.deepEqual(notes.map(({ mark, lead, text }) => [mark, lead, text]), [["right", "a yes", ""], ["wrong", "b not", "fb"], ["missed", undefined, "more"]]);
  assert.equal(judge(SEVERAL, [2, 0], WORDS).right, true);
});

test("a number is right within its tolerance, its edge included", () => {
  assert.equal(judge(NUMBER, "0.31", WORDS).right, true);
  assert.equal(judge(NUMBER, "0.32", WORDS).right, false);
});

test("a trap has words of its own", () => {
  assert.equal(judge(NUMBER, "30", WORDS).notes[0].text, "percent");
  assert.equal(judge(NUMBER, "7", WORDS).notes[0].text, "no");
});

test("the same answer checked again is no further try, and only the first try counts as first", () => {
  const one = checked({}, 0, false);
  assert.deepEqual(one, { answer: 0, told: 0, tries: 1, first: false, right: false });
  assert.equal(checked(one, 0, false).tries, 1);
  assert.deepEqual(checked(one, 1, true), { answer: 1, told: 1, tries: 2, first: false, right: true });
});

test("of two records the newer answer to each item counts", () => {
  const mine = { reset: 0, items: { a: { answer: 1, at: 5 }, b: { answer: 1, at: 9 } } };
  const theirs = { reset: 0, items: { a: { answer: 2, at: 6 }, b: { answer: 2, at: 8 } } };
  assert.deepEqual(merge(mine, theirs).items, { a: { answer: 2, at: 6 }, b: { answer: 1, at: 9 } });
});

test("nothing from before the last reset comes back", () => {
  assert.deepEqual(merge({ reset: 7, items: {} }, { reset: 0, items: { a: { answer: 1, at: 6 } } }), { reset: 7, items: {} });
});

test("records of nonsense are none", () => {
  assert.deepEqual(merge(null, undefined), { reset: 0, items: {} });
  assert.deepEqual(merge({ reset: "soon", items: { a: null, b: { at: "never" } } }, null), { reset: 0, items: {} });
});

test("a moment is later than all that was, even where the clock has stood still", () => {
  const far = Date.now() + 1e9;
  assert.equal(moment({ reset: far, items: {} }), far + 1);
  assert.equal(moment({ reset: 0, items: { a: { at: far } } }), far + 1);
});

test("a verdict stays until a right answer is changed", () => {
  const wrong = { answer: 1, told: 0, tries: 1 };
  assert.deepEqual([standing(CHOICE, wrong, WORDS).fresh, standing(CHOICE, wrong, WORDS).judged.right], [false, false]);
  assert.equal(standing(CHOICE, { answer: 0, told: 1, tries: 1 }, WORDS).judged, null);
  assert.equal(standing(CHOICE, undefined, WORDS).judged, null);
});

const ASKED = { low: 0, high: 100, answer: 40, digits: 0, language: "en", words: { exact: "exact", below: "{gap} below", above: "{gap} above" } };

test("a guess comes back if it is one", () => {
  assert.deepEqual(restored(ASKED, { first: 10, guess: 20 }, null), { first: 10, guess: 20 });
  assert.deepEqual(restored(ASKED, null, 30), { first: 30, guess: 30 });
  assert.deepEqual(restored(ASKED, { first: 500, guess: "many" }, null), { first: null, guess: null });
});

test("a guess is exact where nobody sees a difference", () => {
  assert.equal(verdictOf(ASKED, 40.2, String), "exact");
  assert.equal(verdictOf(ASKED, 30, String), "10 below");
  assert.equal(verdictOf(ASKED, 70, String), "30 above");
});
