// The days of a story: play, pause, a day on, a day back, and all of it again. What a day looks like is shown elsewhere.
import { element, fill, say } from "../page/dom.js";
import { timer } from "../page/life.js";

// milliseconds a day
const PACES = { slow: 1_600, usual: 800, fast: 300 };

// `words`: a network's; `turn(day, aloud)` shows a day, and says it where somebody asked for it. Who wants nothing to move by
// itself (`still`) has no button that plays. Returns { node, day, reach(last, follow) }: `last` is the last day there is to see.
export class Days {
  constructor(words, turn, still, signal) {
    this.words = words;
    this.turn = turn;
    this.still = still;
    this.last = 0;
    this.day = null;
    this.running = false;
    this.pace = timer(signal);
    this.place = element("span", { class: "quiet" });
    const button = (key, label, act) => element("button", { type: "button", "data-do": `network-${key}`, onclick: act }, label);
    this.buttons = {
      play: still ? null : button("play", words.play, () => this.#playOrPause()),
      back: button("back", words.back, () => this.#go(this.day - 1)),
      step: button("step", words.step, () => this.#go(this.day + 1)),
      again: button("again", still ? words.to_start : words.replay, () => this.#again()),
    };
    if (this.buttons.play) this.buttons.play.className = "main";
    this.speed = element("select", { "aria-label": words.speed }, Object.keys(PACES).map((key) => element("option", { value: key }, words[key])));
    this.speed.value = "usual";
    this.node = element("div", { class: "course-buttons course-days" }, Object.values(this.buttons), still ? null : this.speed, this.place);
  }

  // There is a run with days up to `last`; one that is played period by period is followed, any other stays where it was.
  reach(last, follow) {
    const before = this.last;
    this.last = last;
    if (follow ? last !== before || this.day === null : this.day === null) this.day = last;
    this.day = Math.min(this.day, last);
    this.#tell();
  }

  #go(day) {
    this.#stop();
    this.#show(day);
  }

  #again() {
    this.#stop();
    this.#show(0);
    if (!this.still) this.#playOrPause();
  }

  #playOrPause() {
    if (this.running) {
      this.#stop();
      this.#tell();
      return;
    }
    this.running = true;
    if (this.day >= this.last) this.#show(0);
    this.#tell();
    this.#wait();
  }

  #wait() {
    this.pace.start(() => {
      this.#show(this.day + 1);
      if (this.day >= this.last) this.#stop();
      this.#tell();
      if (this.running) this.#wait();
    }, PACES[this.speed.value]);
  }

  #stop() {
    this.running = false;
    this.pace.clear();
  }

  #show(day) {
    this.day = Math.min(Math.max(day, 0), this.last);
    this.turn(this.day, true);
    this.#tell();
  }

  #tell() {
    const { back, step, play } = this.buttons;
    const { activeElement } = document;
    back.disabled = this.day === 0;
    step.disabled = this.day >= this.last;
    if (play) {
      play.disabled = this.last === 0;
      say(play, this.running ? this.words.pause : this.words.play);
    }
    say(this.place, fill(this.words.day_of, { day: this.day, all: this.last }));
    // a button that rests has lost the focus
    const resting = [back, step].find((button) => button === activeElement && button.disabled);
    if (resting) (resting === back ? step : back).focus();
  }
}
