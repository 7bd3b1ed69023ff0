// The instructor's page: one assignment's points, tasks, wrong answers and conspicuous pairs.
import { openPage } from "../app/app.js";
import { drawViews } from "../chart/chart.js";
import { element, freshId } from "../page/dom.js";
import { wire } from "../page/wire.js";
import { PROTOCOL } from "./protocol.js";

export function renderDashboard(context) {
  openPage(context, (place, content) => {
    place.append(choice(context, content));
    if (content.empty) {
      place.append(...content.empty.map((text) => element("p", { class: "notice" }, text)));
      return;
    }
    const chart = element("div", { class: "course-views", role: "img", "aria-label": content.chart_label });
    place.append(
      element("dl", { class: "course-figures" }, content.figures.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value)))),
      ...content.notices.map((text) => element("p", { class: "notice" }, text)),
      chart,
      ...content.tables.map(section),
    );
    drawViews(context.model, chart, content.views, context.el, context.signal).catch(() =>
      chart.replaceChildren(element("p", { class: "notice" }, content.words.no_chart)),
    );
  });
}

// Which assignment, and as of when.
function choice({ model, signal }, content) {
  const words = content.words;
  const line = wire(model, PROTOCOL, signal);
  const id = freshId("assignment");
  const busy = element("span", { class: "quiet", role: "status" });
  function ask(kind, fields) {
    busy.textContent = words.reading;
    line.send(kind, fields);
  }
  const choose = element(
    "select",
    { id, onchange: (event) => ask("assignment", { id: event.target.value }) },
    content.assignments.map((one) => element("option", { value: one.id, selected: one.id === content.chosen }, one.title)),
  );
  return element(
    "div",
    { class: "course-dashboard-tools" },
    element("label", { for: id }, words.assignment),
    choose,
    element("button", { type: "button", "data-do": "again", onclick: () => ask("again") }, words.again),
    deskLink(content),
    formgraderLink(content),
    busy,
  );
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

// The marking desk is a page of the server that `course dashboard` started.
function deskLink(content) {
  const server = globalThis.__course.serverUrl();
  if (!server || !content.desk) return null;
  const query = `?q=${encodeURIComponent(content.desk)}&lang=${content.language}`;
  return element("a", { class: "button", href: new URL(`../desk${query}`, server).href }, content.words.desk);
}

// Formgrader is there where the page comes from `course dashboard`; the address of the assets tells where the server is.
function formgraderLink(content) {
  const server = globalThis.__course.serverUrl();
  if (!server || !content.formgrader) return null;
  const href = new URL(`../../formgrader/gradebook/${content.chosen}`, server).href;
  return element("a", { class: "button", href, target: "_blank", rel: "noopener" }, content.words.formgrader);
}
