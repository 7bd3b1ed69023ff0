// A widget's model without a kernel: what the page says to it is asked of `ask` (service.js, or whoever has answers).
import { events, signal } from "../page/signal.js";
import { questionOf } from "./question.js";

// asked beside a run, these end no study
const ASIDES = ["foresee", "why", "people", "strategies", "debrief", "qr"];

const place = ({ values, seed, decisions = null }) => JSON.stringify([Object.entries(values).sort(), seed, decisions]);

export class ServedModel {
  #life = new AbortController();
  #events = events();
  #starts = new Map();
  #studying = new AbortController();
  #settings = null;
  #away = false;
  // (language, full) -> a promise of a model with a kernel of one's own, where this page can have one
  privately = null;

  // `first`: { part, content, start: [message, buffers], vega }. `ask(kind, fields, language, signal, told)` answers;
  // `described(language, signal)` gives { content, start } in another language.
  constructor(first, ask, described) {
    this.ask = ask;
    this.described = described;
    this.state = { part: first.part, content: first.content, _vega: first.vega };
    const kernel = {};
    for (const name of ["statusChanged", "connectionStatusChanged", "disposed"]) kernel[name] = signal(kernel);
    this.widget_manager = { kernel };
    this.#know(first.start);
  }

  get(name) {
    return this.state[name];
  }

  on(event, slot) {
    this.#events.on(event, slot);
  }

  off(event, slot) {
    this.#events.off(event, slot);
  }

  send(message) {
    const { kind, values, seed, decisions = null } = message;
    if (kind === "language") return this.#heed(this.#speak(message.language));
    // as in a kernel: whatever is asked of other settings ends many draws of these
    if (!ASIDES.includes(kind)) this.#studying.abort();
    if ((kind === "run" || kind === "set") && !decisions) this.#settings = { values, seed };
    if (kind === "study") this.#heed(this.#study());
    else if (kind !== "set" && kind !== "study_cancel") this.#heed(this.#answer(message));
  }

  // What asks over a network tells here how that is.
  lost() {
    if (!this.#away) this.widget_manager.kernel.connectionStatusChanged.emit("disconnected");
    this.#away = true;
  }

  back() {
    if (this.#away) this.widget_manager.kernel.connectionStatusChanged.emit("connected");
    this.#away = false;
  }

  end() {
    this.#life.abort();
    this.#studying.abort();
  }

  // Who is asked no more is told nothing.
  #heed(promise) {
    promise.catch((error) => error.name === "AbortError" || console.error(error));
  }

  #say(message, buffers) {
    if (!this.#life.signal.aborted) this.#events.emit("msg:custom", message, buffers);
  }

  #know([message, buffers]) {
    this.#starts = new Map([[place(message), [message, buffers]]]);
  }

  #question(message) {
    return questionOf(message, (this.state.content.simulator ?? this.state.content).play?.levers);
  }

  async #answer(message) {
    const runs = message.kind === "run" || message.kind === "foresee";
    // never at once: who asks is not ready for the answer yet
    const known = await Promise.resolve(runs ? this.#starts.get(place(message)) : null);
    const { language } = this.state.content;
    const [found, buffers] = known ?? (await this.ask(...this.#question(message), language, this.#life.signal));
    if (found.kind === "result" && message.kind === "open") this.#settings = { values: found.values, seed: found.seed };
    this.#say({ ...found, number: message.number }, buffers);
  }

  async #study() {
    this.#studying = new AbortController();
    const mine = this.#studying.signal;
    const told = (message, buffers) => mine.aborted || this.#say(message, buffers);
    const question = this.#question({ kind: "study", ...this.#settings });
    const [last, buffers] = await this.ask(...question, this.state.content.language, mine, told);
    told(last.kind === "problem" ? { ...last, number: null, of: "study" } : last, buffers);
  }

  async #speak(language) {
    const { content, start } = await this.described(language, this.#life.signal);
    this.#know(start);
    this.state.content = content;
    this.#events.emit("change:content");
  }
}
