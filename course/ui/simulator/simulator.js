// The simulator: controls on one side, a picture that moves on the other, and one sentence that says what happened.
//
// State (state.js) knows what is set, view (view.js and the pieces it lays out) shows it, talk (talk.js, asides.js) asks the
// kernel, a bet goes its own way (wager.js), and telling.js says what came of a run; here they meet.
import { element } from "../page/dom.js";
import { timer } from "../page/life.js";
import { reloadButton } from "../page/notices.js";
import { followKernel, isReload } from "../page/page.js";
import { openAddress } from "./address.js";
import { asides } from "./asides.js";
import { nearestText } from "./controls.js";
import { withGuesses } from "./guess.js";
import { keeper } from "./memory.js";
import { pieces } from "./pieces.js";
import { Playing } from "./playing.js";
import { State } from "./state.js";
import { readTables } from "./tables.js";
import { Conversation } from "./talk.js";
import { heldByTask, isSameTask, progressOf, shown, tasked } from "./tasked.js";
import { Telling } from "./telling.js";
import { Wager } from "./wager.js";
import { layout } from "./view.js";

// so long after the last picture nobody is in the midst of a movement
const FORESEE_AFTER = 60;
// browsers refuse more than about three changes of address a second
const ADDRESS_AFTER = 400;

export function renderSimulator({ model, el, signal }) {
  startSimulator(model, model.get("content"), el, { inApp: false, signal });
}

// `inApp`: the page is ours alone, so its address carries the settings.
export function startSimulator(model, described, root, { inApp, signal }) {
  const { content, problem } = inApp ? tasked(described, location) : { content: described, problem: "" };
  const views = withGuesses(content.views, content.bets, content.words.bet_value);
  const simulator = new Simulator(model, { ...content, views, level: inApp ? "h2" : "h4" }, root, inApp, signal);
  if (problem) simulator.parts.notices.show("task", problem);
  simulator.begin();
}

class Simulator {
  constructor(model, content, root, inApp, signal) {
    this.model = model;
    this.content = content;
    this.root = root;
    this.inApp = inApp;
    this.signal = signal;
    this.words = content.words;
    this.timers = { address: timer(signal), foresee: timer(signal) };
    // drawn anew in another language: what the page holds is newer than what the browser keeps
    this.live = globalThis.__course.live ??= new Map();
    this.redrawn = this.live.get(content.slot);
    this.keep = keeper(content.slot, (other) => this.offerOther(other), signal, content.task?.code);
    this.state = new State(content, this.redrawn ?? this.keep.read());
    this.asides = asides(model, content, this.state, signal);
    this.playing = new Playing({ content, state: this.state, page: () => this.page, show: (andRun) => this.show(andRun) }, signal);
    this.parts = pieces(this);
    this.page = layout(content, this.parts, { inApp, signal, onkeydown: (event) => this.keys(event) });
    root.append(this.page.node);
    this.talk = this.conversation();
    const { state, parts, page } = this;
    this.telling = new Telling({ content, state, parts, asides: this.asides, save: () => this.save() }, signal);
    this.wager = new Wager({ content, state, page, parts }, () => this.save(), () => this.unveil());
  }

  begin() {
    if (this.inApp) addEventListener("hashchange", () => (isSameTask(this.content, location) ? this.openAddress() : location.reload()), { signal: this.signal });
    addEventListener("course-settings", (event) => this.handed(event), { signal: this.signal });
    this.show(false);
    if (this.redrawn || !this.inApp || !this.openAddress()) {
      this.run();
      this.wager.offer();
    }
    globalThis.__course.load(this.model, this.model.get("_vega")).catch(() => {});
  }

  // --- talking with the kernel
  conversation() {
    const { controls, notices, sentence } = this.parts;
    const trouble = (kind) => () => {
      notices.show(kind, this.words[kind], reloadButton(this.inApp, this.words.reload));
      controls.warn(this.words[kind]);
    };
    const talk = new Conversation(
      this.model,
      {
        result: (message, buffers) => this.receive(message, buffers),
        problem: (text) => this.refused(text),
        ahead: (message, buffers) => this.meetStart(message, buffers),
        slow: () => sentence.tell(this.words.busy),
        silent: trouble("silent"),
      },
      this.signal,
    );
    const back = () => {
      notices.clear("lost");
      if (!notices.has("silent", "dead")) controls.warn("");
      talk.again();
    };
    followKernel(this.model, { gone: trouble("dead"), lost: trouble("lost"), back }, this.signal);
    return talk;
  }

  run() {
    this.parts.study.cancel();
    this.state.luck = null;
    this.talk.ask("run", this.state.asked);
  }

  refused(text) {
    const first = !this.state.last;
    this.parts.notices.show("problem", text);
    this.state.retreat();
    this.show(first);
    if (first) this.wager.offer();
  }

  async receive(message, buffers) {
    this.parts.notices.clear("silent", "dead", "lost");
    this.parts.controls.warn("");
    this.parts.sentence.caution(message.asked ? nearestText(this.content, message) : "");
    this.state.receive({ ...message, goals: progressOf(this.content, message), rows: readTables(message.tables, buffers) });
    if (message.opened) {
      this.wager.lift();
      this.show(false);
    }
    this.telling.tell();
    if (!this.state.veiled) this.wager.answer();
    if (!(await this.draw())) return;
    this.playing.drawn();
    if (this.inApp && message.code) this.timers.address.start(() => this.writeAddress(), ADDRESS_AFTER);
    this.timers.foresee.start(() => this.foresee(), FORESEE_AFTER);
    this.root.dataset.drawn = message.number;
    this.root.dispatchEvent(new CustomEvent("course-drawn", { detail: message, bubbles: true }));
  }

  // The start of the situation, which is a ghost in every picture, goes before what may be asked for next.
  foresee() {
    const settings = this.state.unknownStart ?? this.state.foreseen;
    if (settings) this.talk.foresee(settings);
  }

  meetStart(message, buffers) {
    if (!this.state.unknownStart) return;
    this.state.remember({ ...message, rows: readTables(message.tables, buffers) });
    if (!this.state.unknownStart) this.draw();
  }

  meetLuck(luck) {
    this.state.luck = luck;
    this.draw();
  }

  // What the last run says, now that its bet is decided.
  unveil() {
    this.draw();
    this.wager.answer();
    this.telling.count(this.state.last.goals);
    this.parts.sentence.speak(this.state.last.tell);
  }

  // Whether this page is still there when the pictures on the screen are.
  async draw() {
    const { number } = this.state.last;
    delete this.root.dataset.whole;
    const failed = () => void this.parts.notices.show("chart", this.words.no_chart);
    const shown = await this.parts.pictures.show(this.state).catch(failed);
    shown?.others.then((whole) => whole && Object.assign(this.root.dataset, { whole: number, ready: true }), failed);
    return !this.signal.aborted;
  }

  // --- moving through settings
  move(name, value) {
    this.parts.notices.clear("problem");
    this.state.move(name, value);
    // first: the kernel works while the page is drawn; while one plays, what is set holds from the next period on
    if (!this.state.decisions) this.run();
    this.parts.controls.show(this.state.current.values);
    this.parts.situations.show(this.state);
  }

  // Another part of the page offers settings: taken, unless they are another module's or a bet is still open.
  handed(event) {
    const { module, values } = event.detail;
    if (module !== this.content.module || this.state.veiled) return;
    event.preventDefault();
    for (const [name, number] of Object.entries(values)) {
      if (shown(this.content).some((one) => one.name === name) && !heldByTask(this.content, name)) this.move(name, number);
    }
    this.settle();
  }

  settle() {
    this.state.settle();
    this.save();
    this.parts.tools.show(this.state);
    this.parts.handing.stale();
  }

  fold(name, open) {
    this.state.fold(name, open);
    this.save();
  }

  step(next) {
    this.parts.notices.clear("problem");
    this.state.step(next);
    this.show(true);
  }

  choose(preset) {
    this.wager.forget();
    this.parts.notices.clear("problem");
    this.state.step(this.state.ofPreset(preset));
    if (this.state.presets.get(preset).play) this.state.beginPlay();
    this.show(true);
    this.wager.offer();
  }

  // Show the settings as they are, and run them or not.
  show(andRun) {
    const { values, seed } = this.state.current;
    this.parts.controls.show(values);
    this.parts.dice.show(seed);
    this.parts.situations.show(this.state);
    this.parts.tools.show(this.state);
    this.parts.handing.stale();
    this.playing.tell();
    this.save();
    if (andRun) this.run();
  }

  save() {
    if (this.signal.aborted) return;
    this.live.set(this.content.slot, this.state.record());
    if (!this.keep.write(this.state.record())) this.parts.notices.show("memory", this.words.not_kept);
  }

  offerOther(other) {
    if (!this.state.usable(other.state)) return;
    const answer = (label, act) =>
      element("button", { type: "button", onclick: () => { this.parts.notices.clear("other"); act(); } }, label);
    const take = answer(this.words.take_other, () => this.step(other.state));
    const stay = answer(this.words.keep_mine, () => {});
    this.parts.notices.show("other", this.words.other_tab, element("div", { class: "course-buttons" }, take, stay));
  }

  keys(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    event.stopPropagation();
    const back = key === "z" && !event.shiftKey;
    if (back ? this.state.undo() : this.state.redo()) this.show(true);
  }

  // --- pin and compare
  async togglePin() {
    this.state.togglePin();
    const { last, pinned } = this.state;
    this.parts.tools.show(this.state);
    if (!last) return;
    this.parts.figures.show(last, pinned);
    await this.draw();
  }

  // --- the page's address
  writeAddress() {
    // a run may have begun to be played meanwhile; a task stays in the address
    if (!this.state.last.code || this.content.task) return;
    this.state.addressed();
    this.save();
    history.replaceState(history.state, "", `#run=${this.state.last.code}`);
  }

  openAddress() {
    return openAddress(this.state, isReload(), (what) => this.talk.ask("open", what), (preset) => this.choose(preset));
  }
}
