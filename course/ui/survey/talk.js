// What page and kernel say to each other about one survey, and how long silence may last.

const SILENT = 20_000;
// after these the kernel owes no further word
const LAST_WORDS = new Set(["want", "survey", "result", "problem", "file", "nothing"]);

// `hear`: a function for each word of the kernel, heard() before any of them, and silent(). Returns { ask(what, details, buffers), again(), stop() };
// `again` repeats a question that got lost on the way.
export function surveyTalk(model, hear) {
  let asked = null;
  let timer = 0;

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(hear.silent, SILENT);
  }

  function ask(what, details = {}, buffers = []) {
    asked = [what, details, buffers];
    wait();
    model.send({ kind: "tool", tool: "survey", do: what, ...details }, undefined, buffers);
  }

  function receive(message, buffers) {
    if (message.kind !== "tool" || message.tool !== "survey") return;
    hear.heard();
    if (LAST_WORDS.has(message.do)) {
      asked = null;
      clearTimeout(timer);
    } else if (asked) wait();
    hear[message.do]?.(message, buffers);
  }

  model.on("msg:custom", receive);
  return {
    ask,
    again: () => asked && ask(...asked),
    stop() {
      clearTimeout(timer);
      model.off("msg:custom", receive);
    },
  };
}
