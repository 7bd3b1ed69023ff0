// What widgets expect of JupyterLab's signals: connect and disconnect; the sender comes first.
export function signal(sender) {
  const slots = new Set();
  return {
    connect: (slot) => slots.add(slot),
    disconnect: (slot) => slots.delete(slot),
    emit: (value) => [...slots].forEach((slot) => slot(sender, value)),
  };
}

// The events of a widget's model: { on, off, emit }.
export function events() {
  const heard = new Map();
  return {
    on(event, slot) {
      if (!heard.has(event)) heard.set(event, new Set());
      heard.get(event).add(slot);
    },
    off: (event, slot) => heard.get(event)?.delete(slot),
    emit: (event, ...what) => [...(heard.get(event) ?? [])].forEach((slot) => slot(...what)),
  };
}
