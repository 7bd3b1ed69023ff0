// What is asked beside a run, on demand: why its figures moved, and who its people are.
import { wire } from "../page/wire.js";
import { peoplePanel } from "./people.js";
import { PROTOCOL } from "./protocol.js";
import { whyPanel } from "./why.js";

// Returns { why, people, stale() }: the two panels, and a way to say that what they show is of an earlier run.
export function asides(model, content, state, signal) {
  const line = wire(model, PROTOCOL, signal);
  const why = whyPanel(content, () => {
    const { number, values, seed } = state.last;
    const { values: before, seed: before_seed } = state.ofPreset(state.current.preset);
    line.send("why", { number, values, seed, before, before_seed });
  });
  const people = peoplePanel(content, () => {
    // who they are tells how it ends
    if (state.last && !state.unfinished) line.send("people", { number: state.last.number, ...state.asked });
  });
  // an answer about a run that has changed since is not shown
  const newest = ({ number }) => number === state.last?.number;
  line.hear({
    why: (answer) => newest(answer) && why.show(state.changes(), answer),
    people: (answer) => newest(answer) && people.show(answer.people),
  });
  return {
    why,
    people,
    stale() {
      const { play_why, recorded_why } = content.words;
      why.stale(state.atStart, state.decisions ? play_why : state.last?.asked ? recorded_why : "");
      people.stale();
    },
  };
}
