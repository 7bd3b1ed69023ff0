// The way of a bet: offered over a veiled run, locked in, and answered as soon as the run is there that it was about.
import { betCard, betResult } from "./bet.js";

export class Wager {
  // `unveiled()` is called where a run is there to be shown.
  constructor({ content, state, page, parts }, save, unveiled) {
    this.content = content;
    this.state = state;
    this.page = page;
    this.parts = parts;
    this.save = save;
    this.unveiled = unveiled;
    // a guess that waits for its run
    this.owed = null;
  }

  offer() {
    const bet = this.state.offer();
    this.page.bet.replaceChildren(...(bet ? [betCard(this.content, bet, (guess) => this.reveal(bet, guess))] : []));
    this.page.veil(this.state.veiled);
  }

  reveal(bet, guess) {
    this.state.lock(bet, guess);
    this.save();
    this.lift();
    this.owed = guess === null ? null : { bet, guess };
    if (!this.owed) this.parts.situations.focus(this.state.current.preset);
    // a run of the situation before may still be the last one: what it says is no answer
    if (this.state.atStart) this.unveiled();
  }

  // Take the question away, and show what lay behind it.
  lift() {
    this.page.bet.replaceChildren();
    this.page.veil(false);
  }

  answer() {
    if (!this.owed || !this.state.atStart || this.state.changes().length) return;
    const { bet, guess } = this.owed;
    this.owed = null;
    const outcome = betResult(this.content, bet, guess, this.state.last);
    this.page.outcome.replaceChildren(outcome);
    outcome.focus();
  }

  forget() {
    this.owed = null;
    this.page.outcome.replaceChildren();
  }
}
