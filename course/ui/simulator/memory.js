// What this browser keeps for `slot`: { state, guesses, codes, reached, strategies, unfolded, tab, time }; `codes` are the two that this page last put
// into its address, newest first: on a reload they tell our own address, whose settings may be older than the kept ones,
// from a link that somebody sent. Two tabs may share a slot; neither overwrites unseen.
import { onOtherTab, recall, remember } from "../page/page.js";

export function keeper(slot, otherTab, signal) {
  const key = `sim.${slot}`;
  const tab = Math.random().toString(36).slice(2);
  onOtherTab(key, (kept) => kept.tab !== tab && otherTab(kept), signal);
  return {
    read: () => recall(key),
    write: (record) => remember(key, { ...record, tab, time: Date.now() }),
  };
}
