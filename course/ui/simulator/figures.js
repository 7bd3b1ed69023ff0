// The figures of a run, beside those of a pinned one, each with its equation and source one click away; and the challenges.
import { element, fill, say } from "../page/dom.js";
import { showMetric } from "./bet.js";

// Returns { node, show(metrics, pinned) }.
export function figureTable(content) {
  const words = content.words;
  const rows = new Map();
  const body = element("tbody");
  for (const metric of content.metrics) {
    const about = element("div", { class: "course-about", hidden: true });
    about.append(
      element("p", {}, metric.help),
      element("div", { class: "course-equation", html: metric.equation }),
      element("p", { class: "quiet" }, `${words.source}: `, sourceText(metric.source)),
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
        },
      },
      "ƒ",
    );
    const cells = { now: element("td"), pinned: element("td"), difference: element("td") };
    const head = element("th", { scope: "row" }, element("span", {}, metric.label), opener, about);
    body.append(element("tr", { "data-metric": metric.key }, head, cells.now, cells.pinned, cells.difference));
    rows.set(metric.key, cells);
  }
  const table = element(
    "table",
    { class: "course-figures" },
    element("caption", { class: "unseen" }, words.figures),
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        element("th", { scope: "col" }, words.figure),
        element("th", { scope: "col" }, words.now),
        element("th", { scope: "col" }, words.pinned),
        element("th", { scope: "col" }, words.difference),
      ),
    ),
    body,
  );
  return {
    node: table,
    show(metrics, pinned) {
      table.classList.toggle("course-compared", Boolean(pinned));
      for (const metric of content.metrics) {
        const cells = rows.get(metric.key);
        const now = metrics[metric.key];
        say(cells.now, showMetric(metric, now, content.language));
        if (!pinned) continue;
        const difference = now - pinned[metric.key];
        cells.pinned.textContent = showMetric(metric, pinned[metric.key], content.language);
        cells.difference.textContent = (difference > 0 ? "+" : "") + showMetric(metric, difference, content.language);
        const better = metric.better === "up" ? difference > 0 : metric.better === "down" ? difference < 0 : null;
        cells.difference.className = better === null || difference === 0 ? "" : better ? "course-good" : "course-bad";
      }
    },
  };
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

// Returns { node, show(progress) -> labels of challenges newly reached }.
export function goalList(content) {
  const words = content.words;
  const known = new Set();
  const items = content.goals.map((goal) => {
    const state = element("span", { class: "course-goal-state" }, words.goal_open);
    const parts = goal.conditions.map((condition) =>
      element("li", {}, `${condition.name} ${condition.sign === ">=" ? "≥" : "≤"} ${conditionBound(content, condition)}`),
    );
    const insight = element("p", { class: "course-insight", hidden: true }, goal.insight);
    const node = element("li", {}, state, element("p", {}, goal.label), element("ul", { class: "quiet" }, parts), insight);
    return { goal, state, parts, insight, node };
  });
  const node = items.length
    ? element(
        "section",
        { class: "course-goals" },
        element(content.level, { class: "course-goals-head" }, words.goals),
        element("ol", {}, items.map((item) => item.node)),
      )
    : null;
  return {
    node,
    show(progress) {
      const reached = [];
      items.forEach((item, index) => {
        progress[index].forEach((met, at) => item.parts[at].classList.toggle("course-met", met));
        const met = progress[index].every(Boolean);
        item.node.classList.toggle("course-met", met);
        say(item.state, met ? `✓ ${words.goal_met}` : words.goal_open);
        if (!met) return known.delete(item.goal.key);
        item.insight.hidden = false;
        if (!known.has(item.goal.key)) reached.push(item.goal.label);
        known.add(item.goal.key);
      });
      return reached;
    },
  };
}

function conditionBound(content, condition) {
  const metric = content.metrics.find((one) => one.key === condition.key);
  return metric?.percent ? `${Math.round(condition.bound * 100)} %` : String(condition.bound);
}
