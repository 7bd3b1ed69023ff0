// What a simulator is set to, where it has been, and what the learner has guessed and pinned: no page and no kernel.
import { read } from "../journey/touchpoints.js";
import { decimals } from "../page/dom.js";

const STEPS = 100;
// browsers may load a page again under the address before last
const OWN_CODES = 2;

// Settings, { values, seed, preset }, over time. `undo` and `redo` tell whether there was a step to take.
export function timeline(first) {
  let past = [];
  let future = [];
  let current = first;
  const move = (from, to) => {
    if (!from.length) return false;
    to.push(current);
    current = from.pop();
    return true;
  };
  return {
    get current() {
      return current;
    },
    get canUndo() {
      return past.length > 0;
    },
    get canRedo() {
      return future.length > 0;
    },
    commit(settings) {
      if (JSON.stringify(settings) === JSON.stringify(current)) return;
      past = [...past, current].slice(-STEPS);
      future = [];
      current = settings;
    },
    replace(settings) {
      current = settings;
    },
    undo: () => move(past, future),
    redo: () => move(future, past),
  };
}

// Who has gone one step will probably go another in the same direction: { name: number }, or null.
export function following(parameter, before, now) {
  const { name, low, high, step } = parameter;
  if (Math.abs(Math.abs(now - before) - step) > step / 1000) return null;
  const then = Number((2 * now - before).toFixed(decimals(step)));
  return then >= low && then <= high ? { [name]: then } : null;
}

export class State {
  // `kept`: { state, guesses, codes, reached, strategies, unfolded, play? } as `record` returned it once, or null
  constructor(content, kept) {
    this.content = content;
    this.presets = new Map(content.presets.map((preset) => [preset.key, preset]));
    this.guesses = kept?.guesses ?? {};
    this.codes = kept?.codes ?? [];
    // keys of challenges: reached once is reached for good
    this.reached = kept?.reached ?? [];
    // which folds of controls stand open, each by the name of its first control
    this.unfolded = kept?.unfolded ?? [];
    // kept to compare, by letter: { code, preset, how }
    this.strategies = kept?.strategies ?? {};
    this.last = null;
    this.pinned = null;
    // what many draws of the last run's settings gave (luck.js), until they change
    this.luck = null;
    this.starts = new Map();
    this.veiled = false;
    this.likely = null;
    this.steps = timeline(this.usable(kept?.state) ?? this.ofPreset(content.preset));
    this.current = this.steps.current;
    // while a run is played: the manager's levers in each period that is over, by name, and the settings before
    this.decisions = null;
    this.beforePlay = null;
    // what was decided in a run that is watched again, until somebody decides otherwise
    this.script = null;
    if (kept?.play) this.#resume(kept.play);
    else if (!kept && this.presets.get(content.preset)?.play) this.beginPlay();
  }

  // Settings that came from elsewhere, or null where they are not this simulation's.
  usable(old) {
    if (!old?.values || !this.presets.has(old.preset)) return null;
    const parameters = this.content.parameters;
    if (Object.keys(old.values).length !== parameters.length) return null;
    const fits = (one, value) => (one.journey ? read(value, one.journey) !== null : value >= one.low && value <= one.high);
    return parameters.every((one) => fits(one, old.values[one.name])) ? old : null;
  }

  ofPreset(key) {
    const starts = Object.fromEntries(this.content.parameters.map((one) => [one.name, one.start]));
    const { values, seed = 1 } = this.presets.get(key);
    return { values: { ...starts, ...values }, seed, preset: key };
  }

  // What differs from the situation's start: [{ parameter, before, now }].
  changes() {
    const { values } = this.ofPreset(this.current.preset);
    return this.content.parameters
      .map((parameter) => ({ parameter, before: values[parameter.name], now: this.current.values[parameter.name] }))
      .filter(({ before, now }) => before !== now);
  }

  // Challenges, by their conditions met, that are reached now and never were before.
  reach(progress) {
    const fresh = this.content.goals.filter(({ key }, at) => progress[at].every(Boolean) && !this.reached.includes(key));
    this.reached = [...this.reached, ...fresh.map(({ key }) => key)];
    return fresh;
  }

  fold(name, open) {
    this.unfolded = this.unfolded.filter((one) => one !== name);
    if (open) this.unfolded.push(name);
  }

  // A slider on its way; `settle` makes it a step.
  move(name, value) {
    const parameter = this.content.parameters.find((one) => one.name === name);
    this.script = null;
    this.likely = parameter.journey ? null : following(parameter, this.current.values[name], value);
    this.current = { ...this.current, values: { ...this.current.values, [name]: value } };
  }

  settle() {
    if (!this.decisions) this.steps.commit(this.current);
  }

  step(next) {
    this.decisions = this.script = null;
    this.current = next;
    this.settle();
  }

  undo() {
    return this.#moved(!this.decisions && this.steps.undo());
  }

  redo() {
    return this.#moved(!this.decisions && this.steps.redo());
  }

  // --- a run that is played
  beginPlay() {
    this.beforePlay = this.current;
    this.decisions = [];
  }

  // One more period is over, as the levers stand.
  pass() {
    const { levers, periods } = this.content.play;
    if (this.decisions.length >= periods) return;
    this.decisions = [...this.decisions, Object.fromEntries(levers.map((name) => [name, this.current.values[name]]))];
    this.#follow();
  }

  playAgain() {
    this.current = this.beforePlay;
    this.decisions = [];
    this.script = null;
  }

  // From the first period on, as it was decided.
  replay() {
    this.script = this.decisions;
    this.decisions = [];
    this.#follow();
  }

  #follow() {
    const next = this.script?.[this.decisions.length];
    if (next) this.current = { ...this.current, values: { ...this.current.values, ...next } };
    else this.script = null;
  }

  endPlay() {
    this.current = this.beforePlay;
    this.decisions = this.script = null;
  }

  // What was kept of a run in play, where it is this simulation's.
  #resume({ values, decisions, script = null }) {
    const { play } = this.content;
    const settings = (more) => ({ ...this.current, values: { ...this.current.values, ...more } });
    const whole = (one) => Object.keys(one ?? {}).sort().join() === [...play.levers].sort().join();
    const sound = (rows) =>
      Array.isArray(rows) && rows.length <= play.periods && rows.every((one) => whole(one) && this.usable(settings(one)));
    if (!play || !this.usable(settings(values)) || !sound(decisions)) return;
    this.beginPlay();
    this.current = settings(values);
    this.decisions = decisions;
    this.script = sound(script) ? script : null;
  }

  // Whether the last run is one whose end nobody knows yet.
  get unfinished() {
    return Number.isFinite(this.last?.period) && this.last.period < this.content.play.periods;
  }

  // What the kernel is asked to run.
  get asked() {
    const { values, seed } = this.current;
    return this.decisions ? { values, seed, decisions: this.decisions } : { values, seed };
  }

  #moved(so) {
    this.current = so ? this.steps.current : this.current;
    return so;
  }

  // What the kernel answered. A run that was asked for by code or link brings its own settings, and lifts the veil.
  receive(result) {
    this.last = result;
    this.remember(result);
    if (!result.opened) return;
    this.step(this.#settings(result));
    if (result.decisions) this.beginPlay();
    this.decisions = result.decisions ?? null;
    this.veiled = false;
  }

  // Keep a run that a situation starts with.
  remember(result) {
    if (Number.isFinite(result.period)) return;
    for (const { key } of this.content.presets) if (this.#same(this.ofPreset(key), result)) this.starts.set(key, result);
  }

  #same(one, other) {
    return one.seed === other.seed && this.content.parameters.every(({ name }) => one.values[name] === other.values[name]);
  }

  // What stands as a ghost behind the last run, where it is another: the run its situation starts with, and the pinned one.
  get start() {
    const start = this.starts.get(this.current.preset);
    if (!start || this.unfinished) return null;
    return Number.isFinite(this.last.period) || !this.#same(start, this.last) ? start : null;
  }

  // Whether the last run is the start of its situation.
  get atStart() {
    return this.last !== null && !Number.isFinite(this.last.period) && this.#same(this.ofPreset(this.current.preset), this.last);
  }

  // The settings of a start that is not known yet, or null.
  get unknownStart() {
    return this.starts.has(this.current.preset) ? null : this.ofPreset(this.current.preset);
  }

  // What the headline picture is about: the bet of the situation, or the first, and the guess if it was this situation's. Where
  // there is none and the situation is to be played, the first of those whose picture a manager has meanwhile.
  get headline() {
    const { bets, play } = this.content;
    const { preset } = this.current;
    const own = bets.find((bet) => bet.preset === preset);
    const known = this.presets.get(preset)?.play ? bets.find((bet) => play.known.includes(bet.path?.table)) : null;
    const bet = own ?? known ?? bets[0] ?? null;
    const guess = own && this.guesses[own.key];
    // a line that was drawn stands in its own picture
    return bet && { bet, guess: Number.isFinite(guess) ? guess : null };
  }

  // The kernel would not take the settings: back to the last that it took.
  retreat() {
    if (this.last) this.steps.replace(this.#settings(this.last));
    this.current = this.steps.current;
    this.decisions = null;
  }

  #settings(result) {
    return { values: result.values, seed: result.seed, preset: this.current.preset };
  }

  // The settings that are probably asked for next, or null.
  get foreseen() {
    return this.likely && { values: { ...this.current.values, ...this.likely }, seed: this.current.seed };
  }

  // The bet that stands open in this situation, or null; where there is one, the run is veiled.
  offer() {
    // who asks something else shows what it is about
    if (this.content.task) return null;
    const bet = this.content.bets.find((one) => one.preset === this.current.preset);
    const untouched = bet && JSON.stringify(this.current) === JSON.stringify(this.ofPreset(this.current.preset));
    const open = untouched && !(bet.key in this.guesses) ? bet : null;
    this.veiled = open !== null;
    return open;
  }

  // `guess` is a number, or a list of them where it was drawn, or null where the learner would rather see.
  lock(bet, guess) {
    this.guesses = { ...this.guesses, [bet.key]: guess };
    this.veiled = false;
  }

  // Keep the last run under the first letter that is free: the letter, or null.
  keep() {
    const letter = this.content.scorecard.letters.find((one) => !(one in this.strategies));
    if (!letter || !this.last?.code) return null;
    const how = this.decisions ? "played" : this.changes().length ? "changed" : "";
    this.strategies = { ...this.strategies, [letter]: { code: this.last.code, preset: this.current.preset, how } };
    return letter;
  }

  drop(letter) {
    this.strategies = Object.fromEntries(Object.entries(this.strategies).filter(([one]) => one !== letter));
  }

  togglePin() {
    this.pinned = this.pinned || !this.last ? null : this.last;
  }

  // The code of the last run stands in the page's address now.
  addressed() {
    if (this.codes[0] !== this.last.code) this.codes = [this.last.code, ...this.codes].slice(0, OWN_CODES);
  }

  // Whether an address with `code` is one of our own; after a reload it may be the one before.
  owns(code, reloaded) {
    return (reloaded ? this.codes : this.codes.slice(0, 1)).includes(code);
  }

  record() {
    const { current, decisions, guesses, codes, reached, script, strategies, unfolded } = this;
    const kept = { state: decisions ? this.beforePlay : current, guesses, codes, reached, strategies, unfolded };
    return decisions ? { ...kept, play: { values: current.values, decisions, script } } : kept;
  }
}
