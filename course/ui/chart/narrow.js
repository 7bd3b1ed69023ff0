// What is too long for a small picture goes over more lines: the title of its axis upwards, and its legends. (The axis across:
// specification.js.)
import { layersOf } from "./axes.js";
import { folded } from "./ends.js";

const SIGN = 30; // pixels that the sign before a legend's word takes, and its distance from the word before
const BESIDE = 50; // and what stands to the left of a picture

// How many of `labels` a legend has beside each other, no more than `most`: as many as there is room for.
export function columnsFor(labels, most, room, measure) {
  const widths = labels.map((label) => measure(label) + SIGN);
  const wide = (count) => Array.from({ length: count }, (_, at) => Math.max(...widths.filter((_, one) => one % count === at))).reduce((sum, one) => sum + one, 0);
  let count = Math.min(most, labels.length);
  while (count > 1 && wide(count) > room) count -= 1;
  return count;
}

// A line break within a title is more than Vega reads aloud: several lines are a list.
const lines = (text) => (text.includes("\n") ? text.split("\n") : text);

// Makes a specification of ours fit for a `width`, by what `measure(text)` says of its words.
export function narrowed(specification, width, measure) {
  const names = specification.usermeta?.names ?? {};
  for (const { encoding } of layersOf(specification)) {
    const up = encoding?.y;
    if (typeof up?.title === "string" && specification.height) up.title = lines(folded(up.title, specification.height, measure));
    for (const part of Object.values(encoding ?? {})) {
      const groups = part.legend?.orient === "top" ? part.scale?.domain : null;
      if (groups) part.legend.columns = columnsFor(groups.map((key) => names[key] ?? key), part.legend.columns ?? groups.length, width - BESIDE, measure);
    }
  }
  return specification;
}
