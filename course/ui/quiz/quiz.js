// The quiz: questions with feedback per option. It needs no kernel once it is drawn.
import { element, emphasised, fill, freshId } from "../page/dom.js";
import { learnerSeed, onOtherTab, recall, remember } from "../page/page.js";
import { checked, judge, merge, moment, standing } from "./judging.js";
import { shuffled } from "./shuffle.js";

const MARKS = { right: "✓", wrong: "✗", missed: "○" };
// Beside the browser's memory, for browsers that forbid it: a change of language must not lose answers.
const kept = new Map();

function feedbackOf(judged, words) {
  if (judged.problem) return [element("p", {}, judged.problem)];
  const verdict = element("p", { class: "quiz-verdict" }, judged.right ? words.right : words.notYet);
  return [
    verdict,
    ...judged.notes.map((note) =>
      element(
        "p",
        { class: `quiz-note ${note.mark}` },
        element("span", { class: "quiz-mark", "aria-hidden": "true" }, MARKS[note.mark]),
        element("span", {}, note.lead && element("strong", {}, emphasised(note.lead), " "), emphasised(note.text)),
      ),
    ),
  ];
}

// The inputs of one item: { nodes, read(), show(answer), first }
function inputsOf(item, describedBy, answered) {
  return item.kind === "number" ? numberInput(item, describedBy, answered) : optionInputs(item, answered);
}

function numberInput(item, describedBy, answered) {
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

function optionInputs(item, answered) {
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
function itemView(item, number, content, act) {
  const { words } = content;
  const id = freshId("feedback");
  const feedback = element("div", { id, class: "quiz-feedback", role: "status" });
  let said = "";
  const say = (judged, state) => {
    node.dataset.state = state;
    const now = JSON.stringify(judged);
    if (now === said) return;
    said = now;
    feedback.replaceChildren(...(judged ? feedbackOf(judged, words) : []));
  };
  const inputs = inputsOf(item, id, () => act.draft(inputs.read()));
  const check = () => {
    const answer = inputs.read();
    const judged = judge(item, answer, words);
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
      const { judged, fresh } = standing(item, record, words);
      say(judged, !judged ? "open" : !fresh ? "stale" : judged.right ? "right" : "wrong");
    },
  };
}

// The heading of the lesson's section, where this page shows it.
function headingOf(el, title) {
  const around = el.closest(".jp-NotebookPanel") ?? document;
  const plain = (heading) => heading.textContent.replace(/^[\d.\s]+|[¶\s]+$/g, "");
  return [...around.querySelectorAll("h2, h3")].find((heading) => plain(heading) === title);
}

function summaryOf(content, items, el) {
  const { words } = content;
  const rows = content.objectives.flatMap((objective) => {
    const mine = content.items.filter((item) => item.objective === objective.id);
    if (mine.length === 0) return [];
    const first = mine.filter((item) => items[item.key].first).length;
    const titles = [...new Set(mine.filter((item) => !items[item.key].first).map((item) => item.section))];
    const back = (title) => {
      const heading = headingOf(el, title);
      if (!heading) {
        // the self-test stands on a page of its own, far from the lessons
        const href = content.places?.[objective.id];
        return href ? element("a", { href }, title) : element("span", {}, title);
      }
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

export function renderQuiz({ model, el, signal }) {
  new Quiz(model.get("content"), el, signal).begin();
}

class Quiz {
  constructor(content, el, signal) {
    const { words } = content;
    this.content = content;
    this.words = words;
    this.el = el;
    this.signal = signal;
    this.memory = `quiz.${content.module}`;
    this.cleared = null;
    this.state = merge(kept.get(this.memory), recall(this.memory));
    this.progress = element("progress", { max: content.items.length, "aria-label": words.progressLabel });
    this.count = element("span", {});
    this.forgetful = element("p", { class: "notice", hidden: true }, words.notKept);
    this.summary = element("div", { class: "quiz-summary", role: "status" });
    this.clearing = element("span", { role: "status" });
    this.undo = element("button", { type: "button", hidden: true, onclick: () => this.bringBack() }, words.undo);
    this.reset = element("button", { type: "button", onclick: () => this.clear() }, words.reset);
    this.views = content.items.map((item, index) =>
      itemView(item, index + 1, content, {
        draft: (answer) => this.change(item.key, { answer }),
        check: (answer, right) => this.change(item.key, checked(this.state.items[item.key] ?? {}, answer, right)),
      }),
    );
  }

  begin() {
    this.el.append(
      element("div", { class: "quiz-head" }, this.progress, this.count),
      this.forgetful,
      ...this.views.map((view) => view.node),
      this.summary,
      element("div", { class: "quiz-foot" }, this.reset, this.undo, this.clearing),
    );
    this.show();
    onOtherTab(this.memory, (theirs) => this.take(merge(this.state, theirs)), this.signal);
  }

  write(next) {
    this.take(merge(recall(this.memory), next));
    this.forgetful.hidden = remember(this.memory, this.state);
  }

  take(state) {
    this.state = state;
    kept.set(this.memory, state);
    this.show();
  }

  change(key, fields) {
    this.cleared = null;
    const item = { ...this.state.items[key], ...fields, at: moment(this.state) };
    this.write({ reset: this.state.reset, items: { ...this.state.items, [key]: item } });
  }

  clear() {
    const before = this.state.items;
    this.write({ reset: moment(this.state), items: {} });
    this.cleared = before;
    this.show();
    this.undo.focus();
  }

  bringBack() {
    const at = moment(this.state);
    const items = Object.fromEntries(Object.entries(this.cleared).map(([key, item]) => [key, { ...item, at }]));
    this.cleared = null;
    this.write({ reset: this.state.reset, items });
    this.reset.focus();
  }

  show() {
    const { content, words } = this;
    const { items } = this.state;
    content.items.forEach((item, index) => this.views[index].show(items[item.key]));
    const standings = content.items.map((item) => standing(item, items[item.key], words));
    const right = standings.filter(({ judged, fresh }) => fresh && judged?.right).length;
    this.progress.value = right;
    this.count.textContent = fill(words.progress, { right, total: content.items.length });
    const done = content.items.every((item) => items[item.key]?.tries > 0);
    const now = done ? JSON.stringify(content.items.map((item) => items[item.key].first)) : "";
    if (this.summary.dataset.shown !== now) {
      this.summary.dataset.shown = now;
      this.summary.replaceChildren(...(done ? summaryOf(content, items, this.el) : []));
    }
    this.undo.hidden = this.cleared === null;
    this.clearing.textContent = this.cleared === null ? "" : words.cleared;
    this.reset.disabled = Object.keys(items).length === 0;
  }
}
