// A simulator's settings over time: the steps taken back and forth, and what the browser keeps of them.
import { onOtherTab, recall, remember } from "../page/page.js";

const STEPS = 100;

// States are plain objects { values, seed, preset }. `changed()` is called after every move through time.
export function timeline(first, changed) {
  let past = [];
  let future = [];
  let current = first;
  const move = (from, to) => {
    if (!from.length) return;
    to.push(current);
    current = from.pop();
    changed(current);
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
    commit(state) {
      if (JSON.stringify(state) === JSON.stringify(current)) return;
      past = [...past, current].slice(-STEPS);
      future = [];
      current = state;
    },
    replace(state) {
      current = state;
    },
    undo: () => move(past, future),
    redo: () => move(future, past),
  };
}

// What this browser keeps for `slot`: { state, guesses, codes, tab, time }; `codes` are the two that this page last put
// into its address, newest first: on a reload they tell our own address, whose settings may be older than the kept ones,
// from a link that somebody sent. Two tabs may share a slot; neither overwrites unseen.
export function keeper(slot, otherTab) {
  const key = `sim.${slot}`;
  const tab = Math.random().toString(36).slice(2);
  const stop = onOtherTab(key, (kept) => kept.tab !== tab && otherTab(kept));
  return {
    read: () => recall(key),
    write: (state, guesses, codes) => remember(key, { state, guesses, codes, tab, time: Date.now() }),
    stop,
  };
}
