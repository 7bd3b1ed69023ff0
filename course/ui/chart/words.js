// The words on levels (picture.py, Level): each stands on its line where no other line of the picture runs through it.

import { layersOf } from "./axes.js";

const TALL = 15; // pixels that a word is high
const OFF = 3; // pixels between a word and its level

// How much of the segment from [x, y] to [x, y] lies inside a box, as a share of the segment (Liang and Barsky's clipping).
export function inside([x1, y1], [x2, y2], { left, right, top, bottom }) {
  let [from, to] = [0, 1];
  for (const [step, room] of [[x1 - x2, x1 - left], [x2 - x1, right - x1], [y1 - y2, y1 - top], [y2 - y1, bottom - y1]]) {
    if (step === 0 && room < 0) return 0;
    if (step < 0) from = Math.max(from, room / step);
    if (step > 0) to = Math.min(to, room / step);
  }
  return Math.max(0, to - from);
}

// The lines of a view in pixels, named or not, ghosts among them: each a list of [x, y].
function linesOf(view, rows, pixel) {
  const drawn = layersOf(view).filter(({ mark }) => mark?.type === "line");
  return drawn.flatMap(({ data, encoding: { x, y, color } }) => {
    const found = grouped(rows[data.name] ?? [], color?.field);
    return [...found.values()].map((line) =>
      line.toSorted((one, other) => one[x.field] - other[x.field]).map((row) => pixel(row[x.field], row[y.field])),
    );
  });
}

function grouped(rows, by) {
  const found = new Map();
  for (const row of rows) {
    const key = by ? row[by] : "";
    if (found.has(key)) found.get(key).push(row);
    else found.set(key, [row]);
  }
  return found;
}

const overlap = (box, other) =>
  Math.max(0, Math.min(box.right, other.right) - Math.max(box.left, other.left)) *
  Math.max(0, Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top));

// How much a box is in the way: pixels of lines through it, other words under it, and what of it is cut off.
function trouble(box, lines, taken, height) {
  const cut = Math.max(0, -box.top) + Math.max(0, box.bottom - height);
  let sum = cut * 1000;
  for (const other of taken) sum += overlap(box, other);
  for (const line of lines) {
    line.slice(1).forEach((spot, at) => {
      const [x, y] = line[at];
      sum += inside([x, y], spot, box) * Math.hypot(spot[0] - x, spot[1] - y);
    });
  }
  return sum;
}

// Places of a word, the best first: on its own level, else over or under another one that is in the way.
function boxes(at, others, wide, width, first) {
  const lefts = [0, (width - wide) / 4, (width - wide) / 2, (3 * (width - wide)) / 4, width - wide];
  const ordered = first === "left" ? lefts : lefts.toReversed();
  const near = others.toSorted((one, other) => Math.abs(one - at) - Math.abs(other - at));
  const tops = [at, ...near].flatMap((level) => [level - OFF - TALL, level + OFF]);
  const rows = [tops.slice(0, 2), tops.slice(2)];
  return rows.flatMap((some) => ordered.flatMap((left) => some.map((top) => ({ left, right: left + wide, top, bottom: top + TALL }))));
}

// The rows of all words of a view, by frame. `size`: { width, height } of the plot; where it may be wider than that, words only
// have more room.
export function wordRows(view, rows, { x, y }, { width, height }, measure) {
  const found = {};
  if (!x || !y) return found;
  const pixel = (across, up) => [((across - x[0]) / (x[1] - x[0])) * width, ((y[1] - up) / (y[1] - y[0])) * height];
  const levels = (view.usermeta?.levels ?? []).flatMap(({ metric }) =>
    ["guess", "now"].map((whose) => ({ frame: `${metric}@${whose}`, first: whose === "guess" ? "left" : "right" })),
  );
  const rules = levels.flatMap(({ frame }) => rows[frame] ?? []).map(({ level }) => [pixel(x[0], level), pixel(x[1], level)]);
  const lines = [...linesOf(view, rows, pixel), ...rules];
  const taken = [];
  for (const { frame, first } of levels) {
    found[`${frame}@word`] = (rows[frame] ?? []).map(({ level, text }) => {
      const at = pixel(0, level)[1];
      const others = rules.map(([[, other]]) => other).filter((other) => other !== at);
      const all = boxes(at, others, measure(text), width, first);
      const costs = all.map((box) => trouble(box, lines, taken, height));
      const box = all[costs.indexOf(Math.min(...costs))];
      taken.push(box);
      const middle = [(box.left + box.right) / 2 / width, (box.top + box.bottom) / 2 / height];
      return { text, place: x[0] + middle[0] * (x[1] - x[0]), level: y[1] - middle[1] * (y[1] - y[0]) };
    });
  }
  return found;
}
