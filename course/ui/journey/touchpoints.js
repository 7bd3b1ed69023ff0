// A journey as text and as a list of touchpoints, and what can be done to it: no page and no kernel.
//
// The kernel writes and reads the same text (course/simulations/touchpoints.py): “96 6 @check-in; 99.5 8 Tea” is two
// touchpoints, { reliability, feeling, name } each.

// Signs that nobody sees, and the sign between two touchpoints, are in no name.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

// A name as a learner typed it, as it is kept: "" where nothing of it is left.
export function cleanName(typed, longest) {
  const plain = typed.replace(UNSEEN, " ").replaceAll(";", ",").replaceAll("；", "，").replace(/\s+/g, " ").trim();
  return [...plain.replace(/^@+\s*/, "")].slice(0, longest).join("").trim();
}

export function write(list) {
  return list.map(({ reliability, feeling, name }) => `${reliability} ${feeling} ${name}`).join("; ");
}

// The touchpoints of a text, or null where it is none of this `journey` ({ most, longest, reliability, feeling }).
export function read(text, journey) {
  if (typeof text !== "string" || !text.trim()) return null;
  const pieces = text.split(";").map((piece) => piece.trim().match(/^(\S+)\s+(\S+)\s+(.+)$/u));
  if (pieces.length > journey.most || pieces.includes(null)) return null;
  const list = pieces.map(([, reliability, feeling, name]) => ({ reliability: Number(reliability), feeling: Number(feeling), name }));
  const within = ({ low, high }, number) => number >= low && number <= high;
  const fits = (one) =>
    within(journey.reliability, one.reliability) && within(journey.feeling, one.feeling) && [...one.name].length <= journey.longest;
  return list.every(fits) ? list : null;
}

// A name as the reader's language has it.
export function nameOf({ name }, { names }) {
  const key = name.startsWith("@") ? name.slice(1) : "";
  return Object.hasOwn(names, key) ? names[key] : name;
}

export const changed = (list, at, more) => list.map((one, other) => (other === at ? { ...one, ...more } : one));
export const inserted = (list, at, one) => list.toSpliced(at, 0, one);
export const removed = (list, at) => list.toSpliced(at, 1);
export const moved = (list, from, to) => list.toSpliced(from, 1).toSpliced(to, 0, list[from]);

// Where a row that is dragged comes to lie: `tops` and `heights` of all rows, of which that at `from` has gone down by `by`.
export function landing(tops, heights, from, by) {
  const middle = tops[from] + heights[from] / 2 + by;
  const before = tops.filter((top, at) => at !== from && top + heights[at] / 2 < middle);
  return before.length;
}

// What became of a journey: { added, removed, changed, reordered }, three counts and whether those that stayed stand otherwise.
export function difference(before, now) {
  const rest = before.map((one) => one);
  const stayed = [];
  const fresh = [];
  for (const one of now) {
    const at = rest.findIndex((other) => other?.name === one.name);
    if (at < 0) fresh.push(one);
    else {
      stayed.push({ at, one, was: rest[at] });
      rest[at] = null;
    }
  }
  const gone = rest.filter(Boolean);
  // as many as went and came at once were given another name
  const renamed = before.length === now.length ? Math.min(gone.length, fresh.length) : 0;
  const other = stayed.filter(({ one, was }) => one.reliability !== was.reliability || one.feeling !== was.feeling);
  return {
    added: fresh.length - renamed,
    removed: gone.length - renamed,
    changed: other.length + renamed,
    reordered: stayed.some(({ at }, place) => place > 0 && at < stayed[place - 1].at),
  };
}
