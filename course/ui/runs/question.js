// What is asked of the run service, as the fields of an address (course/runs/questions.py).

// `levers`: the manager's sliders, in the order of the calendar.
function settings({ values, seed, decisions = null }, levers) {
  const fields = { seed: seed ?? "", ...values };
  if (decisions) fields.play = decisions.map((row) => levers.map((name) => row[name]).join(",")).join(";");
  return fields;
}

// [kind, fields] for a message of the page (simulator/protocol.js).
export function questionOf(message, levers = []) {
  const { kind } = message;
  if (kind === "run" || kind === "foresee") return ["run", settings(message, levers)];
  if (kind === "strategies") return [kind, message.kept];
  if (kind === "qr") return [kind, { text: message.text }];
  if (kind === "people" || kind === "study" || kind === "debrief") return [kind, settings(message, levers)];
  if (kind === "open") return ["open", message.code ? { code: message.code } : { preset: message.preset }];
  if (kind !== "why") throw new TypeError(`no service answers “${kind}”`);
  const before = Object.entries(settings({ values: message.before, seed: message.before_seed }, levers));
  return ["why", { ...settings(message, levers), ...Object.fromEntries(before.map(([name, value]) => [`before.${name}`, value])) }];
}

// Always in the same order, so that a browser and every proxy know it again.
export function addressOf(base, module, kind, fields, { version, language }) {
  const sorted = Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1));
  const query = new URLSearchParams([["v", version], ["lang", language], ...sorted.map(([name, value]) => [name, String(value)])]);
  return new URL(`course/run/${module}/${kind}?${query}`, base).href;
}
