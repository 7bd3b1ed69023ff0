// Messages between page and kernel, held to one table for each protocol (protocol.js): a kind or a field that is not in it is
// a slip of ours, and an error at once.
import { hear } from "./life.js";

// `table`: { kind: ["field", "optional?"] }
export function check(table, kind, fields) {
  const known = Object.hasOwn(table, kind) ? table[kind] : null;
  if (!known) throw new TypeError(`no message is called “${kind}”`);
  const names = known.map((name) => name.replace("?", ""));
  const extra = Object.keys(fields).filter((name) => !names.includes(name));
  const missing = known.filter((name) => !name.endsWith("?") && !(name in fields));
  if (extra.length || missing.length) {
    throw new TypeError(`message “${kind}” has ${JSON.stringify(extra)} too many and lacks ${JSON.stringify(missing)}`);
  }
}

// `envelope`: what every message of this protocol carries besides; `tag`: the field that names its kind.
// Returns { send(kind, fields, buffers), hear(slots) }; each of `slots` gets (message, buffers).
export function wire(model, protocol, signal, { tag = "kind", envelope = {} } = {}) {
  const ours = (message) => Object.entries(envelope).every(([name, value]) => message[name] === value);
  return {
    send(kind, fields = {}, buffers = []) {
      check(protocol.page, kind, fields);
      model.send({ ...envelope, [tag]: kind, ...fields }, undefined, buffers);
    },
    hear(slots) {
      for (const kind of Object.keys(slots)) {
        if (!Object.hasOwn(protocol.kernel, kind)) throw new TypeError(`the kernel says nothing called “${kind}”`);
      }
      const receive = (message, buffers) => {
        if (ours(message) && Object.hasOwn(slots, message[tag])) slots[message[tag]](message, buffers);
      };
      hear(model, "msg:custom", receive, signal);
    },
  };
}
