// The quiz: questions with feedback per option. It needs no kernel once it is drawn.
import { element, emphasised, fill, freshId } from "../page/dom.js";
import { learnerSeed, onOtherTab, recall, remember } from "../page/page.js";
import { meanings } from "./numbers.js";
import { shuffled } from "./shuffle.js";

const QUIZ_MARKS = { right: "✓", wrong: "✗", missed: "○" };
// Beside the browser's memory, for browsers that forbid it: a change of language must not lose answers.
const quizKept = new Map();

// Two records of the same quiz -> one: the newer answer to each item counts, and nothing from before the last reset.
// A record is { reset: ms, items: { key: { answer, told, tries, first, at: ms } } }: the answer as it stands, the one last
// checked, how often one was, and whether the first was right.
function quizMerge(mine, theirs) {
  const moment = (value) => (Number.isFinite(value) ? value : 0);
  const reset = Math.max(moment(mine?.reset), moment(theirs?.reset));
  const items = {};
  for (const record of [mine, theirs]) {
    for (const [key, item] of Object.entries(record?.items ?? {})) {
      if (moment(item?.at) > reset && item.at >= moment(items[key]?.at)) items[key] = item;
    }
  }
  return { reset, items };
}

// A moment later than anything in `record`, even where the clock has stood still.
function quizMoment(record) {
  return Math.max(Date.now(), record.reset + 1, ...Object.values(record.items).map((item) => item.at + 1));
}

// What to say about a record of `item`: { judged, fresh }; not fresh where the answer has changed since it was checked.
function quizStanding(item, record, words) {
  const judged = record?.tries > 0 ? quizJudge(item, record.told, words) : null;
  const fresh = JSON.stringify(record?.answer) === JSON.stringify(record?.told);
  return judged && !judged.problem && (fresh || !judged.right) ? { judged, fresh } : { judged: null, fresh: true };
}

function quizEmpty(item, answer) {
  if (item.kind === "several") return !Array.isArray(answer) || answer.length === 0;
  if (item.kind === "number") return typeof answer !== "string" || answer.trim() === "";
  return !item.options[answer];
}

function quizJudgeNumber(item, answer, words) {
  const numbers = meanings(answer, item.unit);
  if (numbers.length === 0) return { problem: fill(words.notNumber, { answer }) };
  const near = (value, tolerance) =>
    numbers.some((number) => Math.abs(number - value) <= tolerance + 1e-9 * Math.max(1, Math.abs(value)));
  if (near(item.answer, item.tolerance)) return { right: true, notes: [{ mark: "right", text: item.hit }] };
  const trap = item.traps.find((each) => near(each.value, each.tolerance));
  return { right: false, notes: [{ mark: "wrong", text: trap ? trap.feedback : item.miss }] };
}

function quizJudgeSeveral(item, answer, words) {
  const ticked = new Set(answer);
  const right = item.options.every((option, index) => option.right === ticked.has(index));
  const notes = item.options.flatMap((option, index) => {
    if (!ticked.has(index)) return [];
    const named = (label) => fill(label, { option: option.text });
    if (right) return [{ mark: "right", lead: named(words.named), text: option.feedback }];
    return [option.right ? { mark: "right", lead: named(words.belongs), text: "" } : { mark: "wrong", lead: named(words.wrong), text: option.feedback }];
  });
  // which ones are missing, and how many, is for the learner to find
  if (item.options.some((option, index) => option.right && !ticked.has(index))) notes.push({ mark: "missed", text: words.more });
  return { right, notes };
}

// { problem } where the answer cannot be judged yet, else { right, notes: [{ mark, lead, text }] }
function quizJudge(item, answer, words) {
  if (quizEmpty(item, answer)) return { problem: words[`empty_${item.kind}`] };
  if (item.kind === "number") return quizJudgeNumber(item, answer, words);
  if (item.kind === "several") return quizJudgeSeveral(item, answer, words);
  const option = item.options[answer];
  return { right: option.right, notes: [{ mark: option.right ? "right" : "wrong", text: option.feedback }] };
}

function quizFeedback(judged, words) {
  if (judged.problem) return [element("p", {}, judged.problem)];
  const verdict = element("p", { class: "quiz-verdict" }, judged.right ? words.right : words.notYet);
  return [
    verdict,
    ...judged.notes.map((note) =>
      element(
        "p",
        { class: `quiz-note ${note.mark}` },
        element("span", { class: "quiz-mark", "aria-hidden": "true" }, QUIZ_MARKS[note.mark]),
        element("span", {}, note.lead && element("strong", {}, emphasised(note.lead), " "), emphasised(note.text)),
      ),
    ),
  ];
}

// The inputs of one item: { nodes, read(), show(answer), first }
function quizInputs(item, describedBy, answered) {
  if (item.kind === "number") {
    const id = freshId("number");
    // The decimal keypad of an iPhone has no minus sign
    const signed = [item.answer, ...item.traps.map((trap) => trap.value)].some((value) => value < 0);
    const box = element("input", {
      type: "text", id, inputmode: signed ? null : "decimal", autocomplete: "off", "aria-describedby": describedBy, oninput: answered,
    });
    const label = element("label", { for: id, class: "unseen" }, item.label);
    return {
      nodes: [element("div", { class: "quiz-number" }, label, box, element("span", {}, item.unit))],
      read: () => box.value,
      show: (answer) => {
        const text = typeof answer === "string" ? answer : "";
        if (box.value !== text) box.value = text;
      },
      first: box,
    };
  }
  const name = freshId("item");
  const type = item.kind === "several" ? "checkbox" : "radio";
  // answers are kept by the place of an option in the course, whatever its place on the page
  const boxes = item.options.map((_, index) => element("input", { type, name, "data-option": index, onchange: answered }));
  const ticked = () => boxes.flatMap((box, index) => (box.checked ? [index] : []));
  return {
    nodes: shuffled(item.options.length, learnerSeed(), item.key).map((index) =>
      element("label", { class: "quiz-option" }, boxes[index], element("span", {}, emphasised(item.options[index].text))),
    ),
    read: () => (item.kind === "several" ? ticked() : (ticked()[0] ?? null)),
    show: (answer) => boxes.forEach((box, index) => (box.checked = Array.isArray(answer) ? answer.includes(index) : answer === index)),
    first: boxes[0],
  };
}

// One item: { node, show(record) }. `act.draft(answer)` and `act.check(answer)` report to the quiz.
function quizItem(item, number, content, act) {
  const { words } = content;
  const id = freshId("feedback");
  const feedback = element("div", { id, class: "quiz-feedback", role: "status" });
  let said = "";
  const say = (judged, state) => {
    node.dataset.state = state;
    const now = JSON.stringify(judged);
    if (now === said) return;
    said = now;
    feedback.replaceChildren(...(judged ? quizFeedback(judged, words) : []));
  };
  const inputs = quizInputs(item, id, () => act.draft(inputs.read()));
  const check = () => {
    const answer = inputs.read();
    const judged = quizJudge(item, answer, words);
    if (judged.problem) {
      said = "";
      say(judged, "open");
      inputs.first.focus();
      return;
    }
    // Said anew even if the same, so that a screen reader hears it again
    said = "";
    act.check(answer, judged.right);
  };
  const node = element(
    "fieldset",
    { class: "quiz-item", "data-key": item.key, "data-state": "open" },
    element("legend", {}, element("span", { class: "quiz-count quiet" }, fill(words.question, { number })), " ", emphasised(item.question)),
    item.kind === "several" && element("p", { class: "quiet" }, words.tickAll),
    ...inputs.nodes,
    element("button", { type: "button", onclick: check }, words.check, element("span", { class: "unseen" }, ` ${fill(words.question, { number })}`)),
    feedback,
  );
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.tagName === "INPUT") check();
  });
  return {
    node,
    show(record) {
      inputs.show(record?.answer ?? null);
      const { judged, fresh } = quizStanding(item, record, words);
      say(judged, !judged ? "open" : !fresh ? "stale" : judged.right ? "right" : "wrong");
    },
  };
}

// The heading of the lesson's section, where this page shows it.
function quizHeading(el, title) {
  const around = el.closest(".jp-NotebookPanel") ?? document;
  const plain = (heading) => heading.textContent.replace(/^[\d.\s]+|[¶\s]+$/g, "");
  return [...around.querySelectorAll("h2, h3")].find((heading) => plain(heading) === title);
}

function quizSummary(content, items, el) {
  const { words } = content;
  const rows = content.objectives.flatMap((objective) => {
    const mine = content.items.filter((item) => item.objective === objective.id);
    if (mine.length === 0) return [];
    const first = mine.filter((item) => items[item.key].first).length;
    const titles = [...new Set(mine.filter((item) => !items[item.key].first).map((item) => item.section))];
    const back = (title) => {
      const heading = quizHeading(el, title);
      if (!heading) return element("span", {}, title);
      const go = () => {
        heading.scrollIntoView({ block: "start" });
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      };
      return element("button", { type: "button", onclick: go }, title);
    };
    return element(
      "li",
      {},
      objective.text,
      element("span", { class: "quiz-back quiet" }, fill(words.atFirst, { first, total: mine.length })),
      titles.length > 0 && element("span", { class: "quiz-back" }, words.readAgain, " ", ...titles.map(back)),
    );
  });
  return [element("p", {}, element("strong", {}, words.summary)), element("ul", {}, ...rows)];
}

export function renderQuiz({ model, el }) {
  const content = model.get("content");
  const { words } = content;
  const memory = `quiz.${content.module}`;
  let state = quizMerge(quizKept.get(memory), recall(memory));
  let cleared = null;

  const progress = element("progress", { max: content.items.length, "aria-label": words.progressLabel });
  const count = element("span", {});
  const forgetful = element("p", { class: "notice", hidden: true }, words.notKept);
  const summary = element("div", { class: "quiz-summary", role: "status" });
  const clearing = element("span", { role: "status" });
  const undo = element("button", { type: "button", hidden: true }, words.undo);
  const reset = element("button", { type: "button" }, words.reset);

  const write = (next) => {
    state = quizMerge(recall(memory), next);
    quizKept.set(memory, state);
    forgetful.hidden = remember(memory, state);
    show();
  };
  const change = (key, fields) => {
    cleared = null;
    const item = { ...state.items[key], ...fields, at: quizMoment(state) };
    write({ reset: state.reset, items: { ...state.items, [key]: item } });
  };
  const views = content.items.map((item, index) =>
    quizItem(item, index + 1, content, {
      draft: (answer) => change(item.key, { answer }),
      check: (answer, right) => {
        const before = state.items[item.key] ?? {};
        const again = JSON.stringify(before.told) === JSON.stringify(answer);
        const tries = (before.tries ?? 0) + (again ? 0 : 1);
        change(item.key, { answer, told: answer, tries, first: tries === 1 ? right : before.first });
      },
    }),
  );
  reset.addEventListener("click", () => {
    const before = state.items;
    write({ reset: quizMoment(state), items: {} });
    cleared = before;
    show();
    undo.focus();
  });
  undo.addEventListener("click", () => {
    const at = quizMoment(state);
    const items = Object.fromEntries(Object.entries(cleared).map(([key, item]) => [key, { ...item, at }]));
    cleared = null;
    write({ reset: state.reset, items });
    reset.focus();
  });

  function show() {
    content.items.forEach((item, index) => views[index].show(state.items[item.key]));
    const standings = content.items.map((item) => quizStanding(item, state.items[item.key], words));
    const right = standings.filter(({ judged, fresh }) => fresh && judged?.right).length;
    progress.value = right;
    count.textContent = fill(words.progress, { right, total: content.items.length });
    const done = content.items.every((item) => state.items[item.key]?.tries > 0);
    const now = done ? JSON.stringify(content.items.map((item) => state.items[item.key].first)) : "";
    if (summary.dataset.shown !== now) {
      summary.dataset.shown = now;
      summary.replaceChildren(...(done ? quizSummary(content, state.items, el) : []));
    }
    undo.hidden = cleared === null;
    clearing.textContent = cleared === null ? "" : words.cleared;
    reset.disabled = Object.keys(state.items).length === 0;
  }

  el.append(
    element("div", { class: "quiz-head" }, progress, count),
    forgetful,
    ...views.map((view) => view.node),
    summary,
    element("div", { class: "quiz-foot" }, reset, undo, clearing),
  );
  show();
  return onOtherTab(memory, (theirs) => {
    state = quizMerge(state, theirs);
    quizKept.set(memory, state);
    show();
  });
}
