// One question to the kernel at a time; of the questions that come meanwhile only the newest is asked next.
//
// Results are remembered, and one more can be had in advance: a step to where one has been, or will probably go, waits for
// nobody, however far away the kernel is.
import { timer } from "../page/life.js";
import { wire } from "../page/wire.js";
import { PROTOCOL } from "./protocol.js";

const SLOW = 1_500;
const SILENT = 12_000;
const REMEMBERED = 32;

const place = ({ values, seed, decisions = null }) => JSON.stringify([Object.entries(values).sort(), seed, decisions]);

// The newest results by their settings.
export function shelf(most = REMEMBERED) {
  const known = new Map();
  return {
    find: (settings) => known.get(place(settings)),
    put(settings, answer) {
      known.delete(place(settings));
      known.set(place(settings), answer);
      if (known.size > most) known.delete(known.keys().next().value);
    },
  };
}

export class Conversation {
  #known = shelf();
  #number = 0;
  #asked = null;
  #next = null;
  #ahead = null;

  // `hear`: { result(message, buffers), problem(text), slow(), silent(), ahead?(message, buffers) }
  constructor(model, hear, signal) {
    this.hear = hear;
    this.patience = [timer(signal), timer(signal)];
    this.wire = wire(model, PROTOCOL, signal);
    this.wire.hear({ result: (...what) => this.#receive(...what), problem: (...what) => this.#receive(...what) });
  }

  // `fields`: { values, seed, decisions? } of a "run", { code } or { preset } of an "open"
  ask(kind, fields) {
    if (this.#asked) {
      this.#next = [kind, fields];
      return;
    }
    const answer = kind === "run" ? this.#known.find(fields) : null;
    if (answer) {
      this.wire.send("set", fields);
      this.#deliver(...answer, false);
      return;
    }
    if (kind === "run" && this.#ahead && place(this.#ahead) === place(fields)) {
      // it is on its way
      this.#asked = { kind, fields, number: this.#ahead.number };
      this.wire.send("set", fields);
    } else {
      this.#asked = { kind, fields, number: (this.#number += 1) };
      this.wire.send(kind, { number: this.#number, ...fields });
    }
    this.#wait();
  }

  // Run settings that are not asked for yet.
  foresee({ values, seed }) {
    if (this.#asked || this.#ahead || seed === null || this.#known.find({ values, seed })) return;
    this.#ahead = { values, seed, number: (this.#number += 1) };
    this.wire.send("foresee", this.#ahead);
  }

  // Repeat a question that got lost on the way.
  again() {
    this.#ahead = null;
    if (!this.#asked) return;
    const { kind, fields } = this.#asked;
    const question = this.#next ?? [kind, fields];
    for (const each of this.patience) each.clear();
    this.#asked = this.#next = null;
    this.ask(...question);
  }

  #wait() {
    const [slow, silent] = this.patience;
    slow.start(this.hear.slow, SLOW);
    silent.start(this.hear.silent, SILENT);
  }

  #receive(message, buffers) {
    // what goes wrong beside the runs has no number and is told elsewhere
    if (!Number.isInteger(message.number)) return;
    const result = message.kind === "result";
    if (message.number === this.#ahead?.number) {
      if (result) this.#known.put(this.#ahead, [message, buffers]);
      this.#ahead = null;
      if (result) this.hear.ahead?.(message, buffers);
    }
    if (message.number !== this.#asked?.number) return;
    for (const each of this.patience) each.clear();
    const { kind, fields } = this.#asked;
    // without a number of its own for the dice, every run is another one
    if (result && kind === "run" && fields.seed !== null) this.#known.put(fields, [message, buffers]);
    const waiting = this.#next;
    this.#asked = this.#next = null;
    if (result) this.#deliver(message, buffers, kind === "open");
    else this.hear.problem(message.message);
    if (waiting) this.ask(...waiting);
  }

  // Pictures are numbered as they come, whenever they were asked for.
  #deliver(message, buffers, opened) {
    this.#number += 1;
    this.hear.result({ ...message, number: this.#number, opened }, buffers);
  }
}
