// A class: answers that wait for the network, numbers as they are typed, and the picture's words and places.
import assert from "node:assert/strict";
import { test } from "node:test";
import { breadth, lines, ticks } from "../../../course/server/page/class/draw.js";
import { typed } from "../../../course/server/page/class/kinds/number.js";
import { best, unbeaten } from "../../../course/server/page/class/kinds/strategy.js";
import { memory, outbox } from "../../../course/server/page/class/outbox.js";
import { inTurn } from "../../../course/server/page/class/turns.js";
import { fakeStorage } from "./fakes.js";

// A phone whose line does what `replies` say, one after the other: a status, or "closed".
function phone(replies, storage = fakeStorage()) {
  const kept = memory("room", storage);
  const sent = [];
  const told = [];
  const later = [];
  const post = async (answer) => {
    sent.push(answer);
    const reply = replies.shift() ?? 200;
    if (reply === "closed") throw new TypeError("network");
    return { status: reply, said: { said: reply === 200 ? "received" : "" } };
  };
  const box = outbox(kept, post, (news) => told.push(news), (again) => later.push(again));
  return { kept, sent, told, later, box, storage };
}

test("an answer goes out once, with a number of its own", async () => {
  const { box, sent, told, kept } = phone([]);
  await box.send("q", 1, 3);
  await box.send("q", 1, 4);
  assert.deepEqual(sent.map((one) => [one.number, one.value]), [[1, 3], [2, 4]]);
  assert.deepEqual(told, ["sending", "received", "sending", "received"]);
  assert.deepEqual(kept.get().waiting, []);
});

test("without a network it waits, and comes with the same number", async () => {
  const { box, sent, told, later } = phone(["closed", 503, 429]);
  await box.send("q", 1, 3);
  while (later.length) await later.shift()();
  assert.deepEqual(sent.map((one) => one.number), [1, 1, 1, 1]);
  assert.deepEqual(told.filter((one) => one !== "sending"), ["offline", "offline", "offline", "received"]);
});

test("a page that is loaded again still sends it, and counts on", async () => {
  const before = phone(["closed"]);
  await before.box.send("q", 1, 3);
  const after = phone([], before.storage);
  await after.box.flush();
  await after.box.send("r", 1, 1);
  assert.deepEqual(after.sent.map((one) => [one.step, one.number]), [["q", 1], ["r", 2]]);
});

test("a change of mind takes the place of what has not gone out", async () => {
  const { box, kept, later, sent } = phone(["closed"]);
  await box.send("q", 1, 3);
  kept.set({ waiting: [{ step: "p", round: 1, number: 9, value: 0 }, ...kept.get().waiting] });
  await box.send("q", 1, 4);
  while (later.length) await later.shift()();
  assert.deepEqual(sent.slice(1).map((one) => [one.step, one.value]), [["p", 0], ["q", 4]]);
  assert.equal(box.underway("q", 1), undefined);
});

test("what is refused is not sent for ever, and a browser without memory works", async () => {
  const { box, told, kept } = phone([400], fakeStorage({ full: true }));
  await box.send("q", 1, 3);
  assert.deepEqual(told, ["sending", "refused"]);
  assert.deepEqual(kept.get().waiting, []);
  assert.equal(memory("room", null).get().number, 0);
});

test("numbers as people type them", () => {
  assert.deepEqual(["65.73", "−2,5", " １２ ", "-.5", "53%", "+3"].map(typed), [65.73, -2.5, 12, -0.5, 53, 3]);
  for (const text of ["", "a", "1.2.3", "1e9", "<b>", "--1", "1 2"]) assert.ok(Number.isNaN(typed(text)), text);
});

test("places of an axis are round", () => {
  assert.deepEqual(ticks(1, 5), [1, 2, 3, 4, 5]);
  assert.deepEqual(ticks(-60, 60), [-50, 0, 50]);
  assert.deepEqual(ticks(0, 6).slice(0, 2), [0, 2]);
});

test("lines break between words, anywhere between 汉字, and before no full stop", () => {
  assert.deepEqual(lines("one two three", 3), ["one", "two", "three"]);
  const found = lines("一二三四五。六七", 5);
  assert.equal(found.join(""), "一二三四五。六七");
  assert.ok(found.every((line) => !line.startsWith("。")));
  assert.ok(lines("*long* words of an option, and more of them", 9).every((line) => breadth(line) <= 9));
});

test("of strategies those stay that no other beats in both figures at once", () => {
  const spots = [[1, 9, 1], [2, 8, 3], [2, 7, 1], [0, 9, 1], [5, 1, 1], [5, 1, 1], [4, 0, 1]];
  assert.deepEqual(unbeaten(spots).map(([x, y]) => [x, y]), [[1, 9], [2, 8], [5, 1], [5, 1]]);
  assert.deepEqual(best(spots), [1, 9, 1]);
  assert.equal(best([]), undefined);
});

test("a key waits for the command before it, and pressed twice it is pressed once", async () => {
  const done = [];
  const ends = [];
  const slow = (name) => () => {
    done.push(name);
    return new Promise((resolve) => ends.push(resolve));
  };
  const press = inTurn({ forward: slow("forward"), picture: slow("picture"), list: () => done.push("list") }, ["forward", "picture"]);
  const first = press("picture");
  press("picture");
  press("forward");
  press("list");
  assert.deepEqual(done, ["picture", "list"]);
  ends.shift()();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(done, ["picture", "list", "forward"]);
  ends.shift()();
  await first;
  press("picture");
  assert.equal(done.at(-1), "picture");
});
