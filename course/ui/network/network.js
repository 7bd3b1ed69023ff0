// A network on which a story is seen to spread: the map, its key, the days, and who somebody is.
import { element, fill, say } from "../page/dom.js";
import { Days } from "./days.js";
import { networkMap, sign } from "./map.js";
import { acquaintances, ahead, nearest, standing, UNHEARD } from "./standing.js";

const STILL = "(prefers-reduced-motion: reduce)";
const KEYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
// how far from somebody a finger may be, in the map's measures
const NEAR = 8;

// The sentence of a day.
export function dayText(words, day, { heard, fresh }, all) {
  if (day === 0) return fill(words.start, { all });
  return fill(words[fresh > 1 ? "many" : fresh ? "one" : "none"], { day, new: fresh, heard, all });
}

// What is read of somebody: who they are by `number`, what they hold, how they came by it.
export function personText(words, at, now, known) {
  const { story, since, teller, tells, told } = now.people[at];
  const { quiet, telling } = words.stories[story];
  const heard = { day: since, teller: teller + 1, told, ties: known.length };
  const aware = known.filter((other) => now.people[other].story !== UNHEARD).length;
  const text = since ? fill(words[teller < 0 ? "first" : "heard"], heard) : fill(words.unheard, { ties: known.length, aware });
  return fill(words.person, { number: at + 1, state: tells && telling ? telling : quiet, text });
}

// The shapes and what they mean, telling before quiet.
function legend(stories) {
  const entries = Object.values(stories).flatMap(({ quiet, telling }, at) => [telling && [at, true, telling], [at, false, quiet]].filter(Boolean));
  return element("p", { class: "quiet course-legend" }, entries.map(([at, tells, text]) => element("span", {}, sign(at, tells), ` ${text}`)));
}

function laidOut(words, field, told, beside) {
  const map = element("div", { class: "course-map-place" }, element("p", { class: "course-network-title" }, words.title), field, legend(words.stories));
  return element("div", { class: "course-network", role: "group", "aria-label": words.title }, map, told, beside);
}

// `beside` is a picture of the same days. Returns { node, show(state) }; where a simulation has no network, `node` is that picture.
export function networkView({ network: described }, beside, signal, still = matchMedia(STILL).matches) {
  if (!described) return { node: beside, show: () => {} };
  const { words, frames } = described;
  const map = networkMap(described, Object.keys(words.stories));
  const news = element("p", { class: "course-news" });
  const spoken = element("p", { class: "unseen", role: "status", "aria-live": "polite" });
  const read = element("p", { class: "course-person", role: "status" }, words.open);
  const field = element("div", { class: "course-map", tabindex: "0", role: "application", "aria-label": `${words.title}. ${words.keys}`, onclick: pointed, onkeydown: walked }, map.node);
  const days = new Days(words, draw, still, signal);
  const told = element("div", { class: "course-day-place course-unread" }, days.node, news, spoken, read);
  const node = laidOut(words, field, told, beside);
  let rows = { people: [], ties: [], tellings: [] };
  let known = [];
  let chosen = null;

  function draw(day, aloud) {
    const now = standing(rows, day, described.lasts);
    map.show(rows.people, now, chosen, known[chosen] ?? []);
    field.dataset.day = day;
    const text = dayText(words, day, now, rows.people.length);
    say(news, text);
    if (aloud) say(spoken, text);
    if (chosen !== null) say(read, personText(words, chosen, now, known[chosen]));
  }

  function choose(at) {
    chosen = at;
    told.classList.remove("course-unread");
    told.classList.toggle("course-reads", at !== null);
    if (at === null) say(read, words.open);
    draw(days.day, false);
  }

  function pointed(event) {
    const at = nearest(rows.people, ...map.at(event), NEAR);
    choose(at === chosen ? null : at);
  }

  function walked(event) {
    if (event.key === "Escape") choose(null);
    const way = KEYS[event.key];
    if (!way || !rows.people.length) return;
    event.preventDefault();
    choose(chosen === null ? 0 : ahead(rows.people, chosen, way));
  }

  return {
    node,
    show({ last, unfinished }) {
      const [people, ties, tellings] = [frames.people, frames.ties, frames.tellings].map((name) => last.rows[name]);
      rows = { people, ties, tellings };
      known = acquaintances(rows);
      days.reach(unfinished ? last.period : described.days, unfinished);
      draw(days.day, false);
    },
  };
}
