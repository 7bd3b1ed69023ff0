// A class.csv and a link as the page reads them: as the course's own reader does (tests/ratings/test_averages.py).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { FileProblem, named, readFile } from "../../../course/ui/gaps/file.js";
import { addressOf, linked, whole, written } from "../../../course/ui/gaps/link.js";
import { fill } from "../../../course/ui/page/dom.js";

const { form, good, names, damaged } = JSON.parse(readFileSync(new URL("./gaps.json", import.meta.url), "utf8"));
const bytes = (text) => new TextEncoder().encode(text);
const near = (found) => ({ ...found, means: found.means.map((pair) => pair && pair.map((one) => Math.round(one * 1e4) / 1e4)) });

test("a file comes to what the course says, with and without the mark that Excel likes", () => {
  for (const { text, plain } of good) {
    assert.deepEqual(near(readFile(bytes(text), form)), plain);
    assert.deepEqual(near(readFile(bytes(`\ufeff${text.replaceAll("\r\n", "\n")}`), form)), plain);
  }
});

test("a damaged file is named with the course's own words", () => {
  for (const [name, { raw, size, said }] of Object.entries(damaged)) {
    const body = size > form.largest ? new Uint8Array(size) : Uint8Array.from(atob(raw), (one) => one.charCodeAt(0));
    assert.throws(
      () => readFile(body, form),
      (error) => {
        assert.ok(error instanceof FileProblem, name);
        const problem = fill(form.problems[error.message], error.about);
        assert.equal(fill(form.cannot, { file: form.file, problem, cure: form.cure }), said, name);
        return true;
      },
    );
  }
});

test("the name of a service is one line and no formula", () => {
  for (const [name, kept] of Object.entries(names)) assert.equal(named(name, form), kept);
});

test("a link holds the means, and what was cut off or made up is no link", () => {
  for (const { plain, code } of good) {
    assert.deepEqual(linked(`#run=x&class=${code}`, form), plain);
    assert.deepEqual(linked(`#class=${written(plain)}`, form), plain);
    assert.equal(linked(`#class=${code.slice(0, -9)}`, form), undefined);
  }
  assert.equal(linked("#run=x", form), null);
  const [{ plain }] = good;
  for (const wrong of [{ people: 4 }, { people: 2.5 }, { means: [] }, { means: plain.means.map(() => null) }, { service: 3 }, { means: plain.means.map(() => [1, 9]) }])
    assert.equal(whole({ ...plain, ...wrong }, form), undefined, JSON.stringify(wrong));
  assert.equal(whole(null, form), undefined);
  assert.equal(whole({ ...plain, service: "=<b>" }, form).service, "<b>");
});

test("a link leads to the dashboard and nowhere else", () => {
  assert.equal(addressOf("http://x/course/explore/m01?lang=zh#run=1", "abc"), "http://x/course/explore/m01?lang=zh&tool=gaps#class=abc");
  for (const wrong of ["", "canteen", "javascript:alert(1)"]) assert.equal(addressOf(wrong, "abc"), "");
});
