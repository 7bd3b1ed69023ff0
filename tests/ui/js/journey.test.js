import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { journeyChange } from "../../../course/ui/journey/change.js";
import { journeySvg } from "../../../course/ui/journey/picture.js";
import { journeyCsv, readCsv } from "../../../course/ui/journey/sheet.js";
import { changed, cleanName, difference, inserted, landing, moved, nameOf, read, removed, write } from "../../../course/ui/journey/touchpoints.js";
import { stepsOf, Walk } from "../../../course/ui/journey/walk.js";
import { fakeDocument } from "./fakes.js";

const JOURNEY = {
  most: 3,
  longest: 8,
  reliability: { low: 50, high: 99.9, step: 0.1, start: 95 },
  feeling: { low: 0, high: 10, step: 0.5, start: 5 },
  names: { tea: "Tea", bill: "Bill" },
  heads: ["No. 序号", "Touchpoint 触点", "Goes right 做对", "Feels 感受"],
  words: { change_added: "{count} added", change_removed: "{count} out", change_changed: "{count} changed", change_reordered: "reordered" },
};
const tea = { reliability: 96.5, feeling: 8, name: "@tea" };
const bill = { reliability: 99, feeling: 2.5, name: "@bill" };
const own = { reliability: 50, feeling: 0, name: "=1+1" };

test("a journey is written as the kernel writes it, and read again", () => {
  const text = "96.5 8 @tea; 99 2.5 @bill; 50 0 =1+1";
  assert.equal(write([tea, bill, own]), text);
  assert.deepEqual(read(text, JOURNEY), [tea, bill, own]);
});

test("what is no journey, or beyond its limits, is none", () => {
  const bad = ["", "  ", "96 8", "x 8 a", "96 y a", "49 8 a", "100 8 a", "96 -1 a", "96 11 a", "96 8 longer than", "96 8 a;", 7, null, undefined];
  for (const text of [...bad, Array(4).fill("96 8 a").join("; ")]) assert.equal(read(text, JOURNEY), null, String(text));
});

test("a typed name is plain and bounded, and is no key of ours", () => {
  assert.equal(cleanName("  a\u202eb ; c\n ", 24), "a b , c");
  assert.equal(cleanName("茶；酒", 24), "茶，酒");
  assert.equal(cleanName("@@ tea", 24), "tea");
  assert.equal(cleanName("🍵".repeat(9), 8), "🍵".repeat(8));
  assert.equal(cleanName(" \u200b ; ", 24), ",");
  assert.equal(cleanName("\u0000\u200b", 24), "");
  assert.equal(nameOf(tea, JOURNEY), "Tea");
  assert.equal(nameOf({ name: "@toString" }, JOURNEY), "@toString");
});

test("touchpoints are changed, put in, taken out and moved without a trace in the old list", () => {
  const list = Object.freeze([tea, bill]);
  assert.deepEqual(changed(list, 1, { feeling: 9 }), [tea, { ...bill, feeling: 9 }]);
  assert.deepEqual(inserted(list, 1, own), [tea, own, bill]);
  assert.deepEqual(removed(list, 0), [bill]);
  assert.deepEqual(moved([tea, bill, own], 0, 2), [bill, own, tea]);
  assert.deepEqual(moved([tea, bill, own], 2, 0), [own, tea, bill]);
});

test("a dragged row lands where its middle is, an open row being as high as it is", () => {
  const tops = [0, 40, 240];
  const heights = [36, 196, 36];
  assert.equal(landing(tops, heights, 0, 0), 0);
  assert.equal(landing(tops, heights, 0, 119), 0);
  assert.equal(landing(tops, heights, 0, 121), 1);
  assert.equal(landing(tops, heights, 0, 1000), 2);
  assert.equal(landing(tops, heights, 2, -1000), 0);
});

test("what became of a journey is counted, and told in its words", () => {
  const none = { added: 0, removed: 0, changed: 0, reordered: false };
  assert.deepEqual(difference([tea, bill], [tea, bill]), none);
  assert.deepEqual(difference([tea, bill], [bill, tea]), { ...none, reordered: true });
  assert.deepEqual(difference([tea, bill], [tea, own, bill]), { ...none, added: 1 });
  assert.deepEqual(difference([tea, bill], [bill]), { ...none, removed: 1 });
  assert.deepEqual(difference([tea, bill], [tea, { ...bill, name: "x" }]), { ...none, changed: 1 });
  assert.deepEqual(difference([tea, tea], [tea, { ...tea, feeling: 1 }]), { ...none, changed: 1 });
  const said = (now) => journeyChange({ label: "Stops", journey: JOURNEY }, write([tea, bill]), write(now), "en");
  assert.equal(said([bill, { ...tea, feeling: 9 }]), "Stops: 1 changed, reordered");
});

test("a file has heads in both languages, its mark, and no formula", () => {
  const text = journeyCsv([tea, own], JOURNEY);
  assert.equal(text, "\ufeffNo. 序号,Touchpoint 触点,Goes right 做对,Feels 感受\r\n1,Tea,96.5,8\r\n2,'=1+1,50,0\r\n");
});

test("a file comes back as it went, names of ours as ours", () => {
  const list = [tea, { ...own, name: 'a,"b"' }, bill];
  assert.deepEqual(readCsv(journeyCsv(list, JOURNEY), JOURNEY), { list });
  assert.deepEqual(readCsv(journeyCsv([own], JOURNEY), JOURNEY), { list: [own] });
});

test("a spreadsheet that writes commas in numbers and semicolons between them is understood", () => {
  assert.deepEqual(readCsv("No;Name;Right;Feels\n1;Tea;96,5;8\n\n", JOURNEY), { list: [tea] });
  assert.deepEqual(readCsv("No\tName\tRight\tFeels\r1\tTea\t96.5%\t8", JOURNEY), { list: [tea] });
});

test("a file that is none says where and what", () => {
  const problem = (text) => readCsv(`a,b,c,d\n${text}`, JOURNEY);
  assert.deepEqual(problem("1,,96,8"), { line: 2, problem: "name" });
  assert.deepEqual(problem("\n1,x,960,8"), { line: 3, problem: "reliability" });
  assert.deepEqual(problem("1,x,,8"), { line: 2, problem: "reliability" });
  assert.deepEqual(problem("1,x,96"), { line: 2, problem: "feeling" });
  assert.equal(problem("").problem, "count");
  assert.equal(problem("1,x,96,8\n".repeat(4)).problem, "count");
});

test("a picture holds what was typed as text", () => {
  const svg = journeySvg({
    title: "<script>",
    axis: "feeling",
    most: 10,
    stops: [{ name: 'a"<b>&', reliability: "96%" }],
    lines: [{ name: "meant", values: [8], met: false }, { name: "met", values: [7.5], met: true }],
    levels: [{ name: "mean", value: 8 }],
    figures: ["x: 1", "y: 2", "z: 3"],
  });
  assert.ok(!svg.includes("<script>") && !svg.includes("<b>"));
  assert.ok(svg.includes("a&#34;&#60;b&#62;&#38; 96%"));
  assert.ok(!/NaN|undefined/.test(svg));
  assert.equal(svg.match(/<circle /g).length, 2);
});

// --- the guest who walks
const WORDS = {
  walk: "walk", walk_next: "next", walk_again: "again", walk_play: "play", walk_pause: "pause", walk_other: "other",
  walk_waits: "{guest}/{all} waits", walk_right: "{name} right {felt}", walk_wrong: "{name} wrong {felt}", walk_end: "end {mishaps} {remembered} {mean}",
};
const ROWS = {
  walkers: [1, 2].flatMap((guest) => [1, 2].map((stop) => ({ guest, stop, right: guest === 2 && stop === 1 ? 0 : 1, felt: 8 - 4 * (guest === 2 && stop === 1) }))),
  guests: [{ guest: 1, mishaps: 0, remembered: 8, mean: 8 }, { guest: 2, mishaps: 1, remembered: 6, mean: 6 }],
};

beforeEach(() => {
  globalThis.document = fakeDocument();
});

function walking(still) {
  const marks = [];
  const journey = { ...JOURNEY, words: WORDS };
  const walk = new Walk({ journey, words: WORDS, language: "en" }, { mark: (at, how, here) => (marks[at] = how + (here ? "!" : "")), list: () => [tea, bill] }, new AbortController().signal, still);
  walk.run(ROWS);
  return { walk, marks, told: () => walk.told.textContent };
}

test("the steps of one guest are those of no other", () => {
  assert.deepEqual(stepsOf(ROWS.walkers, 2), [{ at: 0, right: false, felt: 4 }, { at: 1, right: true, felt: 8 }]);
  assert.deepEqual(stepsOf(ROWS.walkers, undefined), []);
});

test("a guest goes on by steps, is marked where it went right or wrong, and remembers at the end", () => {
  const { walk, marks, told } = walking(true);
  assert.equal(told(), "1/2 waits");
  walk.other.dispatch("click");
  assert.equal(told(), "2/2 waits");
  walk.next.dispatch("click");
  assert.equal(told(), "Tea wrong 4.0");
  assert.deepEqual(marks, ["wrong!", ""]);
  walk.next.dispatch("click");
  assert.equal(told(), "Bill right 8.0 end 1 6.0 6.0");
  assert.deepEqual(marks, ["wrong", "right!"]);
  assert.equal(walk.next.textContent, "again");
  walk.next.dispatch("click");
  assert.equal(told(), "Tea wrong 4.0");
});

test("who wants no motion has no button for it; who has one can pause; another run begins at the door", () => {
  assert.equal(walking(true).walk.turn, null);
  const { walk, told, marks } = walking(false);
  walk.turn.dispatch("click");
  assert.equal(told(), "Tea right 8.0");
  assert.equal(walk.turn.textContent, "pause");
  walk.turn.dispatch("click");
  assert.equal(walk.turn.textContent, "play");
  assert.equal(told(), "Tea right 8.0");
  walk.run(ROWS);
  assert.equal(told(), "1/2 waits");
  assert.deepEqual(marks, ["", ""]);
});

test("nobody has walked a journey that is longer than that of the last run", () => {
  const { walk, told } = walking(true);
  walk.list = () => [tea, bill, own];
  walk.next.dispatch("click");
  assert.equal(told(), "1/2 waits");
  assert.equal(walk.next.disabled, true);
});

test("a run without guests has nobody to walk", () => {
  const { walk } = walking(true);
  walk.run({});
  assert.equal(walk.next.disabled, true);
  walk.other.dispatch("click");
  assert.equal(walk.guest, 0);
});
