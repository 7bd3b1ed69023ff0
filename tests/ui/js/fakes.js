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

// An element that keeps attributes, children and listeners, and draws nothing.
class FakeElement {
  constructor(page) {
    this.page = page;
    this.children = [];
    this.attributes = new Map();
    this.listeners = new Map();
    this.tabIndex = 0;
    this.open = false;
    this.own = "";
  }

  get textContent() {
    return this.own + this.children.map((child) => child.textContent ?? child).join("");
  }

  set textContent(text) {
    this.children = [];
    this.own = text;
  }

  append(...children) {
    this.children.push(...children);
  }

  replaceChildren(...children) {
    this.children = children;
  }

  setAttribute(name, value) {
    this.attributes.set(name, String(value));
  }

  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }

  addEventListener(kind, listener) {
    this.listeners.set(kind, [...(this.listeners.get(kind) ?? []), listener]);
  }

  // Have the listeners hear an event.
  dispatch(kind, event = {}) {
    for (const listener of this.listeners.get(kind) ?? []) listener({ preventDefault: () => {}, ...event });
  }

  contains(other) {
    return other === this || this.children.some((child) => child instanceof FakeElement && child.contains(other));
  }

  focus() {
    this.page.activeElement = this;
  }
}

// The page of such elements, as far as element() of page/dom.js needs it.
export function fakeDocument() {
  const page = { activeElement: null, createElement: () => new FakeElement(page) };
  return page;
}
