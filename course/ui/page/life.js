// How long things live: everything a widget starts ends with the one AbortSignal that it was drawn under.

// Hear `event` of a widget's model until `signal` ends it.
export function hear(model, event, slot, signal) {
  model.on(event, slot);
  signal.addEventListener("abort", () => model.off(event, slot), { once: true });
}

// One thing at a time that is done later: `start(action, milliseconds)` takes the place of what was waiting.
export function timer(signal) {
  let waiting = 0;
  const clear = () => clearTimeout(waiting);
  signal.addEventListener("abort", clear, { once: true });
  return {
    clear,
    start(action, milliseconds) {
      clear();
      if (!signal.aborted) waiting = setTimeout(action, milliseconds);
    },
  };
}

// A shorter life within a longer one: { signal, end() }.
export function spell(signal) {
  const controller = new AbortController();
  const end = () => controller.abort();
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true, signal: controller.signal });
  return { signal: controller.signal, end };
}
