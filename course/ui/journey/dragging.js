// Rows of a list, moved by mouse, pen or finger on their grip. The page scrolls as ever wherever else a finger is put.
import { timer } from "../page/life.js";
import { landing } from "./touchpoints.js";

// pixels: how far from the edge of the window a row that is held has the list scroll, and how often (milliseconds) by one row
const EDGE = 48;
const PACE = 140;

export class Dragging {
  #held = null;

  // `rows()`: the rows' { node, grip }, `dropped(from, to)` where one was let go elsewhere.
  constructor(list, rows, dropped, signal) {
    this.list = list;
    this.rows = rows;
    this.dropped = dropped;
    this.scrolling = timer(signal);
    const hear = (kind, listener) => list.addEventListener(kind, listener, { signal });
    hear("pointerdown", (event) => this.#begin(event));
    hear("pointermove", (event) => this.#follow(event));
    hear("pointerup", (event) => this.#end(event.pointerId, true));
    hear("pointercancel", (event) => this.#end(event.pointerId, false));
    hear("keydown", (event) => event.key === "Escape" && this.#end(this.#held?.pointer, false));
  }

  #within(y) {
    return y - this.list.getBoundingClientRect().top;
  }

  #begin({ target, button, pointerId, clientY }) {
    const rows = this.rows();
    const from = rows.findIndex(({ grip }) => grip.contains(target));
    if (from < 0 || button !== 0 || this.#held) return;
    const boxes = rows.map(({ node }) => node.getBoundingClientRect());
    const tops = boxes.map((box) => this.#within(box.top));
    this.#held = { from, to: from, pointer: pointerId, start: this.#within(clientY), tops, heights: boxes.map((box) => box.height) };
    rows[from].grip.setPointerCapture(pointerId);
    rows[from].node.classList.add("course-stop-held");
  }

  #follow({ pointerId, clientY }) {
    const held = this.#held;
    if (pointerId !== held?.pointer) return;
    const by = this.#within(clientY) - held.start;
    held.to = landing(held.tops, held.heights, held.from, by);
    this.rows().forEach(({ node }, at) => (node.style.translate = `0 ${at === held.from ? by : aside(held, at)}px`));
    this.#scroll({ pointerId, clientY });
  }

  #scroll(place) {
    const above = EDGE + (parseFloat(getComputedStyle(this.rows()[0].node).scrollMarginTop) || 0);
    const next = place.clientY > innerHeight - EDGE ? 1 : place.clientY < above ? -1 : 0;
    this.scrolling.clear();
    const beyond = next && this.rows()[this.#held.to + next];
    if (!beyond) return;
    this.scrolling.start(() => {
      beyond.node.scrollIntoView({ block: "nearest" });
      this.#follow(place);
    }, PACE);
  }

  #end(pointer, keep) {
    if (!this.#held || pointer !== this.#held.pointer) return;
    const { from, to } = this.#held;
    this.scrolling.clear();
    this.#held = null;
    for (const { node } of this.rows()) {
      node.style.translate = "";
      node.classList.remove("course-stop-held");
    }
    if (keep && to !== from) this.dropped(from, to);
  }
}

// How far another row steps aside for the one that is held.
function aside({ from, to, heights }, at) {
  if (at > from && at <= to) return -heights[from];
  return at < from && at >= to ? heights[from] : 0;
}
