// What a learner hands in of a module, from what this browser remembers: the parts of a file, its text, and a short code.
// `course/grading/intake/participation.py` reads both, and the lessons below are its own too.
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LONGEST_TEXT = 4000;
const MOST_POINTS = 200;

const bytesOf = (text) => new TextEncoder().encode(text);

// CRC-32, as zlib has it.
export function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

// Six letters that tell one text from another, whatever blanks stand in it. They find a slip, and prove nothing.
export function stamp(text) {
  const sum = crc32(bytesOf(text.replace(/[ \t\r\n]+/g, "")));
  return Array.from({ length: 6 }, (_, at) => LETTERS[(sum >>> (25 - 5 * at)) & 31]).join("");
}

// How an id or a name reads without case, spaces and signs.
export const plain = (who) => who.normalize("NFKC").toUpperCase().toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

// half characters have no bytes
const whole = (text) => text.replace(/[\ud800-\udfff]/gu, "\ufffd");
const isNumber = (value) => Number.isFinite(value);

// What was done, by kind and key. `content`: { id, number, keys }; `remembered`: the keys of the browser's memory.
export function doneOf({ id, number, keys }, recall, remembered) {
  const items = recall(`quiz.${id}`)?.items ?? {};
  const simulators = remembered.filter((key) => key === `sim.${number}` || key.startsWith(`sim.${number}.`)).map((key) => recall(key));
  const pairs = (kind, found) => Object.fromEntries(keys[kind].map((key) => [key, found(key)]).filter(([, value]) => value !== null));
  const answer = (key) => {
    const { told, tries, first, right } = items[key] ?? {};
    return tries > 0 ? { answer: bounded(told), tries, first: first === true, right: (right ?? first) === true } : null;
  };
  const guess = (key) => {
    const kept = recall(`guess.${id}.${key}`);
    return [kept?.guess, kept?.first].find(isNumber) ?? null;
  };
  const bet = (key) => {
    for (const one of simulators) {
      const laid = one?.guesses?.[key];
      if (isNumber(laid)) return laid;
      if (Array.isArray(laid) && laid.length && laid.every(isNumber)) return laid.slice(0, MOST_POINTS);
    }
    return null;
  };
  const text = (key) => {
    const kept = recall(`writing.${id}.${key}`)?.text;
    return typeof kept === "string" && kept.trim() !== "" ? whole(kept.slice(0, LONGEST_TEXT)) : null;
  };
  const reached = simulators.flatMap((one) => (Array.isArray(one?.reached) ? one.reached : []));
  return {
    quiz: pairs("quiz", answer),
    predictions: pairs("predictions", guess),
    bets: pairs("bets", bet),
    goals: keys.goals.filter((key) => reached.includes(key)),
    texts: pairs("texts", text),
  };
}

function bounded(answer) {
  if (typeof answer === "string") return whole(answer.slice(0, 80));
  return Array.isArray(answer) ? answer.filter(isNumber).slice(0, 40) : isNumber(answer) ? answer : null;
}

// How much was done, in the order in which a code counts: { quiz: 5, … }
export const countsOf = (done) => Object.fromEntries(Object.entries(done).map(([kind, found]) => [kind, Object.keys(found).length]));

// "M02-Q5P3B0G1T4-7K3QX9": module, how much of each kind, and a stamp that holds whose it is.
export function codeOf({ number, version }, counts, who) {
  const { quiz, predictions, bets, goals, texts } = counts;
  const summary = `Q${quiz}P${predictions}B${bets}G${goals}T${texts}`;
  return `${number.toUpperCase()}-${summary}-${stamp([version, number, summary, plain(who)].join("|"))}`;
}

// The text of the file; its last entry is the stamp of all that stands before.
export function fileOf(content, done, who, now) {
  const { format, version, edition, id, language } = content;
  const code = codeOf(content, countsOf(done), who);
  const parts = { format, version, module: id, language, edition, who: whole(who), saved: now.toISOString(), code, ...done };
  const head = JSON.stringify(parts, null, 1).replace(/\n\}$/, ",\n ");
  return `${head}"check": "${stamp(head)}"\n}\n`;
}

export function nameOf({ number, ending }, who) {
  const label = who.normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  return `${label || "me"}-${number}${ending}`;
}
