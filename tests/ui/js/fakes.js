// Stand-ins for what a page gives its scripts.

// A widget's model that a test hears and speaks through.
export function fakeModel(values = {}) {
  const slots = new Map();
  return {
    sent: [],
    get: (name) => values[name],
    on(event, slot) {
      if (!slots.has(event)) slots.set(event, new Set());
      slots.get(event).add(slot);
    },
    off: (event, slot) => slots.get(event)?.delete(slot),
    send(message) {
      this.sent.push(message);
    },
    say(message, buffers = []) {
      for (const slot of slots.get("msg:custom") ?? []) slot(message, buffers);
    },
    heard: () => [...slots.values()].reduce((count, each) => count + each.size, 0),
  };
}

// The browser's memory; `full` ones refuse to keep anything.
export function fakeStorage({ full = false } = {}) {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, value) {
      if (full) throw new Error("QuotaExceededError");
      kept.set(key, value);
    },
    removeItem: (key) => kept.delete(key),
    key: (index) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
}
