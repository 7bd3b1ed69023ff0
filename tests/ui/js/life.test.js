import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { hear, spell, timer } from "../../../course/ui/page/life.js";
import { fakeModel } from "./fakes.js";

test("what is heard ends with the signal", () => {
  const life = new AbortController();
  const model = fakeModel();
  const words = [];
  hear(model, "msg:custom", (message) => words.push(message), life.signal);
  model.say("one");
  life.abort();
  model.say("two");
  assert.deepEqual(words, ["one"]);
  assert.equal(model.heard(), 0);
});

test("a timer does only the last thing it was given", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const waiting = timer(new AbortController().signal);
  const [first, second] = [mock.fn(), mock.fn()];
  waiting.start(first, 10);
  waiting.start(second, 10);
  context.mock.timers.tick(10);
  assert.deepEqual([first.mock.callCount(), second.mock.callCount()], [0, 1]);
});

test("a timer is cleared by hand, and by the end of its life", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const life = new AbortController();
  const waiting = timer(life.signal);
  const late = mock.fn();
  waiting.start(late, 10);
  waiting.clear();
  context.mock.timers.tick(20);
  waiting.start(late, 10);
  life.abort();
  context.mock.timers.tick(20);
  waiting.start(late, 10);
  context.mock.timers.tick(20);
  assert.equal(late.mock.callCount(), 0);
});

test("a spell ends by itself and leaves the longer life alone", () => {
  const life = new AbortController();
  const short = spell(life.signal);
  short.end();
  assert.deepEqual([short.signal.aborted, life.signal.aborted], [true, false]);
});

test("a spell ends with the longer life", () => {
  const life = new AbortController();
  const short = spell(life.signal);
  life.abort();
  assert.equal(short.signal.aborted, true);
  assert.equal(spell(life.signal).signal.aborted, true, "and cannot begin after it");
});
