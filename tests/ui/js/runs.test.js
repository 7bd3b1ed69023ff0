import assert from "node:assert/strict";
import { test } from "node:test";
import { readFrames, together, unpacked } from "../../../course/ui/runs/frames.js";
import { ServedModel } from "../../../course/ui/runs/model.js";
import { addressOf, questionOf } from "../../../course/ui/runs/question.js";
import { runService } from "../../../course/ui/runs/service.js";

const BASE = "http://here/sub/";
const TYPE = "application/vnd.course.run";

function frame(message, ...buffers) {
  const text = new TextEncoder().encode(JSON.stringify({ ...message, buffers: buffers.map((one) => one.length) }));
  const bytes = new Uint8Array(8 + text.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 4 + text.length + buffers.flat().length, true);
  view.setUint32(4, text.length, true);
  bytes.set(text, 8);
  return together(bytes, new Uint8Array(buffers.flat()));
}

test("frames are read as they arrive, however they are cut", () => {
  const whole = together(frame({ done: 1 }), frame({ done: 2 }, [1, 2], [3]));
  const { frames, rest } = readFrames(whole.subarray(0, whole.length - 1));
  assert.deepEqual(frames.map(([message]) => message), [{ done: 1 }]);
  const [[message, buffers]] = readFrames(together(rest, whole.subarray(-1))).frames;
  assert.deepEqual(message, { done: 2 });
  assert.deepEqual(buffers.map((view) => view.getUint8(0)), [1, 3]);
});

test("a frame within a page has its buffers in base64", () => {
  const [message, [buffer]] = unpacked([{ kind: "content" }, ["AQI="]]);
  assert.deepEqual([message.kind, buffer.getUint8(1)], ["content", 2]);
});

test("the same question has the same address, in whatever order it is asked", () => {
  const options = { version: "e1", language: "zh" };
  const [kind, fields] = questionOf({ kind: "run", values: { b: 2, a: 1.5 }, seed: 1 });
  assert.equal(addressOf(BASE, "m02-promises", kind, fields, options), `${BASE}course/run/m02-promises/run?v=e1&lang=zh&a=1.5&b=2&seed=1`);
});

test("decisions travel as rows of the manager's levers", () => {
  const decisions = [{ spend: 1, price: 2 }, { spend: 3, price: 4 }];
  const [, fields] = questionOf({ kind: "run", values: {}, seed: 1, decisions }, ["price", "spend"]);
  assert.equal(fields.play, "2,1;4,3");
  assert.equal(questionOf({ kind: "run", values: {}, seed: 1, decisions: [] })[1].play, "");
});

test("why compares with the settings before", () => {
  const message = { kind: "why", number: 1, values: { a: 2 }, seed: 3, before: { a: 1 }, before_seed: 1 };
  assert.deepEqual(questionOf(message), ["why", { seed: 3, a: 2, "before.seed": 1, "before.a": 1 }]);
});

// A model whose questions a test answers: `asked` holds [kind, fields, resolve].
function begin() {
  const asked = [];
  const heard = [];
  const start = [{ kind: "result", values: { a: 1 }, seed: 1, tell: "start" }, []];
  const first = { part: "simulator", content: { language: "en" }, start, vega: "vega.js" };
  const ask = (kind, fields, language, signal, told) =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(Object.assign(new Error("gone"), { name: "AbortError" })));
      asked.push({ kind, fields, language, told, answer: (message) => resolve([message, []]) });
    });
  const described = async (language) => ({ content: { language }, start });
  const model = new ServedModel(first, ask, described);
  model.on("msg:custom", (message) => heard.push(message));
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return { asked, heard, model, settled };
}

test("what the page brought along is asked of nobody, and does not come at once", async () => {
  const { asked, heard, model, settled } = begin();
  model.send({ kind: "run", number: 4, values: { a: 1 }, seed: 1 });
  assert.deepEqual(heard, []);
  await settled();
  assert.deepEqual([asked.length, heard[0].number, heard[0].tell], [0, 4, "start"]);
});

test("many draws are of the settings run last, and end when others are run", async () => {
  const { asked, heard, model, settled } = begin();
  model.send({ kind: "run", number: 1, values: { a: 2 }, seed: 5 });
  await settled();
  asked[0].answer({ kind: "result" });
  model.send({ kind: "study" });
  await settled();
  assert.deepEqual([asked[1].kind, asked[1].fields], ["study", { seed: 5, a: 2 }]);
  asked[1].told({ kind: "study", done: 5 }, []);
  model.send({ kind: "set", values: { a: 3 }, seed: 5 });
  asked[1].told({ kind: "study", done: 10 }, []);
  await settled();
  assert.deepEqual(heard.filter(({ kind }) => kind === "study").map(({ done }) => done), [5]);
});

test("many draws that are refused say so, and of what", async () => {
  const { asked, heard, model, settled } = begin();
  model.send({ kind: "run", number: 1, values: { a: 2 }, seed: 5 });
  model.send({ kind: "study" });
  await settled();
  asked.find(({ kind }) => kind === "study").answer({ kind: "problem", message: "too many wait" });
  await settled();
  assert.deepEqual(heard.at(-1), { kind: "problem", message: "too many wait", number: null, of: "study" });
});

test("another language brings new content", async () => {
  const { model, settled } = begin();
  let drawn = 0;
  model.on("change:content", () => (drawn += 1));
  model.send({ kind: "language", language: "zh" });
  await settled();
  assert.deepEqual([drawn, model.get("content").language], [1, "zh"]);
});

const served = (status, body, type, more = {}) => new Response(body, { status, headers: { "Content-Type": type, ...more } });

// Ask a service whose server gives these answers, one after the other; null stands for a server that is away.
async function ask(context, ...answers) {
  const told = [];
  const fetch = context.mock.fn(async () => {
    const next = answers.shift();
    if (!next) throw new TypeError("Failed to fetch");
    return next;
  });
  context.mock.method(globalThis, "fetch", fetch);
  context.mock.method(globalThis, "setTimeout", (act) => queueMicrotask(act));
  const line = { lost: () => told.push("lost"), back: () => told.push("back") };
  const found = await runService(BASE, "m02-promises", "e1", line)("run", {}, "en", new AbortController().signal);
  return { found: found[0], told, calls: fetch.mock.callCount() };
}

test("a server that is away is asked until it is back", async (context) => {
  const good = served(200, frame({ kind: "result" }), TYPE);
  const { found, told } = await ask(context, null, served(502, "<html>", "text/html"), good);
  assert.deepEqual([found.kind, told], ["result", ["lost", "lost", "back"]]);
});

test("a busy server is asked again, and is not away", async (context) => {
  const busy = served(429, '{"message": "Wait"}', "application/json", { "Retry-After": "1" });
  const { found, told, calls } = await ask(context, busy, served(200, frame({ kind: "result" }), TYPE));
  assert.deepEqual([found.kind, told, calls], ["result", ["back"], 2]);
});

test("what the server finds wrong is said as it says it", async (context) => {
  const { found, told } = await ask(context, served(422, '{"message": "Too high"}', "application/json; charset=utf-8"));
  assert.deepEqual([found, told], [{ kind: "problem", message: "Too high" }, []]);
});

test("an answer that is cut off is asked for again", async (context) => {
  const whole = frame({ kind: "result" });
  const { found } = await ask(context, served(200, whole.subarray(0, 20), TYPE), served(200, whole, TYPE));
  assert.equal(found.kind, "result");
});
