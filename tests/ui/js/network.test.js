// The network: who has heard by a day, who is next to whom, and what is said of it.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Days } from "../../../course/ui/network/days.js";
import { dayText, personText } from "../../../course/ui/network/network.js";
import { acquaintances, ahead, nearest, standing } from "../../../course/ui/network/standing.js";
import { fakeDocument } from "./fakes.js";

// four in a square and one apart: 0 was there on day 1, tells 1 and 2; 1 forgives, and is told again on day 5
const people = [[0, 0], [10, 0], [0, 10], [10, 10], [40, 40]].map(([x, y], person) => ({ person, x, y }));
const ties = [[0, 1], [0, 2], [1, 3], [2, 3]].map(([first, second]) => ({ first, second }));
const tellings = [
  [1, -1, 0, "against", 1],
  [2, 0, 1, "forgave", 0],
  [3, 0, 2, "against", 1],
  [4, 2, 0, "", 0],
  [5, 2, 1, "against", 0],
].map(([day, teller, person, story, tells]) => ({ day, teller, person, story, tells }));
const rows = { people, ties, tellings };
const stories = { against: { quiet: "against", telling: "telling" }, unheard: { quiet: "unheard", telling: "" }, forgave: { quiet: "forgave", telling: "" } };
const words = {
  stories,
  start: "start {all}",
  none: "{day}: none, {heard}/{all}",
  one: "{day}: one, {heard}/{all}",
  many: "{day}: {new}, {heard}/{all}",
  person: "{number} {state}. {text}",
  first: "there on {day}, {told}/{ties}",
  heard: "on {day} from {teller}, {told}/{ties}",
  unheard: "{aware}/{ties} aware",
};

test("a day shows what was told until then, and nothing later", () => {
  assert.deepEqual(standing(rows, 0, 6).people.map(({ story }) => story), Array(5).fill("unheard"));
  const second = standing(rows, 2, 6);
  assert.deepEqual(second.people.map(({ story }) => story), ["against", "forgave", "unheard", "unheard", "unheard"]);
  assert.deepEqual([second.heard, second.fresh], [2, 1]);
  assert.equal(second.people[0].told, 1);
  assert.deepEqual(second.lines, [{ from: 0, to: 1, story: "forgave", fresh: true }]);
});

test("who is told again changes sides, and is not counted twice", () => {
  const end = standing(rows, 5, 6);
  assert.deepEqual([end.people[1].story, end.people[1].teller, end.people[1].since], ["against", 2, 5]);
  assert.deepEqual([end.heard, end.fresh], [3, 0]);
  assert.equal(end.people[0].told, 2);
  assert.equal(end.people[2].told, 2, "who knew already was told as well");
});

test("a story is told on for some days, then no more; who only listens never tells", () => {
  const telling = (day) => standing(rows, day, 3).people.map(({ tells }) => tells);
  assert.deepEqual(telling(3), [true, false, true, false, false]);
  assert.deepEqual(telling(4), [false, false, true, false, false]);
  assert.deepEqual(telling(6), [false, false, false, false, false]);
});

test("arrow keys go straight ahead, and stay where nobody is", () => {
  assert.equal(ahead(people, 0, [1, 0]), 1);
  assert.equal(ahead(people, 0, [0, 1]), 2);
  assert.equal(ahead(people, 3, [1, 0]), 4);
  assert.equal(ahead(people, 3, [-1, 0]), 2);
  assert.equal(ahead(people, 0, [-1, 0]), 0);
  assert.equal(ahead(people, 4, [0, -1]), 3);
});

test("a finger opens who is nearest, and nobody far from all", () => {
  assert.equal(nearest(people, 9, 2, 5), 1);
  assert.equal(nearest(people, 25, 25, 5), null);
  assert.equal(nearest([], 0, 0), null);
});

test("a day and a person are put into words", () => {
  const known = acquaintances(rows);
  assert.deepEqual(known, [[1, 2], [0, 3], [0, 3], [1, 2], []]);
  const third = standing(rows, 3, 6);
  assert.equal(dayText(words, 0, standing(rows, 0, 6), 5), "start 5");
  assert.equal(dayText(words, 3, third, 5), "3: one, 3/5");
  assert.equal(dayText(words, 4, standing(rows, 4, 6), 5), "4: none, 3/5");
  assert.equal(dayText(words, 2, { heard: 9, fresh: 7 }, 12), "2: 7, 9/12");
  assert.equal(personText(words, 0, third, known[0]), "1 telling. there on 1, 2/2");
  assert.equal(personText(words, 1, third, known[1]), "2 forgave. on 2 from 1, 0/2");
  assert.equal(personText(words, 3, third, known[3]), "4 unheard. 2/2 aware");
});

const labels = { play: "play", pause: "pause", back: "back", step: "step", replay: "replay", to_start: "to start", speed: "speed", slow: "slow", usual: "usual", fast: "fast", day_of: "{day} of {all}" };

// The bar of a run of three days, and the days that it has shown.
function bar(still = false) {
  const turned = [];
  const days = new Days(labels, (day) => turned.push(day), still, new AbortController().signal);
  days.reach(3, false);
  const press = (key) => days.buttons[key].dispatch("click");
  return { days, turned, press };
}

beforeEach(() => {
  globalThis.document = fakeDocument();
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

test("the last day is shown first; back and on go a day, and rest at the ends", () => {
  const { days, turned, press } = bar();
  assert.equal(days.day, 3);
  assert.ok(days.buttons.step.disabled);
  press("back");
  press("back");
  press("back");
  assert.deepEqual(turned, [2, 1, 0]);
  assert.ok(days.buttons.back.disabled);
  press("step");
  assert.deepEqual([days.day, days.place.textContent], [1, "1 of 3"]);
});

test("play begins anew where all is over, can be paused, and ends by itself", () => {
  const { days, turned, press } = bar();
  press("play");
  assert.deepEqual([turned.at(-1), days.buttons.play.textContent], [0, "pause"]);
  mock.timers.tick(800);
  assert.equal(days.day, 1);
  press("play");
  mock.timers.tick(5000);
  assert.deepEqual([days.day, days.buttons.play.textContent], [1, "play"]);
  press("play");
  mock.timers.tick(800);
  mock.timers.tick(800);
  mock.timers.tick(5000);
  assert.deepEqual(turned, [0, 1, 2, 3]);
  assert.equal(days.buttons.play.textContent, "play");
});

test("the speed holds from the next day on; replay begins at the start and plays", () => {
  const { days, press } = bar();
  days.speed.value = "fast";
  press("again");
  assert.equal(days.day, 0);
  mock.timers.tick(300);
  assert.equal(days.day, 1);
  press("back");
  mock.timers.tick(5000);
  assert.equal(days.day, 0, "a day back pauses");
});

test("who wants nothing to move has steps only", () => {
  const { days, press } = bar(true);
  assert.equal(days.buttons.play, null);
  assert.equal(days.buttons.again.textContent, "to start");
  press("again");
  mock.timers.tick(5000);
  assert.equal(days.day, 0);
});

test("another run stays on its day; one that is played is followed to its newest", () => {
  const { days, press } = bar();
  press("back");
  days.reach(3, false);
  assert.equal(days.day, 2);
  days.reach(1, true);
  assert.equal(days.day, 1);
  days.reach(2, true);
  assert.equal(days.day, 2);
});

test("a button that rests hands the focus on", () => {
  const { days, press } = bar();
  press("back");
  days.buttons.step.focus();
  press("step");
  assert.equal(globalThis.document.activeElement, days.buttons.back);
});
