import assert from "node:assert/strict";
import { test } from "node:test";
import { wish } from "../../../course/grading/desk/page/keys.js";
import { line } from "../../../course/grading/desk/page/line.js";
import { done, foreseen, inserted, keep, merged, moved, opened, reckoned, said as wording, shown, spread, toggle, toOpen } from "../../../course/grading/desk/page/state.js";
import { number } from "../../../course/grading/desk/page/view.js";

function answer(key, more = {}) {
  return { key, text: "", language: "en", group: 0, place: 1, size: 1, items: [], comment: "", points: null, open: true, again: false, elsewhere: false, version: `${key}0`, ...more };
}

function sheet(answers, more = {}) {
  const rubric = [{ id: 4, texts: { en: "a" }, points: 2 }, { id: 7, texts: { en: "b" }, points: 4.5 }, { id: 2, texts: { en: "c" }, points: -3 }];
  return { answers, rubric, revision: 3, top: 0, comments: [], out_of: 6, ...more };
}

test("the first answer that waits is shown, or the one that was asked for", () => {
  const answers = [answer("a", { open: false }), answer("b"), answer("c")];
  assert.equal(shown(opened(sheet(answers))).key, "b");
  assert.equal(shown(opened(sheet(answers), "c")).key, "c");
  assert.equal(shown(opened(sheet([]))), undefined);
  assert.equal(done(opened(sheet(answers))), 1);
});

test("the ends stay the ends, and the next unmarked is looked for around", () => {
  const desk = opened(sheet([answer("a"), answer("b", { open: false }), answer("c", { open: false })]));
  assert.equal(moved(desk, -1).at, 0);
  assert.equal(moved(desk, 9).at, 2);
  assert.equal(toOpen(moved(desk, 1)).at, 0);
  const finished = opened(sheet([answer("a", { open: false })]));
  assert.equal(toOpen(finished), finished);
});

test("a key stands for an item's place, an order for its number", () => {
  const desk = opened(sheet([answer("a", { items: [7] })]));
  assert.deepEqual(toggle(desk, 1), { keys: ["a"], items: [4, 7] });
  assert.deepEqual(toggle(desk, 2), { keys: ["a"], items: [] });
  assert.equal(toggle(desk, 4), null);
});

test("items add up within what the task is worth", () => {
  const desk = opened(sheet([answer("a")]));
  assert.deepEqual([[4], [4, 7], [2], [2, 7], []].map((items) => reckoned(desk, items)), [2, 6, 0, 1.5, 0]);
  const after = foreseen(desk, { keys: ["a"], items: [4] });
  assert.deepEqual([shown(after).points, shown(after).open, shown(desk).points], [2, false, null]);
  assert.equal(shown(foreseen(desk, { keys: ["a"], comment: "x" })).open, true);
});

test("only a mark that waits to be looked at again is kept, and only one from here is spread", () => {
  const marked = { items: [4], points: 2, open: false, comment: "x" };
  const desk = opened(sheet([answer("a", { ...marked, size: 2 }), answer("b", { size: 2 }), answer("c", { group: 1 })]), "a");
  assert.equal(keep(desk), null);
  assert.deepEqual(spread(desk), { keys: ["a", "b"], items: [4], comment: "x" });
  assert.equal(spread(moved(desk, 1)), null);
  const anew = opened(sheet([answer("a", { ...marked, again: true, open: true })]));
  assert.deepEqual(keep(anew), { keys: ["a"], items: [4] });
  assert.equal(keep(opened(sheet([answer("a", { ...marked, again: true, elsewhere: true })]))), null);
});

test("what is still on its way is not drawn back, but its version counts", () => {
  const desk = foreseen(opened(sheet([answer("a"), answer("b")])), { keys: ["a"], items: [4, 7] });
  const said = { answers: [answer("a", { items: [4], version: "a1" }), answer("b", { comment: "w", version: "b1" })], rubric: [], revision: 4, top: 9, comments: ["w"] };
  const after = merged(desk, said, [{ keys: ["a"], items: [4, 7] }]);
  assert.deepEqual(after.answers.map((one) => [one.items, one.comment, one.version]), [[[4, 7], "", "a1"], [[], "w", "b1"]]);
  assert.deepEqual([after.revision, after.top, after.rubric], [4, 9, []]);
});

function post(replies) {
  const bodies = [];
  return [bodies, async (body) => {
    bodies.push(body);
    const reply = replies.shift();
    if (reply instanceof Error) throw reply;
    return reply;
  }];
}

function reply(key, version, status = 200) {
  return { status, said: { answers: [answer(key, { version })], rubric: [], revision: 5, top: 1, comments: [] } };
}

async function settled() {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

test("orders go one after the other, each with the versions that the one before brought", async () => {
  let desk = opened(sheet([answer("a"), answer("b")]));
  const heard = [];
  const [bodies, send] = post([reply("a", "a1"), reply("a", "a2")]);
  const orders = line({ get: () => desk, set: (next) => (desk = next) }, send, (state) => heard.push(state));
  orders.send({ keys: ["a"], items: [4] });
  orders.send({ keys: ["a"], items: [4, 7] });
  assert.equal(bodies.length, 1);
  await settled();
  assert.deepEqual(bodies.map((body) => [body.items, body.marks, body.revision]), [[[4], [{ key: "a", version: "a0" }], 3], [[4, 7], [{ key: "a", version: "a1" }], 5]]);
  assert.deepEqual(heard, ["saving", "saving", "saved"]);
  assert.ok(orders.idle());
});

test("where nobody answers, an order is tried again and nothing after it is lost", async () => {
  let desk = opened(sheet([answer("a")]));
  const [heard, again] = [[], []];
  const [bodies, send] = post([new Error("gone"), reply("a", "a1"), reply("a", "a2")]);
  const orders = line({ get: () => desk, set: (next) => (desk = next) }, send, (state) => heard.push(state), (retry) => again.push(retry));
  orders.send({ keys: ["a"], items: [4] });
  await settled();
  assert.deepEqual([heard.at(-1), orders.idle(), again.length], ["unsaved", false, 1]);
  orders.send({ keys: ["a"], comment: "w" });
  await settled();
  again[0]();
  await settled();
  assert.deepEqual(bodies.map((body) => body.comment ?? body.items), [[4], [4], "w"]);
  assert.ok(orders.idle());
});

test("what was to follow a refused order is dropped, and the page hears which answer it was about", async () => {
  let desk = opened(sheet([answer("a"), answer("b")]));
  const heard = [];
  const [bodies, send] = post([{ status: 409, said: { error: "changed" } }]);
  const orders = line({ get: () => desk, set: (next) => (desk = next) }, send, (state, said) => heard.push([state, said?.key]));
  orders.send({ keys: ["b"], items: [4] });
  orders.send({ keys: ["a"], items: [4] });
  await settled();
  assert.equal(bodies.length, 1);
  assert.deepEqual(heard, [["saving", undefined], ["stale", "b"]]);
  assert.ok(orders.idle());
});

test("keys ask for what they say, and for nothing in a field or on a button", () => {
  const body = { tagName: "BODY" };
  const press = (key, more = {}) => wish({ key, target: body, ...more });
  assert.deepEqual(press("3", { code: "Digit3" }), ["toggle", 3]);
  assert.deepEqual(press("&", { code: "Digit1" }), ["toggle", 1]);
  assert.deepEqual(press("!", { code: "Digit1", shiftKey: true }), ["insert", 1]);
  assert.deepEqual(press("0", { code: "Numpad0" }), ["none", 0]);
  assert.deepEqual(press("U"), ["undo", 0]);
  assert.deepEqual(press("z", { ctrlKey: true }), ["undo", 0]);
  assert.equal(press("a", { ctrlKey: true }), null);
  assert.equal(press("a", { altKey: true }), null);
  assert.equal(press("q"), null);
  assert.deepEqual(press("Enter"), ["enter", 0]);
  assert.equal(press("Enter", { target: { tagName: "BUTTON" } }), null);
  assert.deepEqual(press("1", { code: "Digit1", target: { tagName: "BUTTON" } }), ["toggle", 1]);
  assert.equal(press("1", { code: "Digit1", target: { tagName: "TEXTAREA" } }), null);
  assert.equal(press("1", { code: "Digit1", isComposing: true }), null);
  assert.deepEqual(press("1", { code: "Digit1", target: { tagName: "INPUT", type: "checkbox" } }), ["toggle", 1]);
});

test("a comment is put in on a line of its own, once", () => {
  assert.equal(inserted("", "w"), "w");
  assert.equal(inserted("a \n", "w"), "a\nw");
  assert.equal(inserted("a\nw", "w"), "a\nw");
  assert.equal(inserted("x\ny", "x\ny"), "x\ny");
});

test("points have no digit too many", () => {
  assert.deepEqual([2, 1.5, 4.25, -1].map((points) => number(points, "en")), ["2", "1.5", "4.25", "−1"]);
});

test("an item speaks the reader's language, and another one where it must", () => {
  const item = { id: 1, texts: { en: "a layer", zh: "层次" }, points: 1 };
  assert.deepEqual([wording(item, "zh"), wording(item, "en"), wording({ ...item, texts: { zh: "层次" } }, "en")], ["层次", "a layer", "层次"]);
});
