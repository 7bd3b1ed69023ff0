// Why a figure moved: what each changed lever did alone, from the start of the situation, and what they did together.
import { element } from "../page/dom.js";
import { showMetric } from "./bet.js";
import { showValue } from "./controls.js";
import { showDifference } from "./figures.js";

// The lines of one figure, [what, how much]: before, each change, what they did together, now.
export function reasonRows(content, metric, changes, { before, after, alone, together }) {
  const { words, language } = content;
  const is = (number) => showMetric(metric, number, language);
  const by = (number) => showDifference({ ...metric, never: null }, number, 0, content);
  const ends = [[words.at_start, is(before[metric.key])], [words.now, is(after[metric.key])]];
  // nothing can be added to a date that never comes
  if (metric.never && Math.max(before[metric.key], after[metric.key]) >= metric.never.from) return ends;
  const parts = Object.entries(alone).map(([name, effect]) => [changeText(content, name, changes), by(effect[metric.key])]);
  const rest = parts.length > 1 ? [[words.why_together, by(together[metric.key])]] : [];
  return [ends[0], ...parts, ...rest, ends[1]];
}

function changeText({ words, language }, name, changes) {
  const change = changes.find(({ parameter }) => parameter.name === name);
  if (!change) return words.seed;
  const { parameter, before, now } = change;
  return `${parameter.label} ${showValue(parameter, before, language)} → ${showValue(parameter, now, language)}`;
}

// `ask()` has the kernel look for the reasons. Returns { node(metric), open(), show(changes, answer), stale(unchanged, played) }.
export function whyPanel(content, ask) {
  const places = new Map(content.metrics.map((metric) => [metric.key, element("div", { class: "course-why", role: "status" })]));
  const opened = () => [...places.values()].some((place) => place.isConnected && !place.closest("[hidden]"));
  const fillAll = (what) => places.forEach((place, key) => place.replaceChildren(what(key)));
  const note = (text) => fillAll(() => element("p", { class: "quiet" }, text));
  let known = false;
  let unasked = content.words.why_nothing;

  function look() {
    if (known || !opened()) return;
    if (unasked) return note(unasked);
    note(content.words.busy);
    ask();
  }

  return {
    node: (metric) => places.get(metric.key),
    open: look,
    // there is another run; `unchanged`: it is the start of its situation; `played`: why nothing is to be found out of one played
    stale(unchanged, played = "") {
      known = false;
      unasked = played || (unchanged ? content.words.why_nothing : "");
      look();
    },
    show(changes, answer) {
      known = true;
      fillAll((key) => {
        const metric = content.metrics.find((one) => one.key === key);
        const rows = reasonRows(content, metric, changes, answer);
        const lines = rows.map(([what, much]) => element("tr", {}, element("th", { scope: "row" }, what), element("td", {}, much)));
        return element("table", {}, element("caption", {}, content.words.why), element("tbody", {}, lines));
      });
    },
  };
}
