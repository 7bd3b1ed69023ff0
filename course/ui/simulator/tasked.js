// A dashboard as a teacher's link opens it: its description with the task's start, levers, situations and goal in place of
// its own, and the card that asks the question.
import { element, fill, say } from "../page/dom.js";
import { goalText } from "./goals.js";
import { SEED, START, TaskError, fitting, meets, readTask, wholeValues } from "./task.js";

const asked = ({ hash }) => new URLSearchParams(hash.slice(1)).get("task");

// Whether the address asks for the task that the page shows.
export const isSameTask = ({ task }, address) => asked(address) === (task?.code ?? null);

// What the address asks for: { content, problem } with the task in it, or as it was; `problem` says why a task is not.
export function tasked(content, address) {
  const code = asked(address);
  if (code === null) return { content, problem: "" };
  try {
    return { content: withTask(content, code, readTask(content, code)), problem: "" };
  } catch (error) {
    if (!(error instanceof TaskError)) throw error;
    return { content, problem: fill(content.task_words[`task_${error.why}`], { what: error.what, module: content.module }) };
  }
}

export function withTask(content, code, task) {
  const words = { ...content.words, ...content.task_words };
  const preset = content.presets.find(({ key }) => key === task.preset);
  const own = wholeValues(content, preset);
  const untouched = content.parameters.every(({ name }) => own[name] === task.values[name]);
  const start = { key: START, label: words.task_start, story: untouched ? preset.story : "", values: task.values, seed: task.seed };
  const others = fitting(content, task).filter(({ key }) => task.presets.includes(key));
  const goal = task.goal && { name: content.metrics.find(({ key }) => key === task.goal.metric).label, key: task.goal.metric, ...task.goal };
  return {
    ...content,
    task: { ...task, code },
    slot: `${content.slot}.task`,
    preset: START,
    presets: [start, ...others.map((one) => ({ ...one, values: wholeValues(content, one) }))],
    parameters: content.parameters.map((one) => ({ ...one, start: task.values[one.name] })),
    goals: goal ? [{ key: START, label: goalText(content, goal), insight: "", conditions: [goal] }] : [],
    words: { ...words, goals: words.task_goal, goal_next: words.task_goal_next, goal_done: words.task_goal_done, goal_all: words.task_goal_met },
  };
}

// The levers that are left to be seen.
export function shown({ parameters, task }) {
  return task ? parameters.filter(({ name }) => !task.hidden.includes(name)) : parameters;
}

// How a run meets the goals of the page: as the kernel says, or, where a teacher has set one, that one.
export function progressOf({ task }, run) {
  if (!task) return run.goals;
  return task.goal ? [[meets(task.goal, run.metrics) === true]] : [];
}

// Why a lever cannot be moved, "" where it can.
export function heldByTask({ task, words }, name) {
  return task?.fixed.includes(name) ? words.task_fixed : "";
}

// How the seed stands: "free", "fixed" or "hidden".
export function seedRests({ task }) {
  return task?.hidden.includes(SEED) ? "hidden" : task?.fixed.includes(SEED) ? "fixed" : "free";
}

// What a teacher asks, and the way out of it; null where nobody asks.
export function taskCard(content) {
  const { task, words, language } = content;
  if (!task) return null;
  const tag = task.question[language] ? language : Object.keys(task.question)[0];
  const whole = new URL(location.href);
  whole.hash = "";
  const [goal] = content.goals;
  return element(
    "section",
    { class: "course-task", "aria-label": words.task },
    element(content.level, { class: "course-bet-head" }, words.task),
    tag ? element("p", { class: "course-question", lang: tag === language ? null : tag }, task.question[tag]) : null,
    goal ? element("p", { class: "course-task-goal" }, fill(words.task_goal_next, { label: goal.label })) : null,
    element(
      "p",
      { class: "quiet" },
      element("a", { href: whole.href, onclick: (event) => leave(event, whole) }, words.task_leave),
    ),
  );
}

// the address differs by its fragment alone, which loads nothing
function leave(event, whole) {
  event.preventDefault();
  history.pushState(null, "", whole);
  location.reload();
}

// Say in a control for the dice that it is fixed.
export function fixSeed(node, words) {
  for (const one of node.querySelectorAll("input, button")) one.disabled = true;
  say(node.querySelector("p"), words.task_fixed);
}
