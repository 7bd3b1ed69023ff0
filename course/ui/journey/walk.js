// A guest of the run walks through the journey, touchpoint by touchpoint: what went right, what went wrong, how it felt.
import { amount } from "../page/amounts.js";
import { element, fill, say } from "../page/dom.js";
import { timer } from "../page/life.js";
import { nameOf } from "./touchpoints.js";

// milliseconds from one touchpoint to the next
const PACE = 1_400;
const STILL = "(prefers-reduced-motion: reduce)";

// The steps of one guest: { at, right, felt } in their order, out of the rows { guest, stop, right, felt } of all of them.
export function stepsOf(rows, guest) {
  return rows.filter((row) => row.guest === guest).map(({ stop, right, felt }) => ({ at: stop - 1, right: right === 1, felt }));
}

export class Walk {
  // `mark(at, how, here)` marks the touchpoint `at`; `list()` are the touchpoints as they are shown.
  constructor({ journey, words, language }, { mark, list }, signal, still = matchMedia(STILL).matches) {
    this.journey = journey;
    this.words = words;
    this.language = language;
    this.mark = mark;
    this.list = list;
    this.pace = timer(signal);
    this.rows = { walkers: [], guests: [] };
    this.guest = 0;
    this.over = 0;
    this.running = false;
    const button = (key, label, act) => element("button", { type: "button", "data-do": `walk-${key}`, onclick: act }, label);
    this.next = button("next", words.walk_next, () => this.#press(() => this.#step()));
    // who wants nothing to move by itself goes on step by step
    this.turn = still ? null : button("turn", words.walk_play, () => this.#turn());
    this.other = button("other", words.walk_other, () => this.#press(() => this.#begin(this.guest + 1)));
    this.told = element("p", { class: "course-walk-told", role: "status" });
    this.node = element(
      "div",
      { class: "course-walk", role: "group", "aria-label": words.walk },
      element("p", { class: "course-walk-head" }, words.walk),
      element("div", { class: "course-buttons" }, this.next, this.turn, this.other),
      this.told,
    );
  }

  get steps() {
    const steps = stepsOf(this.rows.walkers, this.rows.guests[this.guest]?.guest);
    // until the run of a longer or shorter journey is there, nobody has walked it
    return steps.length === this.list().length ? steps : [];
  }

  // There is another run: its guests have walked another journey.
  run({ walkers = [], guests = [] }) {
    this.rows = { walkers, guests };
    this.#stop();
    this.#begin(this.guest);
  }

  #begin(guest) {
    this.guest = this.rows.guests.length ? guest % this.rows.guests.length : 0;
    this.over = 0;
    this.#tell();
  }

  #press(act) {
    this.#stop();
    act();
    this.#tell();
  }

  #step() {
    this.over = this.over < this.steps.length ? this.over + 1 : 1;
    this.#tell();
  }

  #turn() {
    if (this.running) return this.#press(() => {});
    this.running = true;
    this.#go();
  }

  #go() {
    this.#step();
    if (this.over >= this.steps.length) this.running = false;
    else this.pace.start(() => this.#go(), PACE);
    this.#tell();
  }

  #stop() {
    this.running = false;
    this.pace.clear();
  }

  #tell() {
    const steps = this.steps;
    const here = steps[this.over - 1];
    this.list().forEach((_, at) => this.mark(at, "", false));
    for (const { at, right } of steps.slice(0, this.over)) this.mark(at, right ? "right" : "wrong", at === here?.at);
    this.next.disabled = !steps.length;
    if (this.turn) say(this.turn, this.running ? this.words.walk_pause : this.words.walk_play);
    say(this.next, this.over && this.over === steps.length ? this.words.walk_again : this.words.walk_next);
    say(this.told, here ? this.#sentence(steps, here) : fill(this.words.walk_waits, { guest: this.guest + 1, all: this.rows.guests.length }));
  }

  #sentence(steps, { at, right, felt }) {
    const number = (value) => amount(value, 1, "", this.language);
    const values = { guest: this.guest + 1, number: this.over, count: steps.length, name: nameOf(this.list()[at], this.journey), felt: number(felt) };
    const step = fill(right ? this.words.walk_right : this.words.walk_wrong, values);
    if (this.over < steps.length) return step;
    const { mishaps, remembered, mean } = this.rows.guests[this.guest];
    return `${step} ${fill(this.words.walk_end, { mishaps, remembered: number(remembered), mean: number(mean) })}`;
  }
}
