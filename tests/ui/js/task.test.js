import assert from "node:assert/strict";
import { test } from "node:test";
import { taskAddress } from "../../../course/ui/simulator/handing.js";
import { State } from "../../../course/ui/simulator/state.js";
import { LONGEST_CODE, LONGEST_QUESTION, TaskError, cleanText, fitting, meets, readTask, writeTask } from "../../../course/ui/simulator/task.js";
import { heldByTask, isSameTask, progressOf, seedRests, shown, tasked, withTask } from "../../../course/ui/simulator/tasked.js";

const CONTENT = {
  module: "m99",
  slot: "m99",
  app: "explore/m99",
  language: "en",
  language_names: { en: "English", zh: "中文" },
  largest_seed: 1000,
  preset: "calm",
  presets: [
    { key: "calm", label: "Calm", story: "All is calm.", values: {} },
    { key: "storm", label: "Storm", story: "It blows.", values: { promise: 90 } },
    { key: "rush", label: "Rush", story: "All come at once.", values: { share: 0.9 } },
  ],
  parameters: [
    { name: "promise", label: "Promise", low: 0, high: 100, step: 1, start: 50, unit: "" },
    { name: "share", label: "Share", low: 0, high: 1, step: 0.1, start: 0.5, unit: "" },
  ],
  metrics: [
    { key: "guests", label: "Guests", unit: "", digits: 0 },
    { key: "happy", label: "Happy", unit: "", digits: 0, percent: true },
  ],
  goals: [{ key: "own", label: "Own", conditions: [] }],
  bets: [{ key: "bet", preset: "calm", metric: "guests" }],
  words: { goals: "Challenges" },
  task_words: {
    task_start: "Start",
    task_fixed: "Fixed.",
    task_goal: "Goal",
    task_goal_next: "Goal: {label}",
    task_damaged: "damaged; the plain dashboard",
    task_newer: "newer",
    task_module: "of {what}, not {module}",
    task_unknown: "“{what}” is unknown",
  },
};
const TASK = {
  preset: "storm",
  values: { promise: 80, share: 0.5 },
  seed: 7,
  fixed: ["share"],
  hidden: ["seed"],
  presets: ["calm"],
  goal: { metric: "happy", sign: ">=", bound: 0.5 },
  question: { en: "What would you do?", zh: "你会怎么做？" },
};
const problem = (code) => {
  try {
    readTask(CONTENT, code);
  } catch (error) {
    assert.ok(error instanceof TaskError, String(error));
    return error.why;
  }
  return null;
};

// A number from 0 to 1, the same in every run of the tests.
function dice(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test("whatever a teacher sets comes back from the link", () => {
  const letters = [..."aé你𝄞<>&\"'#%+/=?\\ 问"];
  for (let seed = 1; seed <= 300; seed += 1) {
    const roll = dice(seed);
    const some = (from) => from.filter(() => roll() < 0.5);
    const text = () => cleanText(Array.from({ length: Math.floor(roll() * 60) }, () => letters[Math.floor(roll() * letters.length)]).join(""));
    const held = some(["promise", "share", "seed"]);
    const task = {
      preset: ["calm", "storm", "rush"][Math.floor(roll() * 3)],
      values: { promise: Math.floor(roll() * 101), share: Math.floor(roll() * 11) / 10 },
      seed: Math.floor(roll() * 1001),
      fixed: held.filter((_, at) => at % 2 === 0),
      hidden: held.filter((_, at) => at % 2 === 1),
      presets: some(["calm", "storm", "rush"]),
      goal: roll() < 0.5 ? null : { metric: "guests", sign: roll() < 0.5 ? ">=" : "<=", bound: roll() * 1e6 - 5e5 },
      question: Object.fromEntries(Object.entries({ en: text(), zh: text() }).filter(([, each]) => each)),
    };
    const code = writeTask(CONTENT, task);
    assert.match(code, /^[\w-]+$/, "nothing in it that a messenger would break the link at");
    assert.deepEqual(readTask(CONTENT, code), task);
  }
});

test("a code that was cut or altered anywhere is damaged, and nothing else", () => {
  const code = writeTask(CONTENT, TASK);
  for (let at = 0; at < code.length; at += 1) {
    assert.equal(problem(code.slice(0, at)), "damaged");
    const other = code[at] === "A" ? "B" : "A";
    assert.equal(problem(code.slice(0, at) + other + code.slice(at + 1)), "damaged", `sign ${at}`);
  }
  assert.equal(problem("x".repeat(LONGEST_CODE + 1)), "damaged");
});

// A code whose check is right and whose fields are not.
function forged(fields) {
  const known = { ...CONTENT, module: "m99", presets: [{ key: "p", values: {} }], parameters: [] };
  const plain = { preset: "p", values: {}, seed: 1, fixed: [], hidden: [], presets: [], goal: null, question: {} };
  const stringify = JSON.stringify;
  JSON.stringify = () => stringify(fields);
  try {
    return writeTask(known, plain);
  } finally {
    JSON.stringify = stringify;
  }
}

test("what this dashboard does not have or allow is named, whoever wrote it", () => {
  const sound = { m: "m99", p: "storm", s: 1 };
  assert.equal(problem(forged(sound)), null);
  const wrong = [
    { p: "gone" }, { v: { other: 1 } }, { v: { promise: 101 } }, { v: { promise: "50" } }, { v: { promise: null } }, { v: [] , p: 1 },
    { s: -1 }, { s: 1.5 }, { s: "1" }, { f: ["other"] }, { f: ["share", "share"] }, { f: "share" }, { f: ["share"], h: ["share"] },
    { k: ["gone"] }, { g: ["guests", ">=", "1"] }, { g: ["guests", ">", 1] }, { g: ["gone", ">=", 1] }, { g: ["guests", ">=", 1e13] }, { g: [] },
    { q: { fr: "?" } }, { q: { en: 1 } }, { q: { en: "x".repeat(LONGEST_QUESTION + 1) } }, { q: "?" }, { q: { constructor: "?" } },
  ];
  for (const one of wrong) assert.equal(problem(forged({ ...sound, ...one })), "unknown", JSON.stringify(one));
  for (const one of [null, [], 1, "m99", { m: 99 }]) assert.equal(problem(forged(one)), "damaged", JSON.stringify(one));
  assert.equal(problem(forged({ ...sound, m: "m98" })), "module");
  assert.equal(problem(`2${writeTask(CONTENT, TASK).slice(1)}`), "newer");
});

test("a question is one line of text: what turns or breaks a line is left out", () => {
  const { question } = readTask(CONTENT, writeTask(CONTENT, { ...TASK, question: { en: " a\nb\u202Ec\u0000 ", zh: " " } }));
  assert.deepEqual(question, { en: "a b c" });
});

test("a link that cannot be read opens the dashboard as it is, and says what is wrong", () => {
  assert.deepEqual(tasked(CONTENT, { hash: "" }), { content: CONTENT, problem: "" });
  assert.deepEqual(tasked(CONTENT, { hash: "#task=broken" }), { content: CONTENT, problem: "damaged; the plain dashboard" });
  const other = writeTask({ ...CONTENT, module: "m98" }, TASK);
  assert.equal(tasked(CONTENT, { hash: `#task=${other}` }).problem, "of m98, not m99");
});

test("the dashboard starts as the teacher had it, and so do its levers, its situations and its goal", () => {
  const code = writeTask(CONTENT, TASK);
  const { content } = tasked(CONTENT, { hash: `#task=${code}` });
  const state = new State(content, null);
  assert.deepEqual([state.current.values, state.current.seed], [{ promise: 80, share: 0.5 }, 7]);
  assert.deepEqual(state.changes(), []);
  assert.equal(state.offer(), null, "the teacher asks, not the bet");
  assert.deepEqual(content.presets.map(({ key }) => key), ["task", "calm"]);
  assert.deepEqual(state.ofPreset("calm").values, { promise: 50, share: 0.5 });
  assert.equal(content.presets[0].story, "", "the story is of another start");
  assert.deepEqual(content.goals.map(({ label }) => label), ["Happy ≥ 50%"]);
  assert.deepEqual(progressOf(content, { metrics: { happy: 0.5 }, goals: [[true]] }), [[true]]);
  assert.deepEqual(progressOf(content, { metrics: { happy: 0.49 } }), [[false]]);
  assert.deepEqual(progressOf(content, { metrics: {} }), [[false]], "nobody knows yet while it is played");
  assert.deepEqual(progressOf(CONTENT, { goals: [[true]] }), [[true]]);
  assert.notEqual(content.slot, CONTENT.slot, "the learner's own dashboard stays as it was");
  assert.ok(isSameTask(content, { hash: `#task=${code}` }) && !isSameTask(content, { hash: "" }) && isSameTask(CONTENT, { hash: "#run=x" }));
});

test("what is fixed is shown and held, what is hidden is not there", () => {
  const content = withTask(CONTENT, "c", { ...TASK, fixed: ["seed"], hidden: ["share"], presets: ["rush", "storm"] });
  assert.deepEqual(shown(content).map(({ name }) => name), ["promise"]);
  assert.deepEqual([heldByTask(content, "promise"), seedRests(content)], ["", "fixed"]);
  assert.equal(heldByTask(withTask(CONTENT, "c", TASK), "share"), "Fixed.");
  assert.deepEqual(content.presets.map(({ key }) => key), ["task", "storm"], "a situation that moves what is held is left out");
  assert.deepEqual(fitting(CONTENT, { values: { promise: 50, share: 0.5 }, fixed: ["seed"], hidden: [] }).length, 3);
});

test("a goal is met at its threshold", () => {
  assert.deepEqual([meets(TASK.goal, { happy: 0.5 }), meets({ ...TASK.goal, sign: "<=" }, { happy: 0.51 }), meets(TASK.goal, {})], [true, false, null]);
});

test("a link leads to the dashboard's door, and asks for a language only where the question has but one", () => {
  const base = "https://hub/user/anna/course/";
  assert.equal(taskAddress(base, CONTENT, "1x", TASK.question), `${base}explore/m99#task=1x`);
  assert.equal(taskAddress(base, CONTENT, "1x", { zh: "问" }), `${base}explore/m99?lang=zh#task=1x`);
});
