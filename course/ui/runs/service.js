// Questions to the run service. A server that is away is asked again until it is there, or another one in its place.
import { readFrames, together } from "./frames.js";
import { addressOf } from "./question.js";

const TYPE = "application/vnd.course.run";
const FIRST_TRY = 500;
const LAST_TRY = 8_000;

const pause = (milliseconds, signal) =>
  new Promise((resolve, reject) => {
    const waiting = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => (clearTimeout(waiting), reject(signal.reason)), { once: true });
  });

// All frames of an answer; `told` gets each but the last as it comes.
async function read(response, told) {
  const reader = response.body.getReader();
  let rest = new Uint8Array();
  let last = null;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    const found = readFrames(together(rest, value));
    rest = found.rest;
    for (const one of found.frames) {
      if (last) told(...last);
      last = one;
    }
  }
  if (!last || rest.byteLength) throw new TypeError("the answer was cut off");
  return last;
}

// The server's own word on what is wrong, or null where somebody before it speaks.
async function refusal(response) {
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) return null;
  const { message } = await response.json();
  return typeof message === "string" ? message : null;
}

// `base`: the server's address with a slash at its end; `version`: the edition that the page belongs to. `line`: { lost(), back() }.
// Returns ask(kind, fields, language, signal, told) -> [message, buffers] of the last frame, or of a “problem”.
export function runService(base, module, version, line) {
  return async function ask(kind, fields, language, signal, told = () => {}) {
    const address = addressOf(base, module, kind, fields, { version, language });
    for (let tries = 0; ; tries += 1) {
      signal.throwIfAborted();
      try {
        const response = await fetch(address, { signal, credentials: "same-origin" });
        if (response.ok && response.headers.get("Content-Type") === TYPE) {
          const answer = await read(response, told);
          // when the answer has been heard: who still waits then asks again
          setTimeout(() => line.back());
          return answer;
        }
        const message = await refusal(response);
        if (response.status === 429) {
          await pause(1000 * Number(response.headers.get("Retry-After") ?? 2), signal);
          continue;
        }
        if (message) return [{ kind: "problem", message }, []];
      } catch (error) {
        if (signal.aborted) throw error;
      }
      line.lost();
      await pause(Math.min(LAST_TRY, FIRST_TRY * 2 ** tries), signal);
    }
  };
}
