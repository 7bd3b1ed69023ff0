// The simulator: controls on one side, a picture that moves on the other, and one sentence that says what happened.
//
// State (state.js) knows what is set, view (view.js and the pieces it lays out) shows it, talk (talk.js) asks the kernel;
// here the three meet.
import { element, fill } from "../page/dom.js";
import { timer } from "../page/life.js";
import { notices, reloadButton } from "../page/notices.js";
import { followKernel, isReload } from "../page/page.js";
import { asked, takeAway } from "./address.js";
import { betCard, betResult } from "./bet.js";
import { sliders } from "./controls.js";
import { figureTable } from "./figures.js";
import { goalList } from "./goals.js";
import { withGuesses } from "./guess.js";
import { keeper } from "./memory.js";
import { peoplePanel } from "./people.js";
import { pictures } from "./pictures.js";
import { State } from "./state.js";
import { studyPanel } from "./study.js";
import { readTables, tableView } from "./tables.js";
import { Conversation } from "./talk.js";
import { wire } from "../page/wire.js";
import { PROTOCOL } from "./protocol.js";
import { whyPanel } from "./why.js";
import { dice, layout, sentence, situations, tools } from "./view.js";

const SPOKEN_AFTER = 500;
// so long after the last picture nobody is in the midst of a movement
const FORESEE_AFTER = 60;
// browsers refuse more than about three changes of address a second
const ADDRESS_AFTER = 400;

export function renderSimulator({ model, el, signal }) {
  startSimulator(model, model.get("content"), el, { inApp: false, signal });
}

// `inApp`: the page is ours alone, so its address carries the settings.
export function startSimulator(model, described, root, { inApp, signal }) {
  const views = withGuesses(described.views, described.bets, described.words.bet_value);
  new Simulator(model, { ...described, views, level: inApp ? "h2" : "h4" }, root, inApp, signal).begin();
}

class Simulator {
  constructor(model, content, root, inApp, signal) {
    this.model = model;
    this.content = content;
    this.root = root;
    this.inApp = inApp;
    this.signal = signal;
    this.words = content.words;
    this.timers = { spoken: timer(signal), address: timer(signal), foresee: timer(signal) };
    // drawn anew in another language: what the page holds is newer than what the browser keeps
    this.live = globalThis.__course.live ??= new Map();
    this.redrawn = this.live.get(content.slot);
    this.keep = keeper(content.slot, (other) => this.offerOther(other), signal);
    this.state = new State(content, this.redrawn ?? this.keep.read());
    // a guess that waits for its run
    this.owed = null;
    this.parts = this.pieces();
    this.page = layout(content, this.parts, { inApp, signal, onkeydown: (event) => this.keys(event) });
    root.append(this.page.node);
    this.talk = this.conversation();
    this.wire = wire(model, PROTOCOL, signal);
    const newest = ({ number }) => number === this.state.last?.number;
    this.wire.hear({
      why: (answer) => this.meetWhy(answer),
      people: (answer) => newest(answer) && this.people.show(answer.people),
    });
  }

  pieces() {
    const { content, model, state, signal } = this;
    this.why = whyPanel(content, () => this.askWhy());
    this.people = peoplePanel(content, () => this.askPeople());
    const walk = (way) => () => state[way]() && this.show(true);
    return {
      notices: notices(),
      situations: situations(content, (preset) => this.choose(preset)),
      tools: tools(content, {
        undo: walk("undo"),
        redo: walk("redo"),
        reset: () => this.choose(state.current.preset),
        pin: () => this.togglePin(),
      }),
      controls: sliders(
        content,
        {
          moved: (name, number) => this.move(name, number),
          settled: () => this.settle(),
          folded: (name, open) => this.fold(name, open),
        },
        state.unfolded,
      ),
      dice: dice(content, (seed) => this.step({ ...state.current, seed })),
      pictures: pictures(model, content, this.root.closest(".course"), signal, this.people.node),
      sentence: sentence(content.words),
      figures: figureTable(content, this.why),
      goals: goalList(content),
      study: studyPanel(model, content, signal, (luck) => this.meetLuck(luck)),
      tables: tableView(content),
      take: takeAway(content, () => state.last, this.inApp),
    };
  }

  begin() {
    if (this.inApp) addEventListener("hashchange", () => this.openAddress(), { signal: this.signal });
    this.show(false);
    if (this.redrawn || !this.inApp || !this.openAddress()) {
      this.run();
      this.offerBet();
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

  askWhy() {
    const { last } = this.state;
    const { values: before, seed } = this.state.ofPreset(this.state.current.preset);
    this.wire.send("why", { number: last.number, values: last.values, seed: last.seed, before, before_seed: seed });
  }

  askPeople() {
    const { last } = this.state;
    if (last) this.wire.send("people", { number: last.number, values: last.values, seed: last.seed });
  }

  // Reasons that were asked for, unless the run has changed since.
  meetWhy(answer) {
    if (answer.number === this.state.last?.number) this.why.show(this.state.changes(), answer);
  }

  run() {
    const { values, seed } = this.state.current;
    this.parts.study.cancel();
    this.state.luck = null;
    this.talk.ask("run", { values, seed });
  }

  refused(text) {
    const first = !this.state.last;
    this.parts.notices.show("problem", text);
    this.state.retreat();
    this.show(first);
    if (first) this.offerBet();
  }

  async receive(message, buffers) {
    this.parts.notices.clear("silent", "dead", "lost");
    this.parts.controls.warn("");
    this.state.receive({ ...message, rows: readTables(message.tables, buffers) });
    if (message.opened) {
      this.page.bet.replaceChildren();
      this.page.veil(false);
      this.show(false);
    }
    this.tell();
    if (!this.state.veiled) this.answer();
    if (!(await this.draw())) return;
    if (this.inApp) this.timers.address.start(() => this.writeAddress(), ADDRESS_AFTER);
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

  // Everything that the last run says but its pictures.
  tell() {
    const { last, pinned, veiled } = this.state;
    const { figures, sentence, tables } = this.parts;
    this.parts.controls.rest(last.idle);
    figures.show(last, pinned);
    this.why.stale(this.state.atStart);
    this.people.stale();
    tables.show(last.rows);
    sentence.tell(last.tell);
    this.timers.spoken.start(() => !this.state.veiled && sentence.speak(last.tell), SPOKEN_AFTER);
    if (!veiled) this.count(last.goals);
  }

  // Challenges: what is met now, and what is reached for the first time.
  count(progress) {
    const { controls, goals, sentence } = this.parts;
    const fresh = this.state.reach(progress);
    goals.show(progress, this.state.reached);
    if (!fresh.length) return;
    const text = fill(this.words.goal_done, { label: fresh.map(({ label }) => label).join(this.words.list) });
    sentence.reached(text);
    controls.praise(`✓ ${text}`);
    this.save();
  }

  // Whether the pictures are there and this page still is.
  async draw() {
    try {
      await this.parts.pictures.show(this.state);
      this.root.dataset.ready = "true";
    } catch {
      this.parts.notices.show("chart", this.words.no_chart);
    }
    return !this.signal.aborted;
  }

  // --- moving through settings
  move(name, number) {
    this.parts.notices.clear("problem");
    this.state.move(name, number);
    this.run(); // first: the kernel works while the page is drawn
    this.parts.controls.show(this.state.current.values);
    this.parts.situations.show(this.state);
  }

  settle() {
    this.state.settle();
    this.save();
    this.parts.tools.show(this.state);
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
    this.owed = null;
    this.page.outcome.replaceChildren();
    this.step(this.state.ofPreset(preset));
    this.offerBet();
  }

  // Show the settings as they are, and run them or not.
  show(andRun) {
    const { values, seed } = this.state.current;
    this.parts.controls.show(values);
    this.parts.dice.show(seed);
    this.parts.situations.show(this.state);
    this.parts.tools.show(this.state);
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

  // --- the bet
  offerBet() {
    const bet = this.state.offer();
    this.page.bet.replaceChildren(...(bet ? [betCard(this.content, bet, (guess) => this.reveal(bet, guess))] : []));
    this.page.veil(this.state.veiled);
  }

  reveal(bet, guess) {
    const { last } = this.state;
    this.state.lock(bet, guess);
    this.save();
    this.page.bet.replaceChildren();
    this.page.veil(false);
    this.owed = guess === null ? null : { bet, guess };
    if (!this.owed) this.parts.situations.focus(this.state.current.preset);
    if (!last) return;
    this.draw();
    this.answer();
    this.count(last.goals);
    this.parts.sentence.speak(last.tell);
  }

  // What came of a guess, as soon as the run is there that it was about.
  answer() {
    if (!this.owed || this.state.changes().length) return;
    const { bet, guess } = this.owed;
    this.owed = null;
    const outcome = betResult(this.content, bet, guess, this.state.last);
    this.page.outcome.replaceChildren(outcome);
    outcome.focus();
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
    this.state.addressed();
    this.save();
    history.replaceState(history.state, "", `#run=${this.state.last.code}`);
  }

  // Whether the address asked for something.
  openAddress() {
    const { run, preset } = asked(location);
    if (this.state.owns(run, isReload())) return false;
    if (run) this.talk.ask("open", { code: run });
    else if (preset && this.state.presets.has(preset)) this.choose(preset);
    else if (preset) this.talk.ask("open", { preset });
    else return false;
    return true;
  }
}
