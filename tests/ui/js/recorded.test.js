import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import { test } from "node:test";
import { readCode } from "../../../course/ui/runs/code.js";
import { nearest, nearestPlay } from "../../../course/ui/runs/nearest.js";
import { recordedRuns, settingsOf } from "../../../course/ui/runs/recorded.js";
import { nearestText } from "../../../course/ui/simulator/controls.js";

const CONTENT = {
  module: "m77",
  language: "en",
  parameters: [
    { name: "price", label: "Price", unit: "yuan", low: 0, high: 100, step: 10, start: 40 },
    { name: "staff", label: "Staff", unit: "", low: 0, high: 1, step: 0.1, start: 0.3 },
  ],
  presets: [
    { key: "quiet", values: {} },
    { key: "rush", values: { price: 90 } },
  ],
  play: { levers: ["price"], periods: 2 },
  words: { nearest: "nearest: {changes}", nearest_play: "levers as at the start", list: "; ", seed: "Seed", no_record: "no record" },
};
const INDEX = {
  seed: 1,
  grid: { price: [0, 20, 40, 60, 80, 100], staff: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] },
  goals: [{ key: "goal:both", values: { price: 70, staff: 0.8 } }],
  common: "starts",
  packs: { quiet: "quiet", rush: "rush" },
};

const found = (price, staff, seed = 1) => {
  const { preset, key, exact } = nearest(CONTENT, INDEX, { values: { price, staff }, seed });
  return [preset, key, exact];
};

test("what was recorded is found again: a start, a slider alone, a challenge", () => {
  assert.deepEqual(found(40, 0.3), [null, "start:quiet", true]);
  assert.deepEqual(found(90, 0.3), [null, "start:rush", true]);
  assert.deepEqual(found(20, 0.3), ["quiet", "price:1", true]);
  assert.deepEqual(found(90, 0.30000000000000004 + 0.1), ["rush", "staff:4", true]);
  assert.deepEqual(found(70, 0.8), [null, "goal:both", true]);
});

test("between recorded runs the nearest one is found, and it says that it is another", () => {
  assert.deepEqual([found(52, 0.3), found(48, 0.3)], [["quiet", "price:3", false], [null, "start:quiet", false]]);
  assert.deepEqual(found(20, 0.4), ["quiet", "price:1", false]);
  assert.deepEqual(found(30, 0.9), ["quiet", "staff:9", false]);
  assert.deepEqual(found(70, 0.7), [null, "goal:both", false]);
  assert.deepEqual(found(40, 0.3, 2), [null, "start:quiet", false]);
  assert.deepEqual(found(40, 0.3, null), [null, "start:quiet", false]);
});

test("of a run in play, the one whose levers stayed is found by its period", () => {
  const play = (staff, ...prices) =>
    nearestPlay(CONTENT, INDEX, { values: { price: 0, staff }, seed: 1, decisions: prices.map((price) => ({ price })) });
  assert.deepEqual([play(0.3).preset, play(0.3).key, play(0.3).exact], ["quiet", "play:0", true]);
  assert.deepEqual([play(0.3, 90, 90).preset, play(0.3, 90, 90).exact], ["rush", true]);
  assert.deepEqual([play(0.3, 40, 50).preset, play(0.3, 40, 50).key, play(0.3, 40, 50).exact], ["quiet", "play:2", false]);
  assert.equal(play(0.4, 40).exact, false);
});

test("fields of an address become settings, and a run code too", () => {
  assert.deepEqual(settingsOf({ seed: "1", price: "40", way: "96 6 @door" }), { seed: 1, values: { price: 40, way: "96 6 @door" } });
  assert.deepEqual(settingsOf({ seed: "", price: "4", play: "3;4" }, ["price"]).decisions, [{ price: 3 }, { price: 4 }]);
  assert.deepEqual(settingsOf({ play: "" }, ["price"]).decisions, []);
  const code = (what) => Buffer.from(JSON.stringify(what)).toString("base64url");
  assert.deepEqual(readCode(code({ m: "m77", s: 3, v: { price: 50 } }), CONTENT), { values: { price: 50, staff: 0.3 }, seed: 3 });
  assert.deepEqual(readCode(code({ m: "m77", v: {}, d: [[50], 0] }), CONTENT).decisions, [{ price: 50 }, { price: 50 }]);
  for (const wrong of [code({ m: "m01", v: {} }), code({ m: "m77", v: { price: 5000 } }), "%%%"]) assert.throws(() => readCode(wrong, CONTENT));
});

function packed(runs, ...buffers) {
  const text = new TextEncoder().encode(JSON.stringify({ tables: [[{ name: "day" }]], runs, buffers: buffers.map((one) => one.length) }));
  const bytes = Buffer.alloc(8 + text.length + buffers.flat().length);
  bytes.writeUInt32LE(bytes.length - 4, 0);
  bytes.writeUInt32LE(text.length, 4);
  bytes.set(text, 8);
  bytes.set(buffers.flat(), 8 + text.length);
  return deflateSync(bytes).toString("base64");
}

const told = (profit, values) => ({
  values: { price: 40, staff: 0.3, ...values },
  seed: 1,
  metrics: { profit },
  tables: 0,
  columns: [1],
  said: { en: { tell: `profit ${profit}`, titles: {}, people: [{ kind: "a", text: "b" }] }, zh: { tell: `利润 ${profit}`, titles: {} } },
});
const FILES = {
  starts: packed({ "start:quiet": told(5), "start:rush": told(7, { price: 90 }), "goal:both": told(9, { price: 70, staff: 0.8 }) }, [1], [2, 3]),
  quiet: packed({ "price:1": told(6, { price: 20 }), "staff:4": told(8, { staff: 0.4 }) }, [1], [4]),
};

function wire() {
  const asked = [];
  const load = (name) => (asked.push(name), name in FILES ? Promise.resolve(FILES[name]) : Promise.reject(new Error("gone")));
  const { ask, startOf } = recordedRuns(INDEX, load, () => CONTENT);
  return { asked, startOf, ask: (kind, fields, language = "en") => ask(kind, fields, language, new AbortController().signal) };
}

test("a recorded run is answered as the service answers it, its pack fetched once", async () => {
  const { ask, asked, startOf } = wire();
  const [message, [buffer]] = await ask("run", { seed: "1", price: "20", staff: "0.3" }, "zh");
  assert.deepEqual([message.kind, message.tell, message.values.price, message.tables[0].name, buffer.getUint8(0)], ["result", "利润 6", 20, "day", 4]);
  assert.equal("asked" in message, false);
  await ask("run", { seed: "1", price: "20", staff: "0.3" });
  assert.deepEqual(asked, ["quiet"]);
  assert.equal((await startOf("rush", "en"))[0].tell, "profit 7");
});

test("a neighbour says what was asked, and the page what is other", async () => {
  const { ask } = wire();
  const [message] = await ask("run", { seed: "4", price: "20", staff: "0.4" });
  assert.equal(message.metrics.profit, 6);
  assert.deepEqual(message.asked, { seed: 4, values: { price: 20, staff: 0.4 } });
  assert.equal(nearestText(CONTENT, message), "nearest: Staff 0.4 → 0.3; Seed 4 → 1");
});

test("reasons come of recorded runs, and of none where one is missing", async () => {
  const { ask } = wire();
  const before = { "before.seed": "1", "before.price": "40", "before.staff": "0.3" };
  const [one] = await ask("why", { seed: "1", price: "20", staff: "0.3", ...before });
  assert.deepEqual([one.alone, one.together], [{ price: { profit: 1 } }, { profit: 0 }]);
  const [both] = await ask("why", { seed: "1", price: "70", staff: "0.8", ...before });
  assert.equal(both.alone, null);
});

test("people are the run's; what nobody recorded, or cannot be fetched, is a sentence", async () => {
  const silent = console.error;
  console.error = () => {};
  const { ask } = wire();
  assert.deepEqual((await ask("people", { seed: "1", price: "40", staff: "0.3" }))[0].people, [{ kind: "a", text: "b" }]);
  for (const [kind, fields] of [["study", {}], ["run", { price: "100", staff: "0.3" }], ["open", { code: "?" }]]) {
    assert.deepEqual(await ask(kind, fields), [{ kind: "problem", message: "no record" }, []]);
  }
  console.error = silent;
});
