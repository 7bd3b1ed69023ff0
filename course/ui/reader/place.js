// Where a reader stopped: the cell at the upper edge of the window, and how far into it.
import { recall, remember } from "../page/page.js";

const PAUSE = 250;

// The last of the places that begin above the line `edge`: { place, offset } in pixels; null above the first.
export function placeAt(tops, edge) {
  let found = null;
  for (const [place, top] of tops) if (top <= edge) found = { place, offset: Math.round(edge - top) };
  return found;
}

const tops = () => [...document.querySelectorAll("[data-place]")].map((one) => [one.getAttribute("data-place"), one.getBoundingClientRect().top]);

// Go to what the browser remembers of `lesson`, unless the address names a place; say so in `note`; keep it from now on. What
// arrives later would move the text: then the place is gone to again, unless the reader has moved.
export function keepPlace(lesson, note, arrived) {
  const memory = `place.${lesson}`;
  const kept = location.hash ? null : recall(memory);
  const target = kept && document.querySelector(`[data-place="${CSS.escape(kept.place)}"]`);
  let moved = false;
  let waiting = 0;
  const go = () => {
    if (!moved) scrollTo({ top: scrollY + target.getBoundingClientRect().top + kept.offset, behavior: "instant" });
  };
  if (target) {
    history.scrollRestoration = "manual";
    const move = () => (moved = note.hidden = true);
    note.hidden = false;
    note.querySelector("button").addEventListener("click", () => {
      move();
      scrollTo({ top: 0 });
    });
    for (const event of ["wheel", "touchmove"]) addEventListener(event, move, { once: true, passive: true });
    go();
    arrived.then(() => requestAnimationFrame(go));
  }
  const keep = () => remember(memory, placeAt(tops(), 1) ?? null);
  addEventListener("scroll", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  }, { passive: true });
  addEventListener("pagehide", keep);
}
