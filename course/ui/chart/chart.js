// Vega views that are embedded once and then only get new rows.
import { element, freshId, say } from "../page/dom.js";
import { timer } from "../page/life.js";
import { domainsFor, framed, sameDomains } from "./axes.js";
import { endRows, folded, roomFor } from "./ends.js";
import { reader } from "./reader.js";
import { wordRows } from "./words.js";
import { narrowed } from "./narrow.js";
import { chartConfig, framesOf, merged, sameRows, themed, wrapAcross, wrapTitle } from "./specification.js";

const PHONE = 480;
const LOW_WINDOW = 700;
const REDRAW_AFTER = 60;
// pixels that the axis upwards takes, and the shape before a line's name
const AXIS = 60;
const NAME = 24;

// Draw `views` into `place` with the `first` rows by frame, as soon as there is a width to draw in; `root` carries the theme.
// Returns { push(rows by frame) }.
export async function drawViews(model, place, views, root, signal, first = {}) {
  const runtime = await globalThis.__course.load(model, model.get("_vega"));
  const drawing = new Drawing(runtime, place, views, root, first);
  if (!signal.aborted) await drawing.begin(signal);
  return drawing;
}

class Drawing {
  #drawn = [];
  #turn = 0;
  #width = 0;

  constructor(runtime, place, views, root, first) {
    this.runtime = runtime;
    this.place = place;
    this.views = views;
    this.root = root;
    this.latest = first;
    this.domains = views.map(() => ({}));
  }

  async begin(signal) {
    const redraw = timer(signal);
    const resize = new ResizeObserver(() => {
      if (Math.abs(this.place.clientWidth - this.#width) < 2) return;
      this.#width = this.place.clientWidth;
      redraw.start(() => this.#drawAll(), REDRAW_AFTER);
    });
    const end = () => {
      this.#turn += 1;
      resize.disconnect();
      for (const { result } of this.#drawn) result.finalize();
    };
    signal.addEventListener("abort", end, { once: true });
    this.root.addEventListener("course-theme", () => this.#drawAll(), { signal });
    this.#width = this.place.clientWidth;
    await this.#drawAll();
    if (!signal.aborted) resize.observe(this.place);
  }

  // What the pictures show, by key, and a sentence about it for those who do not see them.
  entitle(titles, sentence) {
    this.said = { titles, sentence };
    for (const one of this.#drawn) this.#speak(one);
  }

  #speak({ box, caption, keys, view }) {
    if (!caption) return;
    const title = this.said?.titles[view.usermeta.key] ?? view.title;
    say(caption, title);
    const picture = box.querySelector("[role=graphics-document]");
    picture?.setAttribute("aria-label", [title, this.said?.sentence].filter(Boolean).join(" — "));
    picture?.setAttribute("aria-roledescription", view.usermeta.read.picture);
    picture?.setAttribute("aria-describedby", keys.id);
    picture?.setAttribute("tabindex", "0");
  }

  async push(rows) {
    this.latest = { ...this.latest, ...rows };
    const stale = this.#drawn.filter(({ frames, shown }) => [...frames].some((name) => name in rows && !sameRows(rows[name], shown[name])));
    // an axis that has to grow is drawn anew; it happens once, if ever
    if (stale.length && this.#outgrown()) return this.#drawAll();
    await Promise.all(
      stale.map(async (one) => {
        const { result, frames, shown } = one;
        const all = { ...rows, ...one.ends(this.latest) };
        const touched = [...frames].filter((name) => name in all && !sameRows(all[name], shown[name]));
        for (const name of touched) result.view.data(name, (shown[name] = all[name]));
        await result.view.runAsync();
        one.reading?.again();
      }),
    );
  }

  // Whether the newest rows leave a domain, all of which now hold them.
  #outgrown() {
    const before = this.domains;
    this.domains = this.views.map((view, at) => domainsFor(view, this.latest, before[at]));
    return !sameDomains(this.domains, before);
  }

  async #drawAll() {
    const width = this.place.clientWidth;
    // a picture that is being drawn goes on: nobody would begin again
    if (!width) return;
    const turn = (this.#turn += 1);
    const started = this.latest;
    this.#outgrown();
    const next = [];
    for (const [at, view] of this.views.entries()) {
      next.push(await this.#embed(view, width, this.domains[at]));
      if (turn === this.#turn) continue;
      for (const { result } of next) result.finalize();
      return;
    }
    for (const { result } of this.#drawn) result.finalize();
    this.#drawn = next;
    this.place.replaceChildren(...next.map((one) => one.box));
    for (const one of next) this.#speak(one);
    if (this.latest !== started) await this.push(this.latest);
  }

  async #embed(view, width, domains) {
    const specification = framed(themed(view, this.root), domains);
    // our pictures carry the words of their columns and are read point by point; other charts say what their author asked for
    const ours = Boolean(view.usermeta?.columns);
    specification.config = merged(specification, chartConfig(this.root, width < PHONE && !ours));
    if ((width < PHONE || innerHeight < LOW_WINDOW) && typeof specification.height === "number") specification.height = Math.round(specification.height * 0.8);
    // a picture that can say what it shows has its title on the page, which wraps and can be read aloud
    const caption = view.usermeta?.key ? element("p", { class: "course-view-title" }, view.title) : null;
    if (caption) delete specification.title;
    wrapTitle(specification, width);
    if (width < PHONE) wrapAcross(specification, width);
    narrowed(specification, width, measurer(specification));
    const frames = framesOf(view);
    const ends = lineEnds(view, specification, width, domains);
    const shown = Object.fromEntries(Object.entries({ ...this.latest, ...ends(this.latest) }).filter(([name]) => frames.has(name)));
    if (Object.keys(shown).length) specification.datasets = { ...specification.datasets, ...shown };
    const canvas = element("div", {});
    const keys = view.usermeta?.read ? element("p", { id: freshId("keys"), hidden: true }, view.usermeta.read.keys) : null;
    const box = element("div", { class: "course-view" }, caption, canvas, keys);
    const hidden = element("div", { style: `position:absolute;visibility:hidden;width:${width}px` }, box);
    this.place.append(hidden);
    const how = { actions: false, renderer: "canvas", mode: "vega-lite", ...(ours ? { tooltip: false } : {}) };
    const result = await this.runtime.embed(canvas, specification, how);
    hidden.remove();
    const one = { box, caption, keys, view, result, frames, shown, ends };
    const now = () => ({ specification, frames: shown, view: result.view });
    return ours ? { ...one, reading: reader(box, canvas, view.usermeta, now) } : one;
  }
}

// How wide a text is, in pixels, as the labels of a picture are written.
function measurer(specification) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `12px ${specification.config.font}`;
  return (text) => pen.measureText(text).width;
}

// Returns what computes the rows of the names where lines end, as wide as a picture of this width has room, and of the words on
// levels.
function lineEnds(view, specification, width, domains) {
  const { usermeta } = view;
  if (!usermeta?.series?.length && !usermeta?.levels?.length) return () => ({});
  const measure = measurer(specification);
  // a level's word is heavier than a line's name
  const bold = (text) => measure(text) * 1.1 + 8;
  const write = (name) => folded(name, roomFor(width), measure);
  // at least so much is left between the axis and the names
  const plot = { width: width - AXIS - (usermeta.series.length ? roomFor(width) + NAME : 0), height: specification.height };
  return (rows) => ({
    ...endRows(usermeta, rows, domains.y, plot.height, write),
    ...wordRows(view, rows, domains, plot, bold),
  });
}

// A chart on its own in a notebook.
export function renderChart({ model, el, signal }) {
  const content = model.get("content");
  const place = element("div", { class: "course-views" });
  el.classList.add("course-plain");
  el.append(place);
  return drawViews(model, place, content.views, el, signal, content.rows).catch(() =>
    place.replaceChildren(element("p", { class: "notice" }, content.words.no_chart)),
  );
}
