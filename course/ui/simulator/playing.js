// A run that is played: period by period, with what a manager knows by then. State keeps what was decided, the kernel sends
// no more than is known; here are the buttons, and how it goes on.
import { element, fill, say } from "../page/dom.js";
import { timer } from "../page/life.js";

// milliseconds from one period to the next, long enough to read what happened
const PACE = 2_500;
const STILL = "(prefers-reduced-motion: reduce)";

// The button that begins, the bar of those that go on, and what rests meanwhile. `act`: { begin, next, turn, again, replay, end }.
// Returns { opener, node, rests, show({ on, finished, over, running }), focus(on, finished) }; the places are null where there
// is no time.
export function playBar({ play, words }, act, still = matchMedia(STILL).matches) {
  if (!play) return { opener: null, node: null, rests: null, show: () => {}, focus: () => {} };
  const button = (key, label) => element("button", { type: "button", "data-do": `play-${key}`, onclick: act[key] }, label);
  const opener = button("begin", play.offer);
  const next = button("next", play.next);
  next.className = "main";
  // who wants nothing to move by itself goes on step by step
  const turn = still ? null : button("turn", words.play);
  const again = button("again", words.play_again);
  const replay = button("replay", words.play_replay);
  const place = element("span", { class: "quiet" });
  const rests = element("p", { class: "quiet course-play-rests", hidden: true }, words.play_rests);
  const buttons = element("div", { class: "course-buttons" }, next, turn, again, replay, button("end", words.play_end), place);
  const node = element("div", { class: "course-play", role: "group", "aria-label": play.offer, hidden: true }, buttons);
  return {
    opener,
    node,
    rests,
    show({ on, finished, over, running }) {
      node.hidden = !on;
      rests.hidden = !on || finished;
      replay.hidden = !finished;
      next.disabled = finished;
      again.disabled = over === 0;
      if (turn) {
        turn.disabled = finished;
        say(turn, running ? words.pause : words.play);
      }
      say(place, fill(words.play_place, { over, all: play.periods }));
    },
    focus: (on, finished) => (on ? (finished ? again : next) : opener).focus(),
  };
}

// Why a control rests while a run is played: by its name, "" where it does not.
export function resting({ play, words }, state) {
  return (name) => {
    if (!state.decisions) return "";
    if (state.decisions.length >= play.periods) return words.play_over;
    return play.levers.includes(name) ? "" : words.play_stays;
  };
}

export class Playing {
  // `show(andRun)` shows the settings as they are.
  constructor({ content, state, page, show }, signal) {
    this.content = content;
    this.state = state;
    this.page = page;
    this.show = show;
    this.running = false;
    this.pace = timer(signal);
    this.bar = playBar(content, {
      begin: () => this.#go(() => state.beginPlay(), true),
      next: () => this.#next(),
      turn: () => this.#turn(),
      again: () => this.#go(() => state.playAgain(), true),
      replay: () => this.#go(() => state.replay(), true),
      end: () => this.#go(() => state.endPlay(), true),
    });
  }

  get #finished() {
    return this.state.decisions?.length >= this.content.play.periods;
  }

  #go(act, focused) {
    this.#stop();
    act();
    this.tell();
    this.show(true);
    if (focused) this.bar.focus(this.state.decisions !== null, false);
  }

  #next() {
    const { activeElement } = document;
    this.state.pass();
    this.tell();
    // a button that rests has lost the focus
    if (this.#finished && this.bar.node.contains(activeElement)) this.bar.focus(true, true);
    this.show(true);
  }

  #turn() {
    if (this.running) this.#stop();
    else this.running = true;
    this.tell();
    if (this.running) this.#next();
  }

  #stop() {
    this.running = false;
    this.pace.clear();
  }

  // There is a picture of the newest period.
  drawn() {
    if (this.running && (!this.state.decisions || this.#finished)) this.#stop();
    if (this.running) this.pace.start(() => this.#next(), PACE);
    this.tell();
  }

  tell() {
    if (!this.content.play) return;
    const { decisions } = this.state;
    const on = decisions !== null;
    this.bar.show({ on, finished: Boolean(this.#finished), over: decisions?.length ?? 0, running: this.running });
    this.page().play(on, this.state.unfinished);
  }
}
