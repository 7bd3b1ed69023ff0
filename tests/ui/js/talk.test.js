import assert from "node:assert/strict";
import { test } from "node:test";
import { Conversation, shelf } from "../../../course/ui/simulator/talk.js";
import { surveyTalk } from "../../../course/ui/survey/talk.js";
import { fakeModel } from "./fakes.js";

const at = (promise, seed = 1) => ({ values: { promise }, seed });

function begin(context) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const heard = [];
  const model = fakeModel();
  const life = new AbortController();
  const talk = new Conversation(
    model,
    {
      result: (message) => heard.push(["result", message.tell, message.opened]),
      problem: (text) => heard.push(["problem", text]),
      slow: () => heard.push(["slow"]),
      silent: () => heard.push(["silent"]),
    },
    life.signal,
  );
  const answer = (tell, question = model.sent.at(-1)) => model.say({ kind: "result", number: question.number, tell });
  return { heard, model, talk, answer, life, tick: (ms) => context.mock.timers.tick(ms) };
}

const kinds = (model) => model.sent.map((message) => message.kind);

test("a question goes out with a number, its answer comes back", (context) => {
  const { heard, model, talk, answer } = begin(context);
  talk.ask("run", at(1));
  assert.deepEqual(model.sent, [{ kind: "run", number: 1, ...at(1) }]);
  answer("one");
  assert.deepEqual(heard, [["result", "one", false]]);
});

test("while one is asked, only the newest of the others is asked next", (context) => {
  const { model, talk, answer } = begin(context);
  for (const promise of [1, 2, 3]) talk.ask("run", at(promise));
  answer("one");
  assert.deepEqual(model.sent.map(({ values }) => values.promise), [1, 3]);
});

test("an answer to another question is not heard", (context) => {
  const { heard, talk, model } = begin(context);
  talk.ask("run", at(1));
  model.say({ kind: "result", number: 99, tell: "late" });
  assert.deepEqual(heard, []);
});

test("where one has been needs no answer, and the kernel hears of it", (context) => {
  const { heard, model, talk, answer } = begin(context);
  talk.ask("run", at(1));
  answer("one");
  talk.ask("run", at(2));
  answer("two");
  talk.ask("run", at(1));
  assert.deepEqual(heard.at(-1), ["result", "one", false]);
  assert.deepEqual(model.sent.at(-1), { kind: "set", ...at(1) });
});

test("another seed is another run", (context) => {
  const { model, talk, answer } = begin(context);
  talk.ask("run", at(1, 1));
  answer("one");
  talk.ask("run", at(1, 2));
  assert.deepEqual(kinds(model), ["run", "run"]);
});

test("without a seed, every run is another one", (context) => {
  const { model, talk, answer } = begin(context);
  talk.ask("run", at(1, null));
  answer("one");
  talk.ask("run", at(1, null));
  assert.deepEqual(kinds(model), ["run", "run"]);
});

test("a step that was foreseen waits for nobody", (context) => {
  const { heard, model, talk, answer } = begin(context);
  talk.foresee(at(2));
  answer("two");
  assert.deepEqual(heard, []);
  talk.ask("run", at(2));
  assert.deepEqual(heard, [["result", "two", false]]);
  assert.deepEqual(kinds(model), ["foresee", "set"]);
});

test("a step that is on its way is not asked twice", (context) => {
  const { heard, model, talk, answer } = begin(context);
  talk.foresee(at(2));
  const [foreseen] = model.sent;
  talk.ask("run", at(2));
  assert.deepEqual(kinds(model), ["foresee", "set"]);
  answer("two", foreseen);
  assert.deepEqual(heard, [["result", "two", false]]);
});

test("nothing is foreseen while somebody waits, nor without a seed, nor where one has been", (context) => {
  const { model, talk, answer } = begin(context);
  talk.ask("run", at(1));
  talk.foresee(at(2));
  answer("one");
  talk.foresee(at(1));
  talk.foresee(at(2, null));
  assert.deepEqual(kinds(model), ["run"]);
});

test("a foreseen problem is nobody's problem", (context) => {
  const { heard, model, talk } = begin(context);
  talk.foresee(at(2));
  model.say({ kind: "problem", number: 1, message: "no" });
  talk.ask("run", at(2));
  assert.deepEqual(heard, []);
  assert.deepEqual(kinds(model), ["foresee", "run"]);
});

test("a problem is told in its own words, and the next question asked", (context) => {
  const { heard, model, talk } = begin(context);
  talk.ask("run", at(1));
  talk.ask("run", at(2));
  model.say({ kind: "problem", number: 1, message: "too high" });
  assert.deepEqual(heard, [["problem", "too high"]]);
  assert.equal(model.sent.length, 2);
});

test("a problem without a number is of nothing that was asked here", (context) => {
  const { heard, model, talk, answer } = begin(context);
  const problem = { kind: "problem", of: "study", message: "no" };
  for (const number of [undefined, null]) model.say({ ...problem, number });
  talk.ask("run", at(1));
  for (const number of [undefined, null]) model.say({ ...problem, number });
  answer("one");
  assert.deepEqual(heard, [["result", "one", false]]);
});

test("a link's run says that it was opened", (context) => {
  const { heard, model, talk, answer } = begin(context);
  talk.ask("open", { code: "abc" });
  assert.deepEqual(model.sent, [{ kind: "open", number: 1, code: "abc" }]);
  answer("linked");
  assert.deepEqual(heard, [["result", "linked", true]]);
});

test("pictures are numbered as they come", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const numbers = [];
  const model = fakeModel();
  const talk = new Conversation(model, { result: ({ number }) => numbers.push(number) }, new AbortController().signal);
  talk.ask("run", at(1));
  model.say({ kind: "result", number: model.sent.at(-1).number });
  talk.ask("run", at(2));
  model.say({ kind: "result", number: model.sent.at(-1).number });
  talk.ask("run", at(1));
  assert.deepEqual(numbers, [...numbers].sort((a, b) => a - b));
  assert.equal(new Set(numbers).size, 3);
});

test("silence is told in two steps, an answer ends it", (context) => {
  const { heard, talk, answer, tick } = begin(context);
  talk.ask("run", at(1));
  tick(1_500);
  assert.deepEqual(heard, [["slow"]]);
  tick(10_500);
  assert.deepEqual(heard, [["slow"], ["silent"]]);
  answer("at last");
  talk.ask("run", at(2));
  answer("two");
  tick(60_000);
  assert.equal(heard.length, 4);
});

test("a question that got lost is asked again, the newest one", (context) => {
  const { model, talk } = begin(context);
  talk.ask("run", at(1));
  talk.ask("run", at(2));
  talk.again();
  assert.deepEqual(model.sent.map(({ values }) => values.promise), [1, 2]);
  talk.again();
  assert.deepEqual(model.sent.map(({ values }) => values.promise), [1, 2, 2]);
});

test("with nothing lost nothing is asked again", (context) => {
  const { model, talk } = begin(context);
  talk.again();
  assert.deepEqual(model.sent, []);
});

test("a page that is gone hears nothing and waits for nothing", (context) => {
  const { heard, talk, answer, life, tick } = begin(context);
  talk.ask("run", at(1));
  life.abort();
  answer("late");
  tick(60_000);
  assert.deepEqual(heard, []);
});

test("the shelf forgets the oldest, and what was put anew is young", () => {
  const known = shelf(2);
  known.put(at(1), "a");
  known.put(at(2), "b");
  known.put(at(1), "c");
  known.put(at(3), "d");
  assert.deepEqual([1, 2, 3].map((promise) => known.find(at(promise))), ["c", undefined, "d"]);
});

test("the order of the values makes no difference to the shelf", () => {
  const known = shelf();
  known.put({ values: { a: 1, b: 2 }, seed: 1 }, "one");
  assert.equal(known.find({ values: { b: 2, a: 1 }, seed: 1 }), "one");
});

function survey(context) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const heard = [];
  const model = fakeModel();
  const slots = Object.fromEntries(["progress", "result"].map((word) => [word, () => heard.push(word)]));
  const limits = { heard: () => heard.push("heard"), silent: () => heard.push("silent") };
  const talk = surveyTalk(model, "survey", slots, limits, new AbortController().signal);
  const say = (what) => model.say({ kind: "tool", tool: "survey", do: what });
  return { heard, model, talk, say, tick: (ms) => context.mock.timers.tick(ms) };
}

test("a survey's progress begins the wait anew, its result ends it", (context) => {
  const { heard, talk, say, tick } = survey(context);
  talk.ask("report");
  tick(19_000);
  say("progress");
  tick(19_000);
  say("result");
  tick(60_000);
  assert.deepEqual(heard, ["heard", "progress", "heard", "result"]);
});

test("a survey that hears nothing says so", (context) => {
  const { heard, talk, tick } = survey(context);
  talk.ask("report");
  tick(20_000);
  assert.deepEqual(heard, ["silent"]);
});

test("a survey's lost question is asked again until it was answered", (context) => {
  const { model, talk, say } = survey(context);
  talk.ask("template", { format: "csv" });
  talk.again();
  say("result");
  talk.again();
  assert.deepEqual(model.sent.map(({ format }) => format), ["csv", "csv"]);
});
