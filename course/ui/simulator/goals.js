// The challenges: conditions on figures that the learner tries to meet.
import { element, say } from "../page/dom.js";

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
