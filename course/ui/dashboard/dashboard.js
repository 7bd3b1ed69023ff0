// The instructor's page: one assignment's points, tasks, wrong answers and conspicuous pairs.
import { openPage } from "../app/app.js";
import { drawViews } from "../chart/chart.js";
import { element, freshId } from "../page/dom.js";

export function renderDashboard(context) {
  return openPage(context, (place, content) => {
    const { model, el } = context;
    const words = content.words;
    const id = freshId("assignment");
    const choose = element(
      "select",
      { id, onchange: (event) => ask({ kind: "assignment", id: event.target.value }) },
      content.assignments.map((one) => element("option", { value: one.id, selected: one.id === content.chosen }, one.title)),
    );
    const busy = element("span", { class: "quiet", role: "status" });
    function ask(message) {
      busy.textContent = words.reading;
      model.send(message);
    }
    place.append(
      element(
        "div",
        { class: "course-dashboard-tools" },
        element("label", { for: id }, words.assignment),
        choose,
        element("button", { type: "button", "data-do": "again", onclick: () => ask({ kind: "again" }) }, words.again),
        formgraderLink(content),
        busy,
      ),
    );
    if (content.empty) {
      place.append(...content.empty.map((text) => element("p", { class: "notice" }, text)));
      return () => {};
    }
    const chart = element("div", { class: "course-views", role: "img", "aria-label": content.chart_label });
    place.append(
      element("dl", { class: "course-figures" }, content.figures.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value)))),
      ...content.notices.map((text) => element("p", { class: "notice" }, text)),
      chart,
      ...content.tables.map(section),
    );
    let views = null;
    let stopped = false;
    drawViews(model, chart, content.views, el).then(
      (drawn) => (stopped ? drawn.finish() : (views = drawn)),
      () => chart.replaceChildren(element("p", { class: "notice" }, words.no_chart)),
    );
    return () => {
      stopped = true;
      views?.finish();
    };
  });
}

function section({ title, note, heads, rows, none }) {
  return element(
    "section",
    { class: "course-dashboard-part" },
    element("h2", {}, title),
    element("p", { class: "quiet" }, note),
    rows.length
      ? element(
          "div",
          { class: "course-scroll", tabindex: "0", role: "group", "aria-label": title },
          element(
            "table",
            {},
            element("thead", {}, element("tr", {}, heads.map((head) => element("th", { scope: "col" }, head)))),
            element("tbody", {}, rows.map((row) => element("tr", {}, row.map((cell) => element("td", {}, cell))))),
          ),
        )
      : element("p", {}, none),
  );
}

// Formgrader is there where the page comes from `course dashboard`; the address of the assets tells where the server is.
function formgraderLink(content) {
  const server = globalThis.__course.serverUrl();
  if (!server || !content.formgrader) return null;
  const href = new URL(`../../formgrader/gradebook/${content.chosen}`, server).href;
  return element("a", { class: "button", href, target: "_blank", rel: "noopener" }, content.words.formgrader);
}
