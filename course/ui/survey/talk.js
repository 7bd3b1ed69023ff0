// What page and kernel say to each other about one survey, and how long silence may last.
import { timer } from "../page/life.js";
import { wire } from "../page/wire.js";
import { PROTOCOL } from "./protocol.js";

const SILENT = 20_000;
// after these the kernel owes no further word
const LAST_WORDS = new Set(["want", "survey", "result", "problem", "file", "nothing"]);

// `tool`: its key. `slots`: a function for each word of the kernel; `heard()` is called before any of them, `silent()` where none comes.
// Returns { ask(what, details, buffers), again() }; `again` repeats a question that got lost on the way.
export function surveyTalk(model, tool, slots, { heard, silent }, signal) {
  const line = wire(model, PROTOCOL, signal, { tag: "do", envelope: { kind: "tool", tool } });
  const patience = timer(signal);
  let asked = null;

  function ask(what, details = {}, buffers = []) {
    asked = [what, details, buffers];
    patience.start(silent, SILENT);
    line.send(what, details, buffers);
  }

  function receive(message, buffers) {
    heard();
    if (LAST_WORDS.has(message.do)) {
      asked = null;
      patience.clear();
    } else if (asked) patience.start(silent, SILENT);
    slots[message.do](message, buffers);
  }

  line.hear(Object.fromEntries(Object.keys(slots).map((word) => [word, receive])));
  return { ask, again: () => asked && ask(...asked) };
}
