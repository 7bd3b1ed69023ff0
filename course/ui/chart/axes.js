// Axes that stand still: from where to where a picture runs is said beforehand, and only ever grows.
//
// A view of ours carries { domains: { x, y }, names, truncated } as its `usermeta`; a domain is two pairs, the usual one and
// the one to take where a run leaves it.
import { fill } from "../page/dom.js";

const CHANNELS = { x: "x", x2: "x", y: "y", y2: "y" };

export const layersOf = (view) => view.layer ?? [view];

// The smallest and the largest number by channel that `rows`, by frame, bring to a view.
export function extents(view, rows) {
  const found = {};
  const meet = (channel, number) => {
    if (!Number.isFinite(number)) return;
    const [low, high] = found[channel] ?? [number, number];
    found[channel] = [Math.min(low, number), Math.max(high, number)];
  };
  for (const { data, encoding } of layersOf(view)) {
    for (const [name, part] of Object.entries(encoding ?? {})) {
      const channel = CHANNELS[name];
      if (!channel || !part.field || !["quantitative", undefined].includes(part.type) || part.stack) continue;
      for (const number of numbers(part, rows[data?.name] ?? [], encoding.x?.field)) meet(channel, number);
    }
  }
  return found;
}

function numbers(part, rows, across) {
  if (part.aggregate !== "sum") return rows.map((row) => row[part.field]);
  const sums = new Map();
  for (const row of rows) sums.set(row[across], (sums.get(row[across]) ?? 0) + row[part.field]);
  return sums.values();
}

// The domain that holds `extent`: the one there is, else the widest that was declared, else one that doubles as need be.
export function grown([usual, most], extent, current = usual) {
  const holds = ([low, high]) => !extent || (extent[0] >= low - 1e-6 && extent[1] <= high + 1e-6);
  if (holds(current)) return current;
  let [low, high] = [Math.min(most[0], current[0]), Math.max(most[1], current[1])];
  const span = high - low;
  while (!holds([low, high])) {
    if (extent[0] < low) low -= span;
    if (extent[1] > high) high += span;
  }
  return [low, high];
}

// The domains of a view for these rows, none smaller than it was.
export function domainsFor(view, rows, before = {}) {
  const declared = view.usermeta?.domains ?? {};
  const reach = extents(view, rows);
  return Object.fromEntries(
    Object.entries(declared).map(([channel, pair]) => [channel, grown(pair, reach[channel], before[channel])]),
  );
}

export const sameDomains = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// The same specification over these domains, in every layer; an axis upwards that does not begin at 0 says so.
export function framed(specification, domains) {
  const truncated = specification.usermeta?.truncated;
  for (const { encoding } of layersOf(specification)) {
    for (const [channel, domain] of Object.entries(domains)) {
      const part = encoding?.[channel];
      if (!part?.field || part.type !== "quantitative") continue;
      part.scale = { ...part.scale, domain, nice: false, zero: false };
      if (channel === "y" && domain[0] > 0 && part.title && truncated) {
        part.title += fill(truncated, { low: domain[0] });
      }
    }
  }
  return specification;
}
