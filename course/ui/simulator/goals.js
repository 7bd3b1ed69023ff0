// The challenges: conditions on figures that the learner tries to meet.
import { amount } from "../page/amounts.js";
import { decimals, element, fill, say } from "../page/dom.js";
import { showMetric } from "./bet.js";

// Returns { node, line, show(progress, reached) }; `line` tells of the next challenge and stands by the picture.
export function goalList(content) {
  const words = content.words;
  const line = element("p", { class: "course-goal-line quiet", hidden: !content.goals.length });
  const items = content.goals.map((goal) => {
    const state = element("span", { class: "course-goal-state" }, words.goal_open);
    const parts = goal.conditions.map((condition) => element("li", {}, goalText(content, condition)));
    const insight = element("p", { class: "course-insight", hidden: true }, goal.insight);
    // a goal that a teacher has set is called by its condition
    const named = parts.length === 1 && parts[0].textContent === goal.label;
    const name = named ? null : element("p", {}, goal.label);
    const node = element("li", {}, state, name, element("ul", { class: "quiet" }, parts), insight);
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
    line,
    // `progress`: of each challenge, whether each condition is met now; `reached`: the keys of those ever reached
    show(progress, reached) {
      items.forEach((item, index) => {
        progress[index].forEach((met, at) => item.parts[at].classList.toggle("course-met", met));
        const met = reached.includes(item.goal.key);
        item.node.classList.toggle("course-met", met);
        say(item.state, met ? `✓ ${words.goal_met}` : words.goal_open);
        item.insight.hidden = !met;
      });
      say(line, nextGoal(content, progress, reached));
    },
  };
}

// The first challenge that was never reached, and how far it is.
export function nextGoal({ goals, words }, progress, reached) {
  const at = goals.findIndex(({ key }) => !reached.includes(key));
  if (at < 0) return words.goal_all;
  const met = progress[at].filter(Boolean).length;
  return fill(words.goal_next, { number: at + 1, met, all: progress[at].length, label: goals[at].label });
}

// A condition in words: “Satisfaction ≥ 4.2”.
export function goalText(content, condition) {
  return `${condition.name} ${condition.sign === ">=" ? "≥" : "≤"} ${conditionBound(content, condition)}`;
}

function conditionBound(content, condition) {
  const metric = content.metrics.find((one) => one.key === condition.key);
  if (metric) return showMetric(metric, condition.bound, content.language);
  const { step, unit } = content.parameters.find((one) => one.name === condition.key);
  return amount(condition.bound, decimals(step), unit, content.language);
}
