import assert from "node:assert/strict";
import { test } from "node:test";
import { places } from "../../../course/ui/dialogue/curve.js";
import { gone, isOver, replayed, restored, spoken, stateOf } from "../../../course/ui/dialogue/path.js";

const choice = (text) => ({ text, move: text, why: `${text}?` });
// A call of two turns: hears or snaps, then hears or snaps; snapping twice, the caller hangs up
const CALL = {
  scenes: {
    opening: { says: { calm: "hm", cross: "what", furious: "WHAT" }, choices: [choice("hear"), choice("snap")] },
    close: { says: { calm: "well", cross: "and", furious: "AND" }, choices: [choice("promise"), choice("scold")] },
  },
  endings: { gone: { says: "bye" }, content: { says: "thanks" } },
  states: {
    "": ["opening", "cross", 60, 0, 0, "", null],
    0: ["close", "calm", 40, 50, 1, "", null],
    1: ["close", "furious", 80, 0, 0.5, "", null],
    "00": ["content", "calm", 20, 50, 2, "", 65],
    "01": ["content", "cross", 55, 10, 2, "", 10],
    10: ["gone", "furious", 90, 0, 1, "early", 0],
    11: ["gone", "furious", 100, 0, 1, "faded", 0],
  },
};

test("a caller speaks as angry as they are, and answers each sentence", () => {
  assert.deepEqual(spoken(CALL, "").map((line) => line.text), ["what"]);
  assert.deepEqual(spoken(CALL, "1").map((line) => line.text), ["what", "snap", "AND"]);
  assert.deepEqual(spoken(CALL, "00").map((line) => line.text), ["what", "hear", "well", "promise", "thanks"]);
  assert.deepEqual(spoken(CALL, "00").map((line) => line.who), ["caller", "you", "caller", "you", "caller"]);
});

test("a call is over at its endings and nowhere else", () => {
  assert.deepEqual(Object.keys(CALL.states).filter((path) => isOver(CALL, path)).sort(), ["00", "01", "10", "11"]);
  assert.equal(stateOf(CALL, "00").calming, 65);
});

test("a replay tells what each sentence did, and what the others would have done", () => {
  const [first, second] = replayed(CALL, "10");
  assert.deepEqual([first.before.anger, first.after.anger, second.after.anger], [60, 80, 90]);
  assert.deepEqual(first.others.map((other) => [other.choice.text, other.after.anger]), [["hear", 40]]);
  assert.equal(second.after.effect, "early");
  assert.deepEqual(second.others.map((other) => other.after.anger), [100]);
});

test("endings are met once each, and going back forgets none", () => {
  let state = gone(CALL, { path: "", met: [] }, "00");
  assert.deepEqual(state, { path: "00", met: ["content"] });
  state = gone(CALL, state, "0");
  assert.deepEqual(state, { path: "0", met: ["content"] });
  assert.deepEqual(gone(CALL, gone(CALL, state, "01"), "11").met, ["content", "gone"]);
});

for (const kept of [null, {}, { path: 7 }, { path: "012" }, { path: "constructor" }, { path: "0x", met: "content" }, { met: ["other", 3] }]) {
  test(`what the browser kept of another call, ${JSON.stringify(kept)}, begins anew`, () => {
    assert.deepEqual(restored(CALL, kept), { path: "", met: [] });
  });
}

test("what the browser kept of this call goes on", () => {
  assert.deepEqual(restored(CALL, { path: "0", met: ["gone", "gone"] }), { path: "0", met: ["gone"] });
});

test("anger is drawn from left to right, the angriest at the top, within the picture", () => {
  const dots = places([100, 50, 0]);
  assert.ok(dots[0].x < dots[1].x && dots[1].x < dots[2].x);
  assert.ok(dots[0].y < dots[1].y && dots[1].y < dots[2].y);
  assert.equal(places([60]).length, 1);
  for (const { x, y } of dots) assert.ok(x >= 0 && x <= 320 && y >= 0 && y <= 90);
});
