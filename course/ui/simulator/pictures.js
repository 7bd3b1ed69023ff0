// The pictures of a run: the headline one, the others, and those of a pinned run.
import { element } from "../page/dom.js";
import { spell } from "../page/life.js";
import { drawViews } from "../chart/chart.js";

// `frame` carries the theme. Returns { main, rest, pinned, show(rows), pin(rows or null) }; the first three are places on the page.
export function pictures(model, content, frame, signal) {
  const main = element("div", { class: "course-views" });
  const rest = element("div", { class: "course-views" });
  const pinnedPlace = element("div", { class: "course-views" });
  const caption = element("figcaption", {}, content.words.pinned_chart);
  const pinned = element("figure", { class: "course-pinned", hidden: true }, caption, pinnedPlace);
  let drawing = null;
  let pinning = null;

  const draw = (place, views, rows) => drawViews(model, place, views, frame, signal, rows);

  return {
    main,
    rest,
    pinned,
    async show(rows) {
      drawing ??= Promise.all([draw(main, content.views.slice(0, 1), rows), draw(rest, content.views.slice(1), rows)]);
      const drawn = await drawing;
      await Promise.all(drawn.map((views) => views.push(rows)));
    },
    async pin(rows) {
      pinning?.end();
      pinning = rows && spell(signal);
      pinned.hidden = !rows;
      if (rows) await drawViews(model, pinnedPlace, content.views, frame, pinning.signal, rows).catch(() => null);
    },
  };
}
