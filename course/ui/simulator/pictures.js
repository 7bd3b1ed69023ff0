// The pictures of a run: the headline one, and the others. In each, pale, the run that the situation starts with and the pinned one.
import { element, say } from "../page/dom.js";
import { drawViews } from "../chart/chart.js";
import { guessRows, viewOfBet } from "./guess.js";
import { headline } from "./headline.js";
import { networkView } from "../network/network.js";
import { levelRows } from "./levels.js";
import { fanRows, luckText } from "./luck.js";
import { framesOf } from "../chart/specification.js";

// The rows of a run with those of its ghosts, under the names that the pictures know (pen.py); a ghost that is not there has none.
export function withGhosts(run, { start, pinned }) {
  const rows = { ...run.rows };
  for (const name of Object.keys(run.rows)) {
    rows[`${name}@start`] = start?.rows[name] ?? [];
    rows[`${name}@pinned`] = pinned?.rows[name] ?? [];
  }
  return rows;
}

// All rows that the pictures of a state show.
function rowsOf(content, state) {
  return {
    ...withGhosts(state.last, state.unfinished ? {} : state),
    ...levelRows(content, state),
    ...guessRows(content, state),
    ...fanRows(content.views, state.luck),
  };
}

// Which of `places` may be on the screen: all of them until the browser has said, then what it says.
function onScreen(places, signal) {
  const seen = new Set(places);
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) seen[isIntersecting ? "add" : "delete"](target);
  });
  for (const place of places) watch.observe(place);
  signal.addEventListener("abort", () => watch.disconnect(), { once: true });
  return seen;
}

// After the next frame: what nobody looks at yet keeps nobody waiting. A page in the background draws no frames.
const painted = () =>
  new Promise((resolve) => {
    if (document.hidden) setTimeout(resolve);
    else requestAnimationFrame(() => setTimeout(resolve));
  });

// `frame` carries the theme. Returns { main, rest, show(state) }; the first two are places on the page. The headline picture is
// the one that shows what is bet on; it comes first, and a reader can move on before the others are there. `show` ends when what
// is on the screen is drawn, with { others }: a promise of whether the others came to be drawn as well, or there was something
// newer to draw.
export function pictures(model, content, frame, signal, people) {
  const strip = headline(content);
  const first = element("div", { class: "course-views" });
  const network = networkView(content, first, signal);
  const told = element("p", { class: "course-luck-told" });
  const rest = element("div", { class: "course-views" });
  const places = content.views.map(() => element("div", { class: "course-views" }));
  const seen = onScreen(places, signal);
  // promises of the drawings, and those that are there
  const begun = [];
  const drawn = [];
  let head = 0;
  let turn = 0;

  // a picture of what nobody knows before the end is not there before
  const early = content.views.map((view) => content.play?.known.some((name) => framesOf(view).has(name)));

  function arrange(state) {
    places.forEach((place, at) => (place.hidden = state.unfinished && !early[at]));
    if (people) people.hidden = state.unfinished;
    head = viewOfBet(content.views, state.headline?.bet);
    if (first.firstChild === places[head]) return;
    first.replaceChildren(places[head]);
    rest.replaceChildren(...places.filter((_, at) => at !== head));
  }

  return {
    main: element("div", {}, strip.node, network.node, told),
    rest: element("div", {}, people, rest),
    async show(state) {
      strip.show(state);
      network.show(state);
      say(told, luckText(content, state));
      arrange(state);
      const rows = rowsOf(content, state);
      const mine = (turn += 1);
      const bring = async (at) => {
        begun[at] ??= drawViews(model, places[at], content.views.slice(at, at + 1), frame, signal, rows);
        drawn[at] = await begun[at];
        drawn[at].entitle(state.last.titles, state.last.tell);
        await drawn[at].push(rows);
      };
      const all = places.map((_, at) => at);
      await Promise.all(all.filter((at) => at === head || (drawn[at] && seen.has(places[at]))).map(bring));
      const others = painted().then(async () => {
        for (const at of all) {
          if (mine !== turn || signal.aborted) return false;
          const fresh = !drawn[at];
          await bring(at);
          // it took longer than a frame: what a reader did meanwhile is heard before the next
          if (fresh) await painted();
        }
        return mine === turn;
      });
      return { others };
    },
  };
}
