// Vega views that are embedded once and then only get new rows.
import { element } from "../page/dom.js";

const FRAME_NAMES = /"data":\{"name":"([^"]+)"/g;

function chartConfig(el) {
  const style = getComputedStyle(el);
  const colour = (name) => style.getPropertyValue(name).trim();
  const text = { labelColor: colour("--soft"), titleColor: colour("--soft") };
  return {
    background: "transparent",
    font: colour("--font"),
    title: { color: colour("--ink"), anchor: "start", fontSize: 15, fontWeight: 600, offset: 8 },
    view: { stroke: null },
    axis: { ...text, labelOverlap: "parity", labelSeparation: 4, gridColor: colour("--hair"), domainColor: colour("--line"), tickColor: colour("--line") },
    legend: text,
    text: { color: colour("--ink") },
    rule: { color: colour("--soft") },
    line: { color: colour("--chart-above") },
    point: { color: colour("--chart-below") },
    bar: { color: colour("--chart-above") },
    style: { "guide-label": { fontSize: 12 }, "guide-title": { fontSize: 12, fontWeight: 400 } },
  };
}

// "var(--chart-below)" in a specification becomes the theme's colour.
function themed(specification, el) {
  const style = getComputedStyle(el);
  const text = JSON.stringify(specification).replace(/var\((--[\w-]+)\)/g, (_, name) =>
    style.getPropertyValue(name).trim(),
  );
  return JSON.parse(text);
}

// Titles do not wrap by themselves; on a phone they would be cut.
function wrapTitle(specification, width) {
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

function merged(specification, config) {
  const own = specification.config ?? {};
  const both = { ...own, ...config };
  for (const key of Object.keys(config)) {
    if (own[key] && typeof own[key] === "object") both[key] = { ...own[key], ...config[key] };
  }
  return both;
}

// Vega may have given `old` rows further fields, so the new ones' count.
const sameRows = (rows, old) =>
  rows === old ||
  (rows.length === old?.length && rows.every((row, at) => Object.keys(row).every((name) => Object.is(row[name], old[at][name]))));

// Draw `views` into `place` with the `first` rows by frame, as soon as there is a width to draw in.
// Returns { push(rows by frame), finish() }.
export async function drawViews(model, place, views, root, first = {}) {
  const runtime = await globalThis.__course.load(model, model.get("_vega"));
  let drawn = [];
  let latest = first;
  let turn = 0;

  async function drawAll() {
    turn += 1;
    const mine = turn;
    const width = place.clientWidth;
    if (!width) return;
    const started = latest;
    const next = [];
    for (const view of views) {
      const specification = themed(view, root);
      specification.config = merged(specification, chartConfig(root));
      if (width < 480 && typeof specification.height === "number") specification.height = Math.round(specification.height * 0.8);
      wrapTitle(specification, width);
      const box = element("div", { class: "course-view" });
      const frames = new Set([...JSON.stringify(view).matchAll(FRAME_NAMES)].map((match) => match[1]));
      const shown = Object.fromEntries([...frames].filter((name) => name in latest).map((name) => [name, latest[name]]));
      if (Object.keys(shown).length) specification.datasets = { ...specification.datasets, ...shown };
      const hidden = element("div", { style: `position:absolute;visibility:hidden;width:${width}px` }, box);
      place.append(hidden);
      const result = await runtime.embed(box, specification, { actions: false, renderer: "canvas", mode: "vega-lite" });
      hidden.remove();
      if (mine !== turn) {
        result.finalize();
        next.forEach((one) => one.result.finalize());
        return;
      }
      next.push({ box, result, frames, shown });
    }
    drawn.forEach((one) => one.result.finalize());
    drawn = next;
    place.replaceChildren(...drawn.map((one) => one.box));
    if (latest !== started) await push(latest);
  }

  async function push(rows) {
    latest = { ...latest, ...rows };
    await Promise.all(
      drawn.map(({ result, frames, shown }) => {
        const touched = [...frames].filter((name) => name in rows && !sameRows(rows[name], shown[name]));
        for (const name of touched) result.view.data(name, (shown[name] = rows[name]));
        return touched.length ? result.view.runAsync() : null;
      }),
    );
  }

  let lastWidth = 0;
  let waiting = 0;
  const resize = new ResizeObserver(() => {
    if (Math.abs(place.clientWidth - lastWidth) < 2) return;
    lastWidth = place.clientWidth;
    clearTimeout(waiting);
    waiting = setTimeout(drawAll, 60);
  });
  const retheme = () => drawAll();
  root.addEventListener("course-theme", retheme);
  lastWidth = place.clientWidth;
  await drawAll();
  resize.observe(place);
  return {
    push,
    finish() {
      turn += 1;
      clearTimeout(waiting);
      resize.disconnect();
      root.removeEventListener("course-theme", retheme);
      drawn.forEach((one) => one.result.finalize());
    },
  };
}

// A chart on its own in a notebook.
export function renderChart({ model, el }) {
  const content = model.get("content");
  const place = element("div", { class: "course-views" });
  el.classList.add("course-plain");
  el.append(place);
  let finish = () => {};
  let stopped = false;
  drawViews(model, place, content.views, el).then(
    (views) => (stopped ? views.finish() : (finish = views.finish)),
    () => place.replaceChildren(element("p", { class: "notice" }, content.words.no_chart)),
  );
  return () => {
    stopped = true;
    finish();
  };
}
