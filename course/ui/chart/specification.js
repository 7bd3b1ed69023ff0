// Vega-Lite specifications made fit for this page: its colours, its width, its rows.

const FRAME_NAMES = /"data":\{"name":"([^"]+)"/g;

// The names of the tables that a view draws.
export function framesOf(view) {
  return new Set([...JSON.stringify(view).matchAll(FRAME_NAMES)].map((match) => match[1]));
}

// On a phone, what stands beside a plot would take half of it.
export function chartConfig(el, narrow = false) {
  const style = getComputedStyle(el);
  const colour = (name) => style.getPropertyValue(name).trim();
  const text = { labelColor: colour("--soft"), titleColor: colour("--soft") };
  return {
    background: "transparent",
    font: colour("--font"),
    title: { color: colour("--ink"), anchor: "start", fontSize: 15, fontWeight: 600, offset: 8 },
    view: { stroke: null },
    axis: { ...text, labelOverlap: "parity", labelSeparation: 4, gridColor: colour("--hair"), domainColor: colour("--line"), tickColor: colour("--line") },
    legend: { ...text, labelLimit: 260, ...(narrow ? { orient: "bottom", columns: 2 } : {}) },
    text: { color: colour("--ink") },
    rule: { color: colour("--soft") },
    line: { color: colour("--chart-above") },
    point: { color: colour("--chart-below") },
    bar: { color: colour("--chart-above") },
    style: { "guide-label": { fontSize: 12 }, "guide-title": { fontSize: 12, fontWeight: 400 } },
  };
}

// "var(--chart-below)" in a specification becomes the theme's colour; black, which a dark page would hide, its ink.
export function themed(specification, el) {
  const style = getComputedStyle(el);
  const text = JSON.stringify(specification)
    .replaceAll('"color":"black"', '"color":"var(--ink)"')
    .replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim());
  return JSON.parse(text);
}

const WIDE = "\\u2e80-\\uffff";
// a Chinese character, or a word of letters, which is not parted
const PIECES = new RegExp(`[${WIDE}]|[^\\s${WIDE}]+|\\s+`, "g");
const NEVER_FIRST = /^[，。；：、！？”）]$/;

// The lines of a text, at most so many pixels wide: a Chinese character takes `full` of them, a letter `letter`.
function linesOf(text, width, full, letter) {
  const wide = (piece) => (/[\u2e80-\uffff]/.test(piece) ? full : letter) * piece.length;
  const lines = [""];
  let used = 0;
  for (const piece of text.match(PIECES) ?? []) {
    if (lines.at(-1) && piece.trim() && used + wide(piece) > width && !NEVER_FIRST.test(piece)) {
      lines.push("");
      used = 0;
    }
    lines[lines.length - 1] += piece;
    used += wide(piece);
  }
  return lines.map((line) => line.trim());
}

// Titles do not wrap by themselves; on a phone they would be cut.
export function wrapTitle(specification, width) {
  const title = typeof specification.title === "string" ? { text: specification.title } : specification.title;
  if (!title || typeof title.text !== "string") return;
  const lines = linesOf(title.text, width, 16, 9.6);
  if (lines.length > 1) specification.title = { ...title, text: lines };
}

// Nor does what stands under a plot, a source among it. Where it is longer than the plot may be, it ends with the plot, so that
// it has the room under the other axis, too.
export function wrapAcross(specification, width) {
  for (const part of specification.layer ?? []) wrapAcross(part, width);
  const x = specification.encoding?.x;
  const title = x?.axis?.title ?? x?.title;
  if (!title) return;
  const lines = [title].flat().flatMap((line) => linesOf(line, width, 12, 7));
  const longest = Math.max(...[title].flat().map((line) => linesOf(line, width / 2, 12, 7).length));
  if (longest > 1) x.axis = { ...x.axis, title: lines, titleAnchor: "end" };
}

// Our own look under what a specification asks for itself.
export function merged(specification, config) {
  const own = specification.config ?? {};
  const both = { ...own, ...config };
  for (const key of Object.keys(config)) {
    if (own[key] && typeof own[key] === "object") both[key] = { ...own[key], ...config[key] };
  }
  return both;
}

// Vega may have given `old` rows further fields, so the new ones' count.
export const sameRows = (rows, old) =>
  rows === old ||
  (rows.length === old?.length && rows.every((row, at) => Object.keys(row).every((name) => Object.is(row[name], old[at][name]))));
