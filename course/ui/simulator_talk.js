// One question to the kernel at a time; of the questions that come meanwhile only the newest is asked next.
const SLOW = 1_500;
const SILENT = 12_000;

// `hear`: { result(message, buffers), problem(text), slow(), silent() }. Returns { ask(message), again(), stop() };
// `again` repeats a question that got lost on the way.
export function conversation(model, hear) {
  let number = 0;
  let asked = null;
  let next = null;
  let timers = [];

  function ask(message) {
    if (asked) {
      next = message;
      return;
    }
    number += 1;
    asked = { ...message, number };
    timers = [setTimeout(hear.slow, SLOW), setTimeout(hear.silent, SILENT)];
    model.send(asked);
  }

  function receive(message, buffers) {
    if (!asked || message.number !== asked.number) return;
    timers.forEach(clearTimeout);
    const opened = asked.kind === "open";
    asked = null;
    const waiting = next;
    next = null;
    if (message.kind === "result") hear.result({ ...message, opened }, buffers);
    else if (message.kind === "problem") hear.problem(message.message);
    if (waiting) ask(waiting);
  }

  model.on("msg:custom", receive);
  return {
    ask,
    again() {
      if (!asked) return;
      const { number: _lost, ...message } = asked;
      timers.forEach(clearTimeout);
      asked = null;
      ask(next ?? message);
      next = null;
    },
    stop() {
      timers.forEach(clearTimeout);
      model.off("msg:custom", receive);
    },
  };
}
