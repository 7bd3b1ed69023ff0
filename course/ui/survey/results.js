// The findings: sentences first, then a picture with its table for each.
import { element, fill } from "../page/dom.js";
import { drawViews } from "../chart/chart.js";

// Returns { node, draw() }. `frame` is the element that carries the theme; `failed()` is called where no chart can be drawn.
export function findings(model, tool, result, frame, level, failed, signal) {
  const words = tool.words;
  const pictures = [];
  const sections = result.sections.map((section) => {
    const place = section.views.length ? element("div", { class: "course-views" }) : null;
    if (place) pictures.push([place, section.views]);
    return element(
      "section",
      { "data-section": section.key },
      element(level, {}, section.title),
      sentences(section.said, words),
      place,
      // without a picture the table is the result
      section.tables.map((sheet) => sheetTable(sheet, words, !section.views.length)),
    );
  });
  return {
    node: element("div", { class: "survey-results" }, sentences(result.said, words), sections),
    // pictures need a place on the page to measure
    draw: () => pictures.forEach(([place, views]) => drawViews(model, place, views, frame, signal).catch(failed)),
  };
}

function sentences(said, words) {
  const items = said.map(({ text, caution }) =>
    element("li", {}, caution && element("strong", { class: "survey-caution" }, words.caution, " "), text),
  );
  return items.length ? element("ul", { class: "survey-said" }, items) : null;
}

function sheetTable(sheet, words, open) {
  const heads = sheet.heads.map((head) => element("th", { scope: "col" }, head));
  const rows = sheet.rows.map(([first, ...rest]) =>
    element("tr", {}, element("th", { scope: "row" }, first), rest.map((cell) => element("td", {}, cell))),
  );
  return element(
    "details",
    { class: "survey-table", open },
    element("summary", {}, fill(words.show_table, { name: sheet.title })),
    element(
      "div",
      { class: "course-scroll", tabindex: "0", role: "group", "aria-label": sheet.title },
      element("table", {}, element("thead", {}, element("tr", {}, heads)), element("tbody", {}, rows)),
    ),
  );
}
