// Strategies beside each other: the run on the screen and up to four kept ones, in one table and one picture; and the debrief,
// what the run owes to each of its parts. The kept ones are codes; the kernel runs them again, so that they cannot be stale.
import { drawViews } from "../chart/chart.js";
import { element, fill, say } from "../page/dom.js";
import { wire } from "../page/wire.js";
import { showMetric } from "./bet.js";
import { wordDifference } from "./figures.js";
import { PROTOCOL } from "./protocol.js";
import { readTables } from "./tables.js";

const FRAME = "strategies";

// Which of `runs`, [{ letter, metrics }], is best by each of `keys`: letters, null where several are.
export function winners(keys, runs) {
  return keys.map((key) => {
    const most = Math.max(...runs.map(({ metrics }) => metrics[key]));
    const best = runs.filter(({ metrics }) => metrics[key] === most);
    return best.length === 1 ? best[0].letter : null;
  });
}

// What is told of the winners at the horizons; "" where there is nothing to compare.
export function verdict({ words }, keys, runs) {
  if (runs.length < 2) return "";
  const best = winners(keys, runs);
  const names = new Set(best);
  if (names.has(null)) return "";
  return names.size === 1 ? fill(words.scorecard_one, { name: best[0] }) : words.scorecard_none;
}

// From where to where the bar of `amount` runs, in per cents of its place, with nothing where the bars meet.
export function barOf(amount, amounts) {
  const low = Math.min(0, ...amounts);
  const reach = Math.max(0, ...amounts) - low || 1;
  const [from, to] = [Math.min(0, amount), Math.max(0, amount)].map((one) => ((one - low) / reach) * 100);
  return { from, width: to - from };
}

// `act`: { save(), open(code) }. Returns { node, show() }; `node` is null where a simulation has no scorecard.
export function scorecardPanel(model, content, state, frame, act, signal) {
  if (!content.scorecard) return { node: null, show: () => {} };
  if (content.recorded) return { node: element("p", { class: "quiet" }, content.words.recorded_scorecard), show: () => {} };
  return new Panel(model, content, state, frame, act, signal);
}

class Panel {
  constructor(model, content, state, frame, act, signal) {
    this.model = model;
    this.content = content;
    this.state = state;
    this.frame = frame;
    this.act = act;
    this.signal = signal;
    this.drawn = null;
    this.debriefed = "";
    const { words, level, scorecard } = content;
    this.metrics = scorecard.metrics.map((key) => content.metrics.find((metric) => metric.key === key));
    this.kept = [];
    this.line = wire(model, PROTOCOL, signal);
    this.keep = element("button", { type: "button", "data-do": "keep", onclick: () => this.#keep() });
    this.table = element("table", { class: "course-scores" });
    this.verdict = element("p", { role: "status" });
    this.picture = element("div", { class: "course-views", hidden: true });
    this.told = element("div", { role: "status" });
    this.parts = element("div", { class: "course-scroll", tabindex: "0", role: "group", "aria-label": words.debrief });
    this.debrief = element(
      "details",
      { class: "course-debrief", ontoggle: () => this.#ask() },
      element("summary", {}, words.debrief),
      element("p", { class: "quiet" }, words.debrief_how),
      this.told,
      this.parts,
    );
    const scroll = { class: "course-scroll", tabindex: "0", role: "group", "aria-label": words.scorecard };
    this.node = element(
      "section",
      { class: "course-scorecard" },
      element(level, { class: "course-goals-head" }, words.scorecard),
      element("div", scroll, this.table),
      this.verdict,
      element("div", { class: "course-buttons" }, this.keep),
      this.picture,
      this.debrief,
    );
    this.line.hear({
      strategies: (answer, buffers) => this.#meet(answer, buffers),
      debrief: (answer) => answer.number === state.last?.number && this.#explain(answer),
    });
    this.#fetch();
  }

  // There is another run on the screen.
  show() {
    const { state } = this;
    if (state.unfinished) return;
    this.#lay();
    this.told.replaceChildren();
    this.parts.replaceChildren();
    // who has played to the end wants to know why
    if (state.decisions && state.last.code !== this.debriefed) this.debrief.open = true;
    this.debriefed = state.last.code;
    this.#ask();
  }

  #keep() {
    const letter = this.state.keep();
    if (!letter) return;
    this.act.save();
    this.#fetch();
  }

  #drop(letter) {
    this.state.drop(letter);
    this.act.save();
    this.#fetch();
    this.keep.focus();
  }

  #fetch() {
    const codes = Object.entries(this.state.strategies).map(([letter, { code }]) => [letter, code]);
    this.line.send("strategies", { kept: Object.fromEntries(codes) });
  }

  #meet({ runs, tables }, buffers) {
    this.kept = runs;
    if (this.state.last && !this.state.unfinished) this.#lay();
    this.#draw(readTables(tables, buffers)[FRAME] ?? []);
  }

  async #draw(rows) {
    this.picture.hidden = rows.length === 0;
    const { view } = this.content.scorecard;
    if (!this.drawn && !rows.length) return;
    this.drawn ??= drawViews(this.model, this.picture, [view], this.frame, this.signal, { [FRAME]: rows });
    const drawn = await this.drawn.catch(() => null);
    drawn?.entitle({}, this.verdict.textContent);
    await drawn?.push({ [FRAME]: rows });
  }

  #lay() {
    const { content, kept, metrics, state } = this;
    const { words, language, scorecard } = content;
    const now = { letter: words.now, metrics: state.last.metrics, goals: state.last.goals.map((met) => met.every(Boolean)) };
    const twin = kept.some(({ letter }) => state.strategies[letter]?.code === state.last.code);
    const runs = twin ? kept : [now, ...kept];
    const best = winners(scorecard.metrics, runs);
    const free = scorecard.letters.find((letter) => !(letter in state.strategies));
    say(this.keep, free ? fill(words.keep, { name: free }) : words.keep_full);
    this.keep.disabled = twin || !free || !state.last.code;
    const cell = (run, key, metric, row) => {
      const wins = runs.length > 1 && best[row] === run.letter;
      const text = showMetric(metric, run.metrics[key], language);
      if (!wins) return element("td", {}, text);
      return element("td", { class: "course-best" }, `★ ${text}`, element("span", { class: "unseen" }, ` ${words.scorecard_best}`));
    };
    const columns = [now, ...kept];
    const reached = ({ goals }) => goals.flatMap((met, at) => (met ? [`${at + 1}`] : [])).join(" · ") || "–";
    const head = (run) => element("th", { scope: "col" }, run.letter, run === now ? null : element("small", {}, this.#about(run.letter)));
    const line = (label, cells) => element("tr", {}, element("th", { scope: "row" }, label), cells);
    this.table.replaceChildren(
      element("caption", { class: "unseen" }, words.scorecard),
      element("thead", {}, element("tr", {}, element("td", {}), columns.map(head))),
      element(
        "tbody",
        {},
        metrics.map((metric, row) => line(metric.label, columns.map((run) => cell(run, metric.key, metric, row)))),
        content.goals.length ? line(words.scorecard_goals, columns.map((run) => element("td", {}, reached(run)))) : null,
        kept.length ? line("", columns.map((run) => element("td", {}, run === now ? null : this.#buttons(run.letter)))) : null,
      ),
    );
    say(this.verdict, verdict(content, scorecard.metrics, runs));
  }

  #about(letter) {
    const { preset, how } = this.state.strategies[letter] ?? {};
    const label = this.state.presets.get(preset)?.label ?? "";
    return how ? fill(this.content.words[`strategy_${how}`], { preset: label }) : label;
  }

  #buttons(letter) {
    const { words } = this.content;
    const button = (what, name, act) =>
      element("button", { type: "button", "data-do": what, "aria-label": fill(words.of_strategy, { what: name, name: letter }), onclick: act }, name);
    const code = this.state.strategies[letter]?.code;
    return [
      button("show-strategy", words.strategy_show, () => this.act.open(code)),
      button("drop-strategy", words.strategy_drop, () => this.#drop(letter)),
    ];
  }

  #ask() {
    const { state, debrief } = this;
    if (!debrief.open || !state.last || state.unfinished) return;
    this.line.send("debrief", { number: state.last.number, ...state.asked });
  }

  #explain({ rows, text }) {
    const { content, metrics } = this;
    this.told.replaceChildren(...text.map((sentence) => element("p", {}, sentence)));
    const last = rows.map(({ amounts }) => amounts.at(-1));
    const bar = (amount) => {
      const { from, width } = barOf(amount, last);
      const look = amount < 0 ? "course-bar course-bar-down" : "course-bar";
      return element("td", { class: "course-bar-place", "aria-hidden": "true" }, element("i", { class: look, style: `left:${from}%;width:${width}%` }));
    };
    const lines = rows.map(({ name, amounts }) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, name),
        bar(amounts.at(-1)),
        amounts.toReversed().map((amount, at) => element("td", {}, wordDifference(metrics.at(-1 - at), amount, content))),
      ),
    );
    const heads = metrics.toReversed().map(({ label }) => element("th", { scope: "col" }, label));
    this.parts.replaceChildren(
      element(
        "table",
        { class: "course-parts" },
        element("caption", { class: "unseen" }, content.words.debrief),
        element("thead", {}, element("tr", {}, element("td", {}), element("td", { "aria-hidden": "true" }), heads)),
        element("tbody", {}, lines),
      ),
    );
  }
}
