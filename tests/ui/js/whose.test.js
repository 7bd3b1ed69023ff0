import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, test } from "node:test";
import { recall, remember, rememberedKeys } from "../../../course/ui/page/page.js";
import { whose } from "../../../course/ui/page/whose.js";

const at = (pathname, host = "hub.example.edu") => ({ host, pathname });
afterEach(() => {
  delete globalThis.localStorage;
  delete globalThis.location;
});

test("a learner on a machine of their own is nobody in particular", () => {
  for (const path of ["/", "/course/", "/lab/tree/user/anna/lesson.ipynb", "/voila/render/user/x/app.ipynb", "srcdoc"])
    assert.equal(whose(at(path)), "", path);
});

test("users of a hub are told apart, wherever they are on their server", () => {
  for (const path of ["/course/", "/lab", "/lab/tree/a.ipynb", "/doc/tree/a.ipynb", "/voila/render/app.ipynb", "/notebooks/a.ipynb"])
    for (const hub of ["", "/jupyter"]) assert.equal(whose(at(`${hub}/user/li.lei${path}`)), "@li.lei/", path);
  assert.equal(whose(at("/user/anna/second/course/")), "@anna/");
});

test("on Binder each session has a user of its own, and the browser is the learner's", () => {
  assert.equal(whose(at("/user/owner-course-3k2j1h4g/lab", "hub.2i2c.mybinder.org")), "");
  assert.equal(whose(at("/binder/jupyter/user/owner-course-3k2j1h4g/lab", "notebooks.gesis.org")), "");
});

test("nobody meets what another has left in the same browser", () => {
  globalThis.localStorage = Object.create({
    getItem(key) {
      return this[key] ?? null;
    },
    setItem(key, value) {
      this[key] = value;
    },
  });
  const keys = {};
  for (const user of ["li", "li.lei", ""]) {
    globalThis.location = at(user ? `/user/${user}/course/` : "/course/");
    assert.equal(recall("x"), null);
    remember("x", user);
    keys[user] = rememberedKeys();
  }
  assert.deepEqual(keys, { li: ["x"], "li.lei": ["x"], "": ["x"] });
});

test("the scripts that run before any module say the same", () => {
  for (const [path, line] of [["page/home.js", "const KEY"], ["voila/start.js", "const recall"], ["page/explore.js", "try"]]) {
    const text = readFileSync(new URL(`../../../course/server/${path}`, import.meta.url), "utf8");
    const own = text.slice(text.indexOf("  const [base]"), text.indexOf(`  ${line}`));
    assert.ok(own.includes("const whose"), path);
    const said = new Function("location", `${own}; return whose;`);
    for (const place of [at("/user/anna/course/"), at("/course/"), at("/user/a-b-3k2j1h4g/lab", "hub.mybinder.org")])
      assert.equal(said(place), whose(place), path);
  }
});
