// Vega-Lite specifications made fit for this page: its colours, its width, its rows.

const FRAME_NAMES = /"data":\{"name":"([^"]+)"/g;

// The names of the tables that a view draws.
export function framesOf(view) {
  return new Set([...JSON.stringify(view).matchAll(FRAME_NAMES)].map((match) => match[1]));
}

export function chartConfig(el) {
  const style = getComputedStyle(el);
  const colour = (name) => style.getPropertyValue(name).trim();
  const text = { labelColor: colour("--soft"), titleColor: colour("--soft") };
  return {
    background: "transparent",
    font: colour("--font"),
    title: { color: colour("--ink"), anchor: "start", fontSize: 15, fontWeight: 600, offset: 8 },
    view: { stroke: null },
    axis: { ...text, labelOverlap: "parity", labelSeparation: 4, gridColor: colour("--hair"), domainColor: colour("--line"), tickColor: colour("--line") },
    legend: { ...text, labelLimit: 260 },
    text: { color: colour("--ink") },
    rule: { color: colour("--soft") },
    line: { color: colour("--chart-above") },
    point: { color: colour("--chart-below") },
    bar: { color: colour("--chart-above") },
    style: { "guide-label": { fontSize: 12 }, "guide-title": { fontSize: 12, fontWeight: 400 } },
  };
}

// "var(--chart-below)" in a specification becomes the theme's colour.
export function themed(specification, el) {
  const style = getComputedStyle(el);
  const text = JSON.stringify(specification).replace(/var\((--[\w-]+)\)/g, (_, name) =>
    style.getPropertyValue(name).trim(),
  );
  return JSON.parse(text);
}

// Titles do not wrap by themselves; on a phone they would be cut.
export function wrapTitle(specification, width) {
  const title = typeof specification.title === "string" ? { text: specification.title } : specification.title;
  if (!title || typeof title.text !== "string") return;
  const wide = /[\u2e80-\uffff]/.test(title.text);
  const room = Math.max(8, Math.floor(width / (wide ? 16 : 9.6)));
  if (title.text.length <= room) return;
  const pieces = wide ? [...title.text] : title.text.split(" ");
  const glue = wide ? "" : " ";
  const lines = [""];
  for (const piece of pieces) {
    const longer = lines.at(-1) ? lines.at(-1) + glue + piece : piece;
    if (longer.length > room && !/^[，。；：、！？”）]$/.test(piece)) lines.push(piece);
    else lines[lines.length - 1] = longer;
  }
  specification.title = { ...title, text: lines };
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
