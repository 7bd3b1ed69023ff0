// Everything that a run says but its pictures: figures, tables, the sentence, and the challenges it meets.
import { fill } from "../page/dom.js";
import { timer } from "../page/life.js";
import { resting } from "./playing.js";
import { heldByTask } from "./tasked.js";

const SPOKEN_AFTER = 500;

export class Telling {
  constructor({ content, state, parts, asides, save }, signal) {
    this.content = content;
    this.state = state;
    this.parts = parts;
    this.asides = asides;
    this.save = save;
    this.spoken = timer(signal);
  }

  tell() {
    const { last, pinned, veiled, unfinished } = this.state;
    const { controls, figures, scorecard, sentence, tables } = this.parts;
    controls.meet(last);
    const played = resting(this.content, this.state);
    controls.rest(last.idle, (name) => heldByTask(this.content, name) || played(name));
    if (!unfinished) figures.show(last, pinned);
    this.asides.stale();
    scorecard.show();
    tables.show(last.rows);
    sentence.tell(last.tell);
    this.spoken.start(() => !this.state.veiled && sentence.speak(last.tell), SPOKEN_AFTER);
    if (!veiled) this.count(last.goals);
  }

  // Challenges: what is met now, and what is reached for the first time.
  count(progress) {
    // nobody knows yet how it ends, or how it would end where the nearest recorded run is shown instead
    if (this.state.unfinished || this.state.last.asked) return;
    const { controls, goals, sentence } = this.parts;
    const { words } = this.content;
    const fresh = this.state.reach(progress);
    goals.show(progress, this.state.reached);
    if (!fresh.length) return;
    const text = fill(words.goal_done, { label: fresh.map(({ label }) => label).join(words.list) });
    sentence.reached(text);
    controls.praise(`✓ ${text}`);
    this.save();
  }
}
