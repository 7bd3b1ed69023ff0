// The pictures of a run: the headline one, and the others. In each, pale, the run that the situation starts with and the pinned one.
import { element } from "../page/dom.js";
import { drawViews } from "../chart/chart.js";
import { headline } from "./headline.js";

// The rows of a run with those of its ghosts, under the names that the pictures know (pen.py); a ghost that is not there has none.
export function withGhosts(run, { start, pinned }) {
  const rows = { ...run.rows };
  for (const name of Object.keys(run.rows)) {
    rows[`${name}@start`] = start?.rows[name] ?? [];
    rows[`${name}@pinned`] = pinned?.rows[name] ?? [];
  }
  return rows;
}

// `frame` carries the theme. Returns { main, rest, show(state) }; the first two are places on the page.
export function pictures(model, content, frame, signal) {
  const strip = headline(content);
  const first = element("div", { class: "course-views" });
  const main = element("div", {}, strip.node, first);
  const rest = element("div", { class: "course-views" });
  let drawing = null;

  const draw = (place, views, rows) => drawViews(model, place, views, frame, signal, rows);

  return {
    main,
    rest,
    async show(state) {
      strip.show(state);
      const rows = withGhosts(state.last, state);
      drawing ??= Promise.all([draw(first, content.views.slice(0, 1), rows), draw(rest, content.views.slice(1), rows)]);
      const drawn = await drawing;
      for (const views of drawn) views.entitle(state.last.titles, state.last.tell);
      await Promise.all(drawn.map((views) => views.push(rows)));
    },
  };
}
