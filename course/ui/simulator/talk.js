// One question to the kernel at a time; of the questions that come meanwhile only the newest is asked next.
//
// Results are remembered, and one more can be had in advance: a step to where one has been, or will probably go, waits for
// nobody, however far away the kernel is.
const SLOW = 1_500;
const SILENT = 12_000;
const REMEMBERED = 32;

const place = ({ values, seed }) => JSON.stringify([Object.entries(values).sort(), seed]);

// `hear`: { result(message, buffers), problem(text), slow(), silent() }. Returns { ask(message), foresee(settings), again(),
// stop() }; `again` repeats a question that got lost on the way.
export function conversation(model, hear) {
  const known = new Map();
  let number = 0;
  let asked = null;
  let next = null;
  let ahead = null;
  let timers = [];

  function remember(settings, message, buffers) {
    known.delete(place(settings));
    known.set(place(settings), { message, buffers });
    if (known.size > REMEMBERED) known.delete(known.keys().next().value);
  }

  // Pictures are numbered as they come, whenever they were asked for.
  function deliver(message, buffers, opened) {
    number += 1;
    hear.result({ ...message, number, opened }, buffers);
  }

  function ask(message) {
    if (asked) {
      next = message;
      return;
    }
    const wanted = message.kind === "run" ? place(message) : null;
    const found = known.get(wanted);
    if (found) {
      model.send({ ...message, kind: "set" });
      deliver(found.message, found.buffers, false);
      return;
    }
    if (ahead && place(ahead) === wanted) {
      // it is on its way
      asked = { ...message, number: ahead.number };
      model.send({ ...message, kind: "set" });
    } else {
      number += 1;
      asked = { ...message, number };
      model.send(asked);
    }
    timers = [setTimeout(hear.slow, SLOW), setTimeout(hear.silent, SILENT)];
  }

  function foresee(settings) {
    if (asked || ahead || settings.seed === null || known.has(place(settings))) return;
    number += 1;
    ahead = { ...settings, kind: "foresee", number };
    model.send(ahead);
  }

  function receive(message, buffers) {
    const result = message.kind === "result";
    if (ahead && message.number === ahead.number) {
      if (result) remember(ahead, message, buffers);
      ahead = null;
    }
    if (!asked || message.number !== asked.number) return;
    timers.forEach(clearTimeout);
    const opened = asked.kind === "open";
    // without a number of its own for the dice, every run is another one
    if (result && !opened && asked.seed !== null) remember(asked, message, buffers);
    asked = null;
    const waiting = next;
    next = null;
    if (result) deliver(message, buffers, opened);
    else if (message.kind === "problem") hear.problem(message.message);
    if (waiting) ask(waiting);
  }

  model.on("msg:custom", receive);
  return {
    ask,
    foresee,
    again() {
      ahead = null;
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
