// The line to the server: orders go out one after the other, each with the versions that the one before it brought back.
import { merged } from "./state.js";

/** @typedef {import("./state.js").Desk} Desk */
/** @typedef {import("./state.js").Order} Order */

const AGAIN_MS = 2000;

/**
 * `store` holds the desk (`get`, `set`); `post(order as JSON)` answers { status, said } and throws where nobody answers.
 * `told(state, said)` hears "saving", "saved", "unsaved", "stale" and "refused".
 * @param {{get: () => Desk, set: (desk: Desk) => void}} store
 * @param {(body: any) => Promise<{status: number, said: any}>} post
 * @param {(state: string, said?: any) => void} told
 * @param {(again: () => void, ms: number) => void} later
 */
export function line(store, post, told, later = setTimeout) {
  /** @type {Order[]} */
  let waiting = [];
  let busy = false;

  async function next() {
    if (busy || !waiting.length) return;
    busy = true;
    told("saving");
    const order = waiting[0];
    let answer;
    try {
      answer = await post(body(store.get(), order));
    } catch {
      busy = false;
      told("unsaved");
      later(next, AGAIN_MS);
      return;
    }
    busy = false;
    if (answer.status === 200) {
      waiting = waiting.slice(1);
      store.set(merged(store.get(), answer.said, waiting));
      if (waiting.length) next();
      else told("saved", answer.said);
    } else {
      // what was to follow was meant for what is no longer so
      waiting = [];
      told(answer.status === 409 ? "stale" : "refused", { ...answer.said, key: order.keys[0] });
    }
  }

  return {
    /** @param {Order} order */
    send(order) {
      waiting.push(order);
      return next();
    },
    /** Whether all is saved. */
    idle: () => !waiting.length,
  };
}

/** @param {Desk} desk @param {Order} order */
function body(desk, order) {
  const versions = new Map(desk.answers.map((one) => [one.key, one.version]));
  const { keys, ...rest } = order;
  return { ...rest, revision: desk.revision, marks: keys.map((key) => ({ key, version: versions.get(key) })) };
}
