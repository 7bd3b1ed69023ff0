import assert from "node:assert/strict";
import { test } from "node:test";
import { inside, wordRows } from "../../../course/ui/chart/words.js";

const CURVE = { data: { name: "kept" }, mark: { type: "line" }, encoding: { x: { field: "hour" }, y: { field: "kept" } } };
const VIEW = { usermeta: { series: [], levels: [{ metric: "kept" }] }, layer: [CURVE] };
const DOMAINS = { x: [9, 22], y: [0, 1] };
const SIZE = { width: 400, height: 120 };
const measure = (text) => text.length * 7;
const guess = (level) => ({ "kept@guess": [{ level, text: "My guess 50%" }] });
const HOURS = Array.from({ length: 14 }, (_, at) => 9 + at);
const curve = (share) => HOURS.map((hour) => ({ hour, kept: share(hour) }));

// Whether a line of the picture runs through the word.
function struck(word, rows) {
  const x = ((word.place - 9) / 13) * SIZE.width;
  const y = (1 - word.level) * SIZE.height;
  const half = measure(word.text) / 2;
  const box = { left: x - half, right: x + half, top: y - 7.5, bottom: y + 7.5 };
  const spots = rows.map(({ hour, kept }) => [((hour - 9) / 13) * SIZE.width, (1 - kept) * SIZE.height]);
  return spots.slice(1).some((spot, at) => inside(spots[at], spot, box) > 0);
}

test("a segment is inside a box as far as it is", () => {
  const box = { left: 0, right: 10, top: 0, bottom: 10 };
  assert.equal(inside([-10, 5], [10, 5], box), 0.5);
  assert.equal(inside([2, 2], [3, 8], box), 1);
  assert.equal(inside([-5, -5], [-1, 20], box), 0);
  assert.equal(inside([12, 0], [12, 10], box), 0);
});

test("a word without a line near it begins at the left above its level", () => {
  const [word] = wordRows(VIEW, { ...guess(0.5), kept: curve(() => 0.1) }, DOMAINS, SIZE, measure)["kept@guess@word"];
  assert.ok(Math.abs(word.place - (9 + (measure(word.text) / 2 / 400) * 13)) < 1e-9);
  assert.ok(word.level > 0.5);
});

test("a word keeps off the curve that runs where it would stand, wherever there is room", () => {
  let moved = 0;
  for (const level of [0.3, 0.45, 0.5, 0.55, 0.7]) {
    for (const share of [(hour) => 0.55 + 0.1 * Math.sin(hour), (hour) => (hour - 9) / 13, () => level + 0.06, (hour) => 0.9 - (hour - 9) / 20]) {
      const rows = curve(share);
      const [word] = wordRows(VIEW, { ...guess(level), kept: rows }, DOMAINS, SIZE, measure)["kept@guess@word"];
      assert.ok(!struck(word, rows), `${level} ${share}`);
      const usual = { ...word, place: 9 + (measure(word.text) / 2 / 400) * 13, level: level + 10.5 / 120 };
      moved += struck(usual, rows) ? 1 : 0;
    }
  }
  assert.ok(moved > 3, "the lines do run through the usual place");
});

test("two words do not cover each other, and none leaves the picture", () => {
  for (const level of [0, 0.5, 1]) {
    const rows = { ...guess(level), "kept@now": [{ level: level + 0.001, text: "Now 50%" }], kept: [] };
    const found = wordRows(VIEW, rows, DOMAINS, SIZE, measure);
    const [[one], [other]] = [found["kept@guess@word"], found["kept@now@word"]];
    const apart = Math.abs(one.place - other.place) * (400 / 13) >= (measure(one.text) + measure(other.text)) / 2 - 1e-9;
    assert.ok(apart || Math.abs(one.level - other.level) * 120 >= 15);
    for (const word of [one, other]) assert.ok(word.level * 120 >= 7.5 - 1e-9 && word.level * 120 <= 112.5 + 1e-9, String(level));
  }
});

test("a picture without numbers across has no such words", () => {
  assert.deepEqual(wordRows(VIEW, guess(0.5), { y: [0, 1] }, SIZE, measure), {});
});

test("where two levels lie close under the upper edge, neither word lies on the other's line", () => {
  const view = { ...VIEW, usermeta: { series: [], levels: [{ metric: "kept", now: true }] } };
  const low = { width: 330, height: 90 };
  for (const [level, now] of [[0.8, 0.87], [0.87, 0.8], [0.92, 0.87], [0.86, 0.87], [0.1, 0.16], [0.05, 0.02]]) {
    const rows = { ...guess(level), "kept@now": [{ level: now, text: "Now 87%" }], kept: [] };
    const found = wordRows(view, rows, DOMAINS, low, measure);
    for (const name of ["kept@guess@word", "kept@now@word"]) {
      const [word] = found[name];
      for (const line of [level, now]) assert.ok(Math.abs(word.level - line) * low.height >= 7.5, `${name} on ${line}: ${level}, ${now}`);
      assert.ok(word.level * 90 >= 7.5 - 1e-9 && word.level * 90 <= 82.5 + 1e-9, `${name} leaves the picture: ${level}, ${now}`);
    }
  }
});
