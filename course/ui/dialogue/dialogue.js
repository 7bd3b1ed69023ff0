// A call to take part in: what the caller says stands in a log, what one can answer are buttons, and at the end it is shown
// what each sentence did. It needs no kernel once it is drawn.
import { element, emphasised, fill, freshId, rounded } from "../page/dom.js";
import { learnerSeed, onOtherTab, recall, remember } from "../page/page.js";
import { shuffled } from "../quiz/shuffle.js";
import { curve } from "./curve.js";
import { gone, isOver, replayed, restored, spoken, stateOf } from "./path.js";

// Beside the browser's memory, for browsers that forbid it: a change of language must not lose the call.
const kept = new Map();

export function startTool(_model, tool, root, { inApp, signal }) {
  if (!document.getElementById("course-dialogue-styles"))
    document.head.append(element("style", { id: "course-dialogue-styles" }, TOOL_STYLES));
  const heading = inApp ? "h2" : "h3";
  const views = tool.calls.map((call) => new Call(tool, call, heading, signal));
  const choice = views.length > 1 && chooser(tool, views);
  root.append(element("p", { class: "quiet" }, tool.note), choice || "", ...views.map((view) => view.node));
}

// Which of several calls one takes.
function chooser(tool, views) {
  const show = (shown) => {
    views.forEach((view, at) => {
      view.node.hidden = at !== shown;
      buttons[at].setAttribute("aria-pressed", String(at === shown));
    });
  };
  const buttons = views.map(({ call }, at) =>
    element("button", { type: "button", "data-call": call.key, onclick: () => show(at) }, call.title),
  );
  show(0);
  return element("div", { class: "course-buttons dialogue-calls", role: "group", "aria-label": tool.words.which }, buttons);
}

class Call {
  constructor(tool, call, heading, signal) {
    this.tool = tool;
    this.call = call;
    this.words = tool.words;
    this.heading = heading;
    this.memory = `call.${tool.module}.${call.key}`;
    this.state = restored(call, kept.get(this.memory) ?? recall(this.memory));
    const title = freshId("call");
    this.log = element("div", { class: "dialogue-log", role: "log", "aria-label": this.words.log, tabindex: "0" });
    this.forgetful = element("p", { class: "notice", hidden: true }, this.words.not_kept);
    this.below = element("div", { class: "dialogue-below" });
    this.node = element(
      "section",
      { class: "dialogue", "aria-labelledby": title, "data-call": call.key },
      element(heading, { id: title }, call.title),
      element("p", {}, emphasised(call.story)),
      this.forgetful,
      this.log,
      this.below,
    );
    this.said = [];
    this.draw();
    const taken = (theirs) => {
      this.state = restored(call, theirs);
      this.draw();
    };
    onOtherTab(this.memory, taken, signal);
  }

  // Go to a place of the call, and let the reader begin to read where it goes on.
  go(path) {
    this.state = gone(this.call, this.state, path);
    kept.set(this.memory, this.state);
    this.forgetful.hidden = remember(this.memory, this.state);
    this.draw().focus();
  }

  // Draws what was said and what can be, and returns what should be read first of it.
  draw() {
    this.tellLog();
    const { call, state } = this;
    this.node.dataset.path = state.path;
    return isOver(call, state.path) ? this.drawEnd() : this.drawChoices();
  }

  // Lines that stand there already stay, so that a screen reader hears the new ones only.
  tellLog() {
    const lines = spoken(this.call, this.state.path);
    const same = lines.findIndex((line, at) => this.said[at] !== line.text);
    const from = same < 0 ? lines.length : same;
    while (this.log.children.length > from) this.log.lastElementChild.remove();
    this.log.append(...lines.slice(from).map((line) => this.line(line)));
    this.said = lines.map((line) => line.text);
    this.log.scrollTop = this.log.scrollHeight;
  }

  line({ who, text, level }) {
    const voice = level && element("span", { class: "dialogue-voice" }, this.tool.voices[level]);
    const name = who === "you" ? this.words.you : this.call.caller;
    return element(
      "div",
      { class: `dialogue-line ${who}`, "data-level": level },
      element("p", { class: "dialogue-who quiet" }, name, voice && " · ", voice),
      element("p", { class: "dialogue-said" }, text),
    );
  }

  drawChoices() {
    const { call, state } = this;
    const { place } = stateOf(call, state.path);
    const { choices } = call.scenes[place];
    const id = freshId("choices");
    const ask = element("p", { id, class: "dialogue-ask", tabindex: "-1" }, this.words.choose);
    const buttons = shuffled(choices.length, learnerSeed(), `${call.key}.${place}`).map((at) =>
      element("button", { type: "button", "data-choice": at, onclick: () => this.go(`${state.path}${at}`) }, choices[at].text),
    );
    this.below.replaceChildren(
      ask,
      element("div", { class: "dialogue-choices", role: "group", "aria-labelledby": id }, buttons),
      element("div", { class: "dialogue-foot" }, state.path && this.restart(), this.endings()),
    );
    return ask;
  }

  restart() {
    return element("button", { type: "button", "data-do": "again", onclick: () => this.go("") }, this.words.again);
  }

  endings() {
    const { call, state, words } = this;
    const all = Object.keys(call.endings).length;
    return state.met.length > 0 && element("span", { class: "quiet" }, fill(words.endings, { met: state.met.length, all }));
  }

  drawEnd() {
    const { call, state, words, heading } = this;
    const now = stateOf(call, state.path);
    const { title, text } = call.endings[now.place];
    const small = heading === "h2" ? "h3" : "h4";
    const verdict = element(small, { class: "dialogue-verdict", tabindex: "-1" }, title);
    const turns = replayed(call, state.path);
    const minutes = rounded(now.minutes, 1, this.tool.language);
    this.below.replaceChildren(
      element("p", { class: "unseen" }, words.over),
      verdict,
      element("p", {}, emphasised(text)),
      element("p", {}, fill(words.sum, { before: stateOf(call, "").anger, after: now.anger, heard: now.heard, minutes })),
      curve([stateOf(call, "").anger, ...turns.map(({ after }) => after.anger)]),
      element(small, {}, words.replay),
      element("ol", { class: "dialogue-replay" }, turns.map((turn, at) => this.turn(turn, at))),
      this.toDesk(now.calming),
      element("div", { class: "dialogue-foot" }, this.restart(), this.endings()),
    );
    return verdict;
  }

  // One sentence, what it did, and what others would have done.
  turn({ choice, before, after, others }, at) {
    const { words, tool, state } = this;
    const { name, early } = tool.moves[choice.move];
    const why = after.effect === "early" ? `${words.early} ${early}` : choice.why;
    const again = fill(words.from_here_of, { number: at + 1 });
    return element(
      "li",
      { class: "dialogue-turn", "data-way": after.anger > before.anger ? "up" : "down" },
      element("p", { class: "dialogue-said" }, choice.text),
      element("p", {}, element("strong", {}, name), " · ", fill(words.turn, { before: before.anger, after: after.anger, heard: after.heard })),
      element("p", {}, emphasised(why), after.effect === "faded" && ` ${words.faded}`),
      this.others(others),
      element("button", { type: "button", "data-turn": at, "aria-label": again, onclick: () => this.go(state.path.slice(0, at)) }, words.from_here),
    );
  }

  // What the other choices would have done, written out when somebody asks.
  others(others) {
    const { words, tool } = this;
    const list = element("ul");
    const rows = () =>
      others.map(({ choice, after }) =>
        element(
          "li",
          {},
          element("span", { class: "dialogue-said" }, choice.text),
          element("span", { class: "quiet" }, fill(words.other, { move: tool.moves[choice.move].name, after: after.anger })),
        ),
      );
    const details = element("details", { ontoggle: () => details.open && list.replaceChildren(...rows()) }, element("summary", {}, words.others), list);
    return details;
  }

  // The outcome as a setting of the simulator, where one on this page takes it.
  toDesk(calming) {
    const { tool, words } = this;
    const told = element("p", { role: "status" });
    const hand = () => {
      const detail = { module: tool.module, values: { [tool.lever]: calming } };
      const taken = !dispatchEvent(new CustomEvent("course-settings", { detail, cancelable: true }));
      told.textContent = fill(taken ? words.desk_set : words.desk_none, { calming });
    };
    const button = element("button", { type: "button", class: "main", "data-do": "desk", onclick: hand }, words.desk);
    return element("div", { class: "dialogue-desk" }, button, element("span", { class: "quiet" }, fill(words.desk_why, { calming })), told);
  }
}
