// Why a figure moved: what each changed lever did alone, from the start of the situation, and what they did together.
import { element } from "../page/dom.js";
import { showMetric } from "./bet.js";
import { changeText } from "./controls.js";
import { asShown, wordDifference } from "./figures.js";

// The lines of one figure, [what, how much]: before, each change, what they did together, what rounding leaves, now.
export function reasonRows(content, metric, changes, { before, after, alone, together }) {
  const { words, language } = content;
  const { key } = metric;
  const plain = { ...metric, never: null };
  const ends = [before[key], after[key]].map((number) => showMetric(metric, number, language));
  const [first, last] = [[words.at_start, ends[0]], [words.now, ends[1]]];
  // nothing can be added to a date that never comes
  if (metric.never && Math.max(before[key], after[key]) >= metric.never.from) return [first, last];
  const shown = (number) => asShown(plain, number, content);
  const effects = Object.entries(alone).map(([name, effect]) => [leverText(content, name, changes), shown(effect[key])]);
  if (effects.length > 1) effects.push([words.why_together, shown(together[key])]);
  const rest = effects.reduce((sum, [, much]) => sum - much, shown(after[key]) - shown(before[key]));
  const rows = [...effects, [words.why_rounding, rest]].map(([what, much]) => [what, wordDifference(plain, much, content)]);
  return [first, ...(/[1-9]/.test(rows.at(-1)[1]) ? rows : rows.slice(0, -1)), last];
}

function leverText({ words, language }, name, changes) {
  const change = changes.find(({ parameter }) => parameter.name === name);
  return change ? changeText(change, language) : words.seed;
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
      if (!answer.alone) return note(content.words.recorded_why);
      fillAll((key) => {
        const metric = content.metrics.find((one) => one.key === key);
        const rows = reasonRows(content, metric, changes, answer);
        const lines = rows.map(([what, much]) => element("tr", {}, element("th", { scope: "row" }, what), element("td", {}, much)));
        return element("table", {}, element("caption", {}, content.words.why), element("tbody", {}, lines));
      });
    },
  };
}
