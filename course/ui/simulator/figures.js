// The figures of a run, beside those of a pinned one, each with its equation and source one click away.
import { read } from "../page/amounts.js";
import { element, fill, rounded, say } from "../page/dom.js";
import { showMetric } from "./bet.js";
import { equationBox, filledEquation } from "./filled.js";

// `why` tells why each of them moved (why.js). Returns { node, show(run, pinned) }.
export function figureTable(content, why) {
  const words = content.words;
  const rows = content.metrics.map((metric) => figureRow(metric, content, why));
  const heads = [words.figure, words.now, words.pinned, words.difference].map((text) => element("th", { scope: "col" }, text));
  const node = element(
    "table",
    { class: "course-figures" },
    element("caption", { class: "unseen" }, words.figures),
    element("thead", {}, element("tr", {}, heads)),
    element("tbody", {}, rows.map((row) => row.node)),
  );
  return {
    node,
    show(run, pinned) {
      node.classList.toggle("course-compared", Boolean(pinned));
      for (const row of rows) row.show(run, pinned);
    },
  };
}

// A figure as it stands on the page, and no closer: what is reckoned with it adds up to the eye.
export function asShown(metric, number, { language }) {
  const text = showMetric({ ...metric, never: null }, number, language);
  return metric.percent ? read(text, "%") / 100 : read(text, metric.unit);
}

// "+12 points", "−5 percentage points", of the two figures as they are shown; "" where one of the two never came.
export function showDifference(metric, now, before, content) {
  if (metric.never && Math.max(now, before) >= metric.never.from) return "";
  return wordDifference(metric, asShown(metric, now, content) - asShown(metric, before, content), content);
}

export function wordDifference(metric, difference, { words, language }) {
  const points = difference * 100;
  const whole = Math.abs(points - Math.round(points)) < 0.01;
  const text = metric.percent
    ? `${rounded(points, whole ? 0 : 1, language)} ${words.percentage_points}`
    : showMetric({ ...metric, never: null }, difference, language);
  return difference > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

function figureRow(metric, content, why) {
  const { words, language } = content;
  const cells = { now: element("td"), pinned: element("td"), difference: element("td") };
  const filled = filledEquation(metric, content);
  const head = element("th", { scope: "row" }, element("span", {}, metric.label), ...explanation(metric, words, why, filled));
  return {
    node: element("tr", { "data-metric": metric.key }, head, cells.now, cells.pinned, cells.difference),
    show(run, pinned) {
      const now = run.metrics[metric.key];
      say(cells.now, showMetric(metric, now, language));
      filled.show(run);
      if (!pinned) return;
      const before = pinned.metrics[metric.key];
      const difference = now - before;
      cells.pinned.textContent = showMetric(metric, before, language);
      cells.difference.textContent = showDifference(metric, now, before, content) || "–";
      const better = metric.better === "up" ? difference > 0 : metric.better === "down" ? difference < 0 : null;
      cells.difference.className = better === null || difference === 0 ? "" : better ? "course-good" : "course-bad";
    },
  };
}

// The button ƒ, and what it opens.
function explanation(metric, words, why, filled) {
  const about = element(
    "div",
    { class: "course-about", hidden: true },
    element("p", {}, metric.help),
    equationBox(metric.equation, metric.label),
    filled.node,
    element("p", { class: "quiet" }, `${words.source}: `, sourceText(metric.source)),
    why.node(metric),
  );
  const opener = element(
    "button",
    {
      type: "button",
      class: "course-info",
      "aria-expanded": "false",
      "aria-label": fill(words.equation_of, { label: metric.label }),
      title: words.equation,
      onclick: () => {
        about.hidden = !about.hidden;
        opener.setAttribute("aria-expanded", String(!about.hidden));
        if (about.hidden) return;
        filled.open();
        why.open();
      },
    },
    "ƒ",
  );
  return [opener, about];
}

function sourceText(source) {
  const address = /https?:\/\/\S+/.exec(source);
  if (!address) return source;
  return element(
    "span",
    {},
    source.slice(0, address.index),
    element("a", { href: address[0], target: "_blank", rel: "noopener" }, address[0]),
  );
}
