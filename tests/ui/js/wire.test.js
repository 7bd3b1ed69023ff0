import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { check, wire } from "../../../course/ui/page/wire.js";
import { PROTOCOL as DASHBOARD } from "../../../course/ui/dashboard/protocol.js";
import { PROTOCOL as PAGE } from "../../../course/ui/page/protocol.js";
import { PROTOCOL as SIMULATOR } from "../../../course/ui/simulator/protocol.js";
import { PROTOCOL as SURVEY } from "../../../course/ui/survey/protocol.js";
import { fakeModel } from "./fakes.js";

const TABLE = { page: { run: ["values", "seed?"] }, kernel: { result: ["tell"] } };
const line = (model, how) => wire(model, TABLE, new AbortController().signal, how);

test("a message of the table goes out under its kind", () => {
  const model = fakeModel();
  line(model).send("run", { values: {}, seed: 1 });
  assert.deepEqual(model.sent, [{ kind: "run", values: {}, seed: 1 }]);
});

test("a misspelt kind is an error", () => {
  assert.throws(() => line(fakeModel()).send("rum", { values: {} }), /“rum”/);
});

test("a kind that every object has is none of the table", () => {
  assert.throws(() => check(TABLE.page, "constructor", {}), /“constructor”/);
});

test("a misspelt field is an error", () => {
  assert.throws(() => line(fakeModel()).send("run", { value: {} }), /\["value"\] too many and lacks \["values"\]/);
});

test("only what is marked may be left out", () => {
  check(TABLE.page, "run", { values: {} });
  assert.throws(() => check(TABLE.page, "run", { seed: 1 }), /lacks \["values"\]/);
});

test("who listens for a word that the kernel does not have is told so", () => {
  assert.throws(() => line(fakeModel()).hear({ results: () => {} }), /“results”/);
});

test("each word goes to its own slot, others to none", () => {
  const model = fakeModel();
  const words = [];
  line(model).hear({ result: (message, buffers) => words.push([message.tell, buffers]) });
  model.say({ kind: "result", tell: "a" }, ["b"]);
  model.say({ kind: "asset", tell: "c" });
  model.say({ tell: "d" });
  assert.deepEqual(words, [["a", ["b"]]]);
});

test("an envelope keeps protocols on one line apart", () => {
  const model = fakeModel();
  const words = [];
  const own = line(model, { tag: "do", envelope: { kind: "tool", tool: "survey" } });
  own.hear({ result: ({ tell }) => words.push(tell) });
  own.send("run", { values: {} });
  model.say({ kind: "tool", tool: "survey", do: "result", tell: "ours" });
  model.say({ kind: "tool", tool: "other", do: "result", tell: "theirs" });
  model.say({ kind: "result", tell: "the simulator's" });
  assert.deepEqual(model.sent, [{ kind: "tool", tool: "survey", do: "run", values: {} }]);
  assert.deepEqual(words, ["ours"]);
});

const FOLDERS = { dashboard: DASHBOARD, page: PAGE, simulator: SIMULATOR, survey: SURVEY };

test("every element with a protocol is known here", () => {
  const root = new URL("../../../course/ui/", import.meta.url);
  const found = readdirSync(root, { recursive: true }).filter((path) => String(path).endsWith("/protocol.js"));
  assert.deepEqual(found.map((path) => String(path).split("/")[0]).sort(), Object.keys(FOLDERS));
});

for (const [folder, protocol] of Object.entries(FOLDERS)) {
  test(`the table of ${folder} is the JSON that the kernel reads`, () => {
    const source = readFileSync(new URL(`../../../course/ui/${folder}/protocol.js`, import.meta.url), "utf8");
    assert.deepEqual(JSON.parse(source.slice(source.indexOf("= {") + 2, source.lastIndexOf(";"))), protocol);
  });
}

test("the loader, which can import nothing, keeps to the page's table", () => {
  const source = readFileSync(new URL("../../../course/ui/page/loader.js", import.meta.url), "utf8");
  const sent = [...source.matchAll(/model\.send\(\{ kind: "(\w+)", (\w+) \}/g)].map(([, kind, field]) => [kind, field]);
  assert.ok(sent.length > 0);
  for (const [kind, field] of sent) check(PAGE.page, kind, { [field]: "" });
});
