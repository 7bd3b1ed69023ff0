// Reading a picture point by point: with the mouse, a finger, or the arrow keys; what is read is shown beside the point and said.
import { element } from "../page/dom.js";
import { layersOf } from "./axes.js";
import { tooltipRows } from "./tooltip.js";

const NEAR = 60; // pixels
const KEYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

const middle = (row, part, other) => (other ? (row[part.field] + row[other.field]) / 2 : row[part.field]);

// A pixel of a row along a channel; null where the picture has no axis there.
function pixel(view, channel, part, row, other) {
  if (!part?.field) return null;
  const scale = view.scale(channel);
  if (!scale) return null;
  const place = scale(part.type === "quantitative" || part.type === undefined ? middle(row, part, other) : row[part.field]);
  return Number.isFinite(place) ? place + (scale.bandwidth?.() ?? 0) / 2 : null;
}

// The series of a picture: of each live layer that shows something of its own, and of each group in it, the points from left
// to right: [[{ row, x, y }]].
export function points(specification, frames, view) {
  const lists = [];
  const seen = new Set();
  for (const { data, mark, encoding } of layersOf(specification)) {
    const name = data?.name ?? "";
    if (name.includes("@") || !encoding?.x?.field || !encoding.y?.field || mark.type === "rule") continue;
    if (seen.has(name)) continue; // the layers over one frame tell the same rows
    seen.add(name);
    const by = mark.type === "line" ? encoding.color?.field : null;
    const stacked = encoding.y.aggregate ? new Map() : null;
    const groups = new Map();
    for (const row of frames[name] ?? []) {
      const x = pixel(view, "x", encoding.x, row, encoding.x2);
      let y = pixel(view, "y", encoding.y, row);
      if (stacked) {
        const sum = (stacked.get(x) ?? 0) + row[encoding.y.field];
        stacked.set(x, sum);
        y = view.scale("y")(sum);
      }
      if (x === null || y === null || encoding.x.stack) continue;
      const key = by ? row[by] : "";
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push({ row, x, y });
    }
    lists.push(...groups.values());
  }
  for (const list of lists) list.sort((one, other) => one.x - other.x);
  return lists;
}

// The point next to (x, y): [series, place], or null where none is near.
export function nearest(lists, x, y, most = NEAR) {
  let best = null;
  let least = most ** 2;
  lists.forEach((list, series) =>
    list.forEach((point, place) => {
      const far = (point.x - x) ** 2 + (point.y - y) ** 2;
      if (far <= least) [best, least] = [[series, place], far];
    }),
  );
  return best;
}

// One step from [series, place] by an arrow key; up and down go to the point of the neighbouring series that is next to it.
export function walked(lists, at, [across, down]) {
  if (!at) return lists.length ? [0, 0] : null;
  const [series, place] = at;
  if (across) return [series, Math.min(Math.max(place + across, 0), lists[series].length - 1)];
  const other = (series + down + lists.length) % lists.length;
  const from = lists[series][place].x;
  const away = lists[other].map((point) => Math.abs(point.x - from));
  return [other, away.indexOf(Math.min(...away))];
}

// Where the axes of a drawing begin, in pixels from its upper left corner.
function corner(view) {
  const [left, top] = view.origin();
  const padding = view.padding();
  return [left + padding.left, top + padding.top];
}

// `canvas`: the node that holds the drawing; `now()`: { specification, frames, view }. Puts the reader into `box`.
export function reader(box, canvas, about, now) {
  const dot = element("span", { class: "course-here", hidden: true });
  const note = element("div", { class: "course-reading", hidden: true });
  const said = element("p", { class: "unseen", role: "status", "aria-live": "polite" });
  let at = null;

  const hide = () => {
    dot.hidden = note.hidden = true;
    at = null;
  };

  function show(lists, place, aloud) {
    at = place;
    if (!place) return hide();
    const { row, x, y } = lists[place[0]][place[1]];
    const [left, top] = corner(now().view);
    const rows = tooltipRows(row, about);
    if (!rows.length) return hide();
    dot.style.left = `${canvas.offsetLeft + left + x}px`;
    dot.style.top = `${canvas.offsetTop + top + y}px`;
    note.replaceChildren(...rows.map(([label, text]) => element("div", {}, element("span", {}, `${label} `), element("b", {}, text))));
    dot.hidden = note.hidden = false;
    const room = box.clientWidth - note.offsetWidth;
    const beside = canvas.offsetLeft + left + x + 12;
    note.style.left = `${Math.max(0, beside <= room ? beside : beside - note.offsetWidth - 24)}px`;
    note.style.top = `${Math.max(0, canvas.offsetTop + top + y - note.offsetHeight - 6)}px`;
    if (aloud) said.textContent = rows.map(([label, text]) => `${label} ${text}`).join(", ");
  }

  const lists = () => points(now().specification, now().frames, now().view);
  const pointed = (event) => {
    const all = lists();
    const bounds = canvas.getBoundingClientRect();
    const [left, top] = corner(now().view);
    show(all, nearest(all, event.clientX - bounds.left - left, event.clientY - bounds.top - top), false);
  };
  canvas.addEventListener("pointermove", pointed);
  canvas.addEventListener("pointerdown", pointed);
  canvas.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && hide());
  box.addEventListener("focusout", hide);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    if (!KEYS[event.key] || event.target !== canvas) return;
    event.preventDefault();
    const all = lists().filter((list) => list.length);
    show(all, walked(all, at, KEYS[event.key]), true);
  });
  // ready before the first key says something
  canvas.addEventListener("focus", () => box.append(said), { once: true });
  box.append(dot, note);
  return { again: () => (note.hidden ? null : show(lists(), at, false)) };
}
