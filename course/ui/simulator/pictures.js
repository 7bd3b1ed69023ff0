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
// the one that shows what is bet on. `show` ends when what is on the screen is drawn, with { others }: a promise of whether the
// others came to be drawn as well, or there was something newer to draw.
export function pictures(model, content, frame, signal, people) {
  const strip = headline(content);
  const first = element("div", { class: "course-views" });
  const network = networkView(content, first, signal);
  const told = element("p", { class: "course-luck-told" });
  const rest = element("div", { class: "course-views" });
  const places = content.views.map(() => element("div", { class: "course-views" }));
  const seen = onScreen(places, signal);
  let drawing = null;
  let turn = 0;

  // a picture of what nobody knows before the end is not there before
  const early = content.views.map((view) => content.play?.known.some((name) => framesOf(view).has(name)));

  function arrange(state) {
    places.forEach((place, at) => (place.hidden = state.unfinished && !early[at]));
    if (people) people.hidden = state.unfinished;
    const head = viewOfBet(content.views, state.headline?.bet);
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
      const rows = {
        ...withGhosts(state.last, state.unfinished ? {} : state),
        ...levelRows(content, state),
        ...guessRows(content, state),
        ...fanRows(content.views, state.luck),
      };
      const mine = (turn += 1);
      drawing ??= Promise.all(places.map((place, at) => drawViews(model, place, content.views.slice(at, at + 1), frame, signal, rows)));
      const drawn = await drawing;
      for (const views of drawn) views.entitle(state.last.titles, state.last.tell);
      const here = (at) => seen.has(places[at]);
      await Promise.all(drawn.filter((_, at) => here(at)).map((views) => views.push(rows)));
      const others = painted().then(async () => {
        if (mine !== turn || signal.aborted) return false;
        await Promise.all(drawn.map((views) => views.push(rows)));
        return true;
      });
      return { others };
    },
  };
}
