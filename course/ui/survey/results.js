// The findings: sentences first, then a picture with its table for each.
import { element, fill } from "../page/dom.js";
import { drawViews } from "../chart/chart.js";

// Returns { node, stop() }. `frame` is the element that carries the theme; `failed()` is called where no chart can be drawn.
export function findings(model, tool, result, frame, level, failed) {
  const words = tool.words;
  let stopped = false;
  const drawn = [];

  function sentence({ text, caution }) {
    return element("li", {}, caution && element("strong", { class: "survey-caution" }, words.caution, " "), text);
  }

  function list(said) {
    return said.length ? element("ul", { class: "survey-said" }, said.map(sentence)) : null;
  }

  function picture(views) {
    const place = element("div", { class: "course-views" });
    drawViews(model, place, views, frame).then((one) => (stopped ? one.finish() : drawn.push(one)), failed);
    return place;
  }

  // without a picture the table is the result
  const table = (open) => (sheet) =>
    element(
      "details",
      { class: "survey-table", open },
      element("summary", {}, fill(words.show_table, { name: sheet.title })),
      element(
        "div",
        { class: "course-scroll", tabindex: "0", role: "group", "aria-label": sheet.title },
        element(
          "table",
          {},
          element("thead", {}, element("tr", {}, sheet.heads.map((head) => element("th", { scope: "col" }, head)))),
          element(
            "tbody",
            {},
            sheet.rows.map(([first, ...rest]) =>
              element("tr", {}, element("th", { scope: "row" }, first), rest.map((cell) => element("td", {}, cell))),
            ),
          ),
        ),
      ),
    );

  const pictures = [];
  const node = element(
    "div",
    { class: "survey-results" },
    list(result.said),
    result.sections.map((section) => {
      const place = section.views.length ? element("div") : null;
      if (place) pictures.push([place, section.views]);
      return element(
        "section",
        { "data-section": section.key },
        element(level, {}, section.title),
        list(section.said),
        place,
        section.tables.map(table(!section.views.length)),
      );
    }),
  );
  return {
    node,
    // pictures need a place on the page to measure
    draw: () => pictures.forEach(([place, views]) => place.append(picture(views))),
    stop() {
      stopped = true;
      for (const one of drawn) one.finish();
    },
  };
}
