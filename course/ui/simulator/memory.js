// What this browser keeps for `slot`: { state, guesses, codes, reached, strategies, unfolded, tab, time }; `codes` are the two that this page last put
// into its address, newest first: on a reload they tell our own address, whose settings may be older than the kept ones,
// from a link that somebody sent. Of the tasks that teachers gave for a dashboard the last one is kept, by its code. Two tabs may share a slot; neither overwrites unseen.
import { onOtherTab, recall, remember } from "../page/page.js";

export function keeper(slot, otherTab, signal, task = undefined) {
  const key = `sim.${slot}`;
  const ours = (kept) => kept?.task === task;
  const tab = Math.random().toString(36).slice(2);
  onOtherTab(key, (kept) => kept.tab !== tab && ours(kept) && otherTab(kept), signal);
  return {
    read() {
      const kept = recall(key);
      return ours(kept) ? kept : null;
    },
    write: (record) => remember(key, { ...record, task, tab, time: Date.now() }),
  };
}
