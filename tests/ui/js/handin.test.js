import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { codeOf, countsOf, crc32, doneOf, fileOf, nameOf, plain, stamp } from "../../../course/ui/handin/file.js";

// what `tests/grading/intake/test_participation.py` reads
const GIVEN = JSON.parse(readFileSync(new URL("./handin.json", import.meta.url), "utf8"));
const { content, memory, who } = GIVEN;
const recall = (key) => memory[key] ?? null;
const done = doneOf(content, recall, Object.keys(memory));

test("the file is the one that the grader is tried with", () => {
  const text = fileOf(content, done, who, new Date("2026-11-30T10:00:00Z"));
  assert.equal(text, GIVEN.file);
  assert.equal(JSON.parse(text).who, who);
});

test("what was looked at, skipped or left in another form is not done", () => {
  assert.deepEqual(Object.keys(done.quiz), content.keys.quiz.slice(0, 2));
  assert.deepEqual(countsOf(done), { quiz: 2, predictions: 2, bets: 2, goals: 1, texts: 1 });
  const odd = { [`quiz.${content.id}`]: { items: 3 }, "sim.m02": { guesses: null, reached: "all" }, "sim.m021": { reached: content.keys.goals } };
  const none = doneOf(content, (key) => odd[key] ?? null, Object.keys(odd));
  assert.deepEqual(Object.values(countsOf(none)), [0, 0, 0, 0, 0]);
});

test("a wrong answer is done as much as a right one", () => {
  const rights = Object.values(done.quiz).map(({ right }) => right);
  assert.deepEqual(rights, [true, false]);
});

test("nothing that was typed makes a file without bounds or half characters", () => {
  const long = { [`writing.${content.id}.${content.keys.texts[0]}`]: { text: `${"\ud83d"}${"长".repeat(9000)}` } };
  const { texts } = doneOf(content, (key) => long[key] ?? null, []);
  const [text] = Object.values(texts);
  assert.equal(text.length, 4000);
  assert.equal(text[0], "\ufffd");
});

test("a code says how much, and is another for somebody else", () => {
  const counts = countsOf(done);
  assert.match(codeOf(content, counts, who), /^M02-Q2P2B2G1T1-[0-9A-HJKMNP-TV-Z]{6}$/);
  assert.equal(codeOf(content, counts, " 2026-00 17"), codeOf(content, counts, "20260017"));
  assert.notEqual(codeOf(content, counts, "20260018"), codeOf(content, counts, "20260017"));
});

test("sums, stamps and names are those of the grader", () => {
  assert.equal(crc32(new TextEncoder().encode("123456789")), 0xcbf43926);
  assert.equal(stamp(" 1|m02|Q5P3B0G1T4|\n20260017"), "V667K7");
  for (const [text, reads] of Object.entries(GIVEN.plain)) assert.equal(plain(text), reads, text);
});

test("a file's name begins with whose it is, and holds nothing that a system refuses", () => {
  assert.equal(nameOf(content, " 张伟 / 2026:0017 "), "张伟-2026-0017-m02.participation.json");
  assert.equal(nameOf(content, "../.."), "me-m02.participation.json");
});
