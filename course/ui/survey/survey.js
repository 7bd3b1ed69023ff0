// A tool that takes a table: a file in, its columns mapped, findings out. What the page shows is what the kernel holds.
import { element, fill } from "../page/dom.js";
import { spell } from "../page/life.js";
import { notices, reloadButton } from "../page/notices.js";
import { download, followKernel } from "../page/page.js";
import { mapping } from "./mapping.js";
import { findings } from "./results.js";
import { surveyTalk } from "./talk.js";
import { filePicker } from "./upload.js";
import { workBar } from "./work.js";

export function startTool(model, tool, root, { inApp, signal }) {
  if (!document.getElementById("course-survey-styles"))
    document.head.append(element("style", { id: "course-survey-styles" }, TOOL_STYLES));
  new Survey(model, tool, root, inApp, signal).begin();
}

class Survey {
  constructor(model, tool, root, inApp, signal) {
    this.model = model;
    this.tool = tool;
    this.root = root;
    this.inApp = inApp;
    this.signal = signal;
    this.words = tool.words;
    this.heading = inApp ? "h2" : "h4";
    this.small = inApp ? "h3" : "h5";
    this.map = null;
    this.showing = null;
    this.name = "";
    this.notices = notices();
    this.spoken = element("p", { class: "unseen", role: "status", "aria-live": "polite" });
    this.work = workBar(this.words, () => this.stopWork());
    const step = (hidden) => element("section", { class: "survey-step", hidden });
    this.fileStep = step(false);
    this.columns = step(true);
    this.results = step(true);
    this.talk = this.conversation();
    this.picker = filePicker(this.talk, tool, {
      started: (file) => {
        this.name = file.name;
        this.start(fill(this.words.uploading, { name: file.name }));
      },
      progress: (share) => this.work.advance(share),
      refused: (text) => {
        this.fileStep.append(this.notices.node, this.work.node);
        this.trouble(text);
      },
    });
  }

  conversation() {
    const words = this.words;
    const talk = surveyTalk(
      this.model,
      this.tool.key,
      {
        want: (message) => this.picker.want(message),
        progress: ({ stage, share }) =>
          this.work.advance(share, stage === "read" ? fill(words.reading, { name: this.name }) : words.analysing),
        survey: (survey) => this.showSurvey(survey),
        plan: (plan) => this.map?.show(plan),
        result: (result) => this.showResult(result),
        problem: ({ message, column }) => this.trouble(message, column),
        file: (message, buffers) => this.save(message, buffers),
        nothing: () => {},
      },
      { heard: () => this.notices.clear("silent"), silent: () => this.lost("silent") },
      this.signal,
    );
    const gone = () => {
      this.end();
      this.lost("dead");
    };
    const back = () => {
      this.notices.clear("lost");
      talk.again();
    };
    followKernel(this.model, { gone, lost: () => this.lost("lost"), back }, this.signal);
    return talk;
  }

  begin() {
    const words = this.words;
    this.root.append(
      element(
        "div",
        { class: "course-survey", role: "group", "aria-label": words.title },
        this.inApp ? null : element("h3", { class: "course-title" }, words.title),
        element("p", {}, words.lead),
        element(
          "div",
          { class: "survey-privacy" },
          element("strong", {}, words.privacy_head),
          element("p", {}, words.privacy),
          element("p", { class: "quiet" }, words.privacy_reload),
        ),
        this.fileStep,
        this.columns,
        this.results,
        this.spoken,
      ),
    );
    this.fileStep.append(
      element(this.heading, {}, words.file_head),
      this.picker.node,
      element(
        "div",
        { class: "course-buttons" },
        element("span", {}, words.no_file),
        element("button", { type: "button", "data-do": "example", onclick: () => this.tryExample() }, words.example),
        this.give("template", words.template_csv, { format: "csv" }),
        this.give("template", words.template_xlsx, { format: "xlsx" }),
      ),
      element("p", { class: "quiet" }, words.example_about),
      this.notices.node,
      this.work.node,
    );
    this.talk.ask("state");
  }

  // A button that asks the kernel for a file.
  give(what, label, details = {}) {
    const attributes = { type: "button", "data-do": what, "data-format": details.format };
    return element("button", { ...attributes, onclick: () => this.talk.ask(what, details) }, label);
  }

  // --- work that takes a while; its progress and problems stand where it was begun
  start(text, step = this.fileStep) {
    step.append(this.notices.node, this.work.node);
    this.notices.clear("problem", "silent", "lost");
    this.work.begin(text);
    this.spoken.textContent = text;
  }

  end() {
    this.picker.stop();
    this.work.end();
  }

  stopWork() {
    this.end();
    this.talk.ask("cancel");
    this.spoken.textContent = this.words.cancelled;
    this.picker.input.focus();
  }

  tryExample() {
    this.picker.stop();
    this.name = this.tool.example;
    this.start(fill(this.words.reading, { name: this.name }));
    this.talk.ask("example");
  }

  // --- what the kernel answers
  showSurvey(survey) {
    const words = this.words;
    this.fileStep.append(this.notices.node, this.work.node);
    // whoever chose another reading by the arrow keys may want the next one
    const asked = this.columns.contains(document.activeElement) && document.activeElement.closest("[data-question]");
    this.map = mapping(this.tool, survey, (choices) => this.talk.ask("map", choices), this.small);
    const head = element(this.heading, { tabindex: "-1" }, words.map_head);
    const button = (key, attributes, label, onclick) => element("button", { type: "button", "data-do": key, ...attributes, onclick }, label);
    const analyse = button("analyse", { class: "main" }, words.analyse, () => this.analyse());
    const remove = button("remove", {}, words.remove, () => this.forget());
    this.columns.replaceChildren(head, this.map.node, element("div", { class: "course-buttons" }, analyse, remove));
    this.columns.hidden = false;
    if (survey.new) this.arrived((asked && this.map.chosen(asked.getAttribute("data-question"))) || head, words.map_head);
  }

  analyse() {
    const open = this.map.firstOpen();
    if (open) {
      this.columns.append(this.notices.node, this.work.node);
      this.trouble(this.words.answer_first);
      open.focus();
      return;
    }
    this.start(this.words.analysing, this.columns);
    this.work.focus();
    this.talk.ask("analyse", this.map.choices());
  }

  showResult(result) {
    const words = this.words;
    this.map?.mark(null);
    this.showing?.end();
    this.showing = spell(this.signal);
    const failed = () => this.notice("chart", words.chart_failed);
    const frame = this.root.closest(".course");
    const shown = findings(this.model, this.tool, result, frame, this.small, failed, this.showing.signal);
    const head = element(this.heading, { tabindex: "-1" }, fill(words.results_head, { name: result.name }));
    const take = element("div", { class: "course-buttons" }, ...this.tool.offers.map((what) => this.give(what, words[what])));
    this.results.replaceChildren(head, take, shown.node);
    this.results.hidden = false;
    shown.draw();
    if (result.new) this.arrived(head, words.done);
  }

  arrived(head, text) {
    this.end();
    this.spoken.textContent = text;
    head.focus();
  }

  save(message, buffers) {
    download(message.name, buffers[0], message.type);
    this.spoken.textContent = fill(this.words.saved, { name: message.name });
  }

  forget() {
    this.talk.ask("remove");
    this.fileStep.append(this.notices.node, this.work.node);
    this.notices.clear("problem");
    this.showing?.end();
    this.map = null;
    for (const section of [this.columns, this.results]) {
      section.hidden = true;
      section.replaceChildren();
    }
    this.spoken.textContent = this.words.removed;
    this.picker.input.focus();
  }

  // --- notices
  trouble(text, column = null) {
    const hadFocus = this.work.focused();
    this.end();
    const shown = this.notice("problem", text);
    this.map?.mark(column);
    if (hadFocus) shown.focus();
  }

  lost(kind) {
    this.notice(kind, this.words[kind], reloadButton(this.inApp, this.words.reload));
  }

  notice(kind, text, ...further) {
    const node = this.notices.show(kind, text, ...further);
    node.scrollIntoView({ block: "nearest" });
    return node;
  }
}
