// The figure that was bet on, on a line that stands still: now, at the start, pinned, and where the learner's guess was.
import { grown } from "../chart/axes.js";
import { bracketed } from "../page/amounts.js";
import { element } from "../page/dom.js";
import { showMetric } from "./bet.js";
import { showDifference } from "./figures.js";
import { dotPlot, quantiles } from "./luck.js";

// Returns { node, show(state) }.
export function headline(content) {
  const node = element("figure", { class: "course-headline", role: "img", hidden: true });
  const domains = new Map();
  return {
    node,
    show(state) {
      const about = state.headline;
      node.hidden = !about || state.unfinished;
      if (node.hidden) return;
      const metric = content.metrics.find((one) => one.key === about.bet.metric);
      const marks = marksOf(content, metric, state, about.guess);
      const numbers = marks.map((mark) => mark.number);
      const draws = quantiles(state.luck?.draws[metric.key] ?? []);
      const reach = [Math.min(...numbers, ...draws), Math.max(...numbers, ...draws)];
      const domain = grown(domainsOf(about.bet, content.views), reach, domains.get(about.bet.key));
      domains.set(about.bet.key, domain);
      const difference = state.start ? showDifference(metric, numbers[0], state.start.metrics[metric.key], content) : "";
      const [colon, semicolon] = content.language === "zh" ? ["：", "；"] : [": ", "; "];
      const said = [...marks.map((mark) => mark.text), difference].filter(Boolean).join(semicolon);
      node.setAttribute("aria-label", `${metric.label}${colon}${said}`);
      node.replaceChildren(...drawn(content, metric, marks, domain, difference, draws));
    },
  };
}

/** @returns {[number[], number[]]} from where to where the line runs as a rule and at most: over all that may be guessed, and as far as the picture of the metric. */
export function domainsOf({ low, high, metric }, views) {
  const levels = views.flatMap((view) => view.usermeta?.levels ?? []);
  const reach = levels.find((level) => level.metric === metric)?.reach ?? [];
  const over = ([from, to] = [low, high]) => [Math.min(low, from), Math.max(high, to)];
  return [over(reach[0]), over(reach[1])];
}

function marksOf(content, metric, { last, start, pinned }, guess) {
  const { words, language } = content;
  const mark = (kind, label, number) => ({ kind, number, text: `${label} ${showMetric(metric, number, language)}` });
  return [
    mark("now", words.now, last.metrics[metric.key]),
    start && mark("start", words.at_start, start.metrics[metric.key]),
    pinned && mark("pinned", words.pinned, pinned.metrics[metric.key]),
    guess !== null && mark("guess", words.bet_value, guess),
  ].filter(Boolean);
}

function drawn(content, metric, marks, [low, high], difference, draws) {
  const at = (number) => `${((number - low) / (high - low)) * 100}%`;
  const put = (kind, number, ...children) =>
    element("span", { class: `course-mark course-mark-${kind}`, style: `--at:${at(number)}` }, ...children);
  const end = (number) => showMetric(metric, number, content.language);
  const [now, ...others] = marks;
  const start = marks.find((mark) => mark.kind === "start");
  const reach = start && [Math.min(now.number, start.number), Math.max(now.number, start.number)];
  const bracket = reach && element("span", { class: "course-bracket", style: `left:${at(reach[0])};right:calc(100% - ${at(reach[1])})` });
  return [
    element("figcaption", {}, metric.label),
    element("div", { class: "course-line-text" }, put("text", now.number, difference ? bracketed(now.text, difference, content.language) : now.text)),
    dotPlot(draws, [low, high]),
    element(
      "div",
      { class: "course-line" },
      low < 0 && high > 0 && put("zero", 0),
      bracket,
      others.map((mark) => put(mark.kind, mark.number)),
      put("now", now.number),
    ),
    others.map((mark) => element("div", { class: "course-line-text quiet" }, put("text", mark.number, mark.text))),
    element("div", { class: "course-line-ends quiet" }, element("span", {}, end(low)), element("span", {}, end(high))),
  ]
    .flat()
    .filter(Boolean);
}
