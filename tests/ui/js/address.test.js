import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, asked } from "../../../course/ui/simulator/address.js";

const content = { app: "explore/m02-promises", language: "zh" };

test("in a lesson, a run's address is the door to its dashboard, wherever the server's pages begin", () => {
  for (const base of ["http://here/", "http://hub/user/anna/"]) {
    globalThis.__course = { serverUrl: () => new URL("course/static/", base) };
    assert.equal(addressOf(content, "m02-x1", false), `${base}course/explore/m02-promises?lang=zh#run=m02-x1`);
  }
});

test("on an app's own page it is the page's address", () => {
  globalThis.location = { href: "http://here/voila/render/a/app.ipynb?lang=en&x=1#run=old" };
  assert.equal(addressOf(content, "new", true), "http://here/voila/render/a/app.ipynb?lang=zh&x=1#run=new");
});

test("an address asks for a run, or for a situation, before or after its #", () => {
  assert.deepEqual(asked({ hash: "#run=abc", search: "" }), { run: "abc", preset: null });
  assert.deepEqual(asked({ hash: "#preset=one", search: "?preset=two" }), { run: null, preset: "one" });
  assert.deepEqual(asked({ hash: "", search: "?preset=two" }), { run: null, preset: "two" });
});
