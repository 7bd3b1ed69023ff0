import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { onOtherTab, recall, remember } from "../../../course/ui/page/page.js";
import { keeper } from "../../../course/ui/simulator/memory.js";
import { fakeStorage } from "./fakes.js";

let listeners = [];
beforeEach(() => {
  listeners = [];
  globalThis.localStorage = fakeStorage();
  globalThis.addEventListener = (type, slot, { signal }) => {
    listeners.push([type, slot]);
    signal.addEventListener("abort", () => (listeners = listeners.filter(([, each]) => each !== slot)));
  };
});
afterEach(() => {
  delete globalThis.localStorage;
  delete globalThis.addEventListener;
});

const storage = (key, newValue) => listeners.forEach(([, slot]) => slot({ key, newValue }));
const RECORD = { state: { values: { a: 1 } }, guesses: {}, codes: [] };

test("what is remembered is recalled", () => {
  assert.equal(remember("x", { a: [1] }), true);
  assert.deepEqual(recall("x"), { a: [1] });
  assert.equal(recall("y"), null);
});

test("a memory that is full or forbidden says so and harms nobody", () => {
  globalThis.localStorage = fakeStorage({ full: true });
  assert.equal(remember("x", 1), false);
  delete globalThis.localStorage;
  assert.equal(remember("x", 1), false);
  assert.equal(recall("x"), null);
});

test("what somebody else wrote there is no memory of ours", () => {
  remember("x", 1);
  globalThis.localStorage.setItem("course.x", "{ broken");
  assert.equal(recall("x"), null);
});

test("a simulator's record comes back whole", () => {
  const keep = keeper("m01", () => {}, new AbortController().signal);
  assert.equal(keep.write(RECORD), true);
  const { tab: _tab, time: _time, ...back } = keep.read();
  assert.deepEqual(back, RECORD);
});

test("another tab's settings are offered, one's own are not", () => {
  const offers = [];
  const keep = keeper("m01", (other) => offers.push(other.tab), new AbortController().signal);
  keep.write(RECORD);
  storage("course.sim.m01", JSON.stringify(keep.read()));
  storage("course.sim.m01", JSON.stringify({ ...RECORD, tab: "other" }));
  storage("course.sim.m02", JSON.stringify({ ...RECORD, tab: "elsewhere" }));
  storage("course.sim.m01", null);
  assert.deepEqual(offers, ["other"]);
});

test("a page that is gone hears of no other tab", () => {
  const life = new AbortController();
  const words = [];
  onOtherTab("x", (value) => words.push(value), life.signal);
  storage("course.x", "1");
  life.abort();
  storage("course.x", "2");
  assert.deepEqual(words, [1]);
});
