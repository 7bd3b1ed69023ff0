// Answers on their way: each goes out with a number of its own until the server has it, over closed lines and reloads.

const AGAIN_MS = 2000;
const LONGEST_MS = 15000;

/**
 * @typedef {{step: string, round: number, number: number, value: unknown}} Answer
 * @typedef {{token: string, number: number, waiting: Answer[]}} Kept
 */

/** What a phone remembers of a room; a browser that forbids it remembers as long as the page is open. */
export function memory(key, storage) {
  /** @type {Kept} */
  let kept = { token: "", number: 0, waiting: [] };
  try {
    const found = JSON.parse(storage.getItem(key));
    if (found && typeof found.token === "string" && Array.isArray(found.waiting)) kept = { ...kept, ...found };
  } catch {
    // nothing was kept, or may be
  }
  return {
    get: () => kept,
    /** @param {Partial<Kept>} change */
    set(change) {
      kept = { ...kept, ...change };
      try {
        storage.setItem(key, JSON.stringify(kept));
      } catch {
        // private windows
      }
    },
    forget() {
      kept = { token: "", number: 0, waiting: [] };
      try {
        storage.removeItem(key);
      } catch {
        // private windows
      }
    },
  };
}

/**
 * `post(answer)` resolves to { status, said } and rejects where nobody answers.
 * `told(news, answer)` hears "sending", "received", "late", "refused" and "offline".
 */
export function outbox(kept, post, told, later = setTimeout) {
  let busy = false;
  let pause = AGAIN_MS;

  async function flush() {
    const answer = kept.get().waiting[0];
    if (busy || !answer) return;
    busy = true;
    told("sending", answer);
    let reply;
    try {
      reply = await post(answer);
    } catch {
      reply = { status: 0 };
    }
    busy = false;
    if (reply.status === 0 || reply.status === 429 || reply.status >= 500) {
      told("offline", answer);
      later(flush, pause);
      pause = Math.min(LONGEST_MS, pause * 2);
      return;
    }
    // with a token that is not known, the page joins anew and comes again
    if (reply.status === 403) return;
    pause = AGAIN_MS;
    kept.set({ waiting: kept.get().waiting.filter((one) => one.number !== answer.number) });
    told(reply.status === 200 ? (reply.said.said === "late" ? "late" : "received") : "refused", answer);
    await flush();
  }

  return {
    flush,
    /** An answer, which takes the place of those to the same question that have not gone out. */
    send(step, round, value) {
      const { number, waiting } = kept.get();
      const answer = { step, round, number: number + 1, value };
      const others = waiting.filter((one, index) => (busy && index === 0) || one.step !== step || one.round !== round);
      kept.set({ number: number + 1, waiting: [...others, answer] });
      return flush();
    },
    /** The answer to a question that is still on its way, undefined where none is. */
    underway: (step, round) => kept.get().waiting.findLast((one) => one.step === step && one.round === round),
  };
}
