// Rows of a list, moved by mouse, pen or finger on their grip. The page scrolls as ever wherever else a finger is put.
import { timer } from "../page/life.js";
import { landing } from "./touchpoints.js";

// pixels: how far from the edge of the window a row that is held has the list scroll, and how often (milliseconds) by one row
const EDGE = 48;
const PACE = 140;

// `rows()`: the rows' { node, grip }, `dropped(from, to)` where one was let go elsewhere.
export function dragging(list, rows, dropped, signal) {
  const scrolling = timer(signal);
  let held = null;

  const within = (y) => y - list.getBoundingClientRect().top;

  function begin(event) {
    const from = rows().findIndex(({ grip }) => grip.contains(event.target));
    if (from < 0 || event.button !== 0 || held) return;
    const boxes = rows().map(({ node }) => node.getBoundingClientRect());
    const top = list.getBoundingClientRect().top;
    held = { from, to: from, pointer: event.pointerId, start: within(event.clientY), tops: boxes.map((box) => box.top - top), heights: boxes.map((box) => box.height) };
    rows()[from].grip.setPointerCapture(event.pointerId);
    rows()[from].node.classList.add("course-stop-held");
  }

  function follow(event) {
    if (event.pointerId !== held?.pointer) return;
    const by = within(event.clientY) - held.start;
    held.to = landing(held.tops, held.heights, held.from, by);
    rows().forEach(({ node }, at) => (node.style.translate = at === held.from ? `0 ${by}px` : `0 ${aside(at)}px`));
    scroll(event);
  }

  // The others make room.
  function aside(at) {
    const { from, to, heights } = held;
    if (at > from && at <= to) return -heights[from];
    return at < from && at >= to ? heights[from] : 0;
  }

  function scroll(event) {
    const above = EDGE + (parseFloat(getComputedStyle(rows()[0].node).scrollMarginTop) || 0);
    const next = event.clientY > innerHeight - EDGE ? 1 : event.clientY < above ? -1 : 0;
    scrolling.clear();
    const beyond = next && rows()[held.to + next];
    if (!beyond) return;
    scrolling.start(() => {
      beyond.node.scrollIntoView({ block: "nearest" });
      if (held) follow(event);
    }, PACE);
  }

  function end(event, keep) {
    if (!held || (event.pointerId !== undefined && event.pointerId !== held.pointer)) return;
    const { from, to } = held;
    scrolling.clear();
    held = null;
    for (const { node } of rows()) {
      node.style.translate = "";
      node.classList.remove("course-stop-held");
    }
    if (keep && to !== from) dropped(from, to);
  }

  list.addEventListener("pointerdown", begin, { signal });
  list.addEventListener("pointermove", follow, { signal });
  list.addEventListener("pointerup", (event) => end(event, true), { signal });
  list.addEventListener("pointercancel", (event) => end(event, false), { signal });
  list.addEventListener("keydown", (event) => event.key === "Escape" && end({}, false), { signal });
}
