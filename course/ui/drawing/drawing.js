// An empty picture that a learner draws a line into: by pointer, by finger, or by keyboard, point by point.
import { amount, percent } from "../page/amounts.js";
import { decimals, element, freshId, rounded } from "../page/dom.js";
import { firstNumber, fitted, keyStep, placesOf, stroked, ticksOf } from "./line.js";

const SVG = "http://www.w3.org/2000/svg";
const TICKS = { across: 8, up: 5 };

function shape(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

// What the picture's parts share: where numbers lie, in percent, and how they are written.
class Plate {
  constructor(about, language) {
    this.about = about;
    this.language = language;
    this.places = placesOf(about);
    // half a place of room at both ends, so that the first and the last point can be met
    this.span = this.places.length;
  }

  left = (at) => ((at + 0.5) / this.span) * 100;
  up = (number) => ((number - this.about.low) / (this.about.high - this.about.low)) * 100;
  at = (place) => (place - this.about.start) / this.about.every;
  number = (value) => (this.about.percent ? percent(value, this.language) : amount(value, decimals(this.about.step), "", this.language));
  short = (number) => rounded(number, decimals(number), this.language);
  // what stands at a height: `times` where the head of the axis names another unit
  height = (value) => (this.about.percent ? this.number(value) : this.short(Number((value * (this.about.times ?? 1)).toFixed(9))));
  place = (place) => rounded(place, decimals(this.about.every), this.language);

  line(values, kind) {
    const spots = values.map((value, at) => (value === null ? null : `${this.left(at)},${100 - this.up(value)}`));
    return shape("polyline", { class: `course-drawn ${kind}`, points: spots.filter(Boolean).join(" ") });
  }
}

function grid(plate) {
  const { about } = plate;
  const levels = ticksOf(about.low, about.high, TICKS.up);
  // a level has no places across
  const stops = about.stop === about.start ? [] : ticksOf(about.start, about.stop, TICKS.across).filter((place) => plate.at(place) % 1 === 0 || about.every > 1);
  const rules = levels.map((number) => {
    const y = 100 - plate.up(number);
    return shape("line", { x1: 0, x2: 100, y1: y, y2: y, class: number === 0 ? "zero" : "" });
  });
  const word = (style, text) => element("span", { style }, text);
  return {
    rules,
    levels: levels.map((number) => word(`bottom:${plate.up(number)}%`, plate.height(number))),
    stops: stops.map((place) => word(`left:${plate.left(plate.at(place))}%`, plate.short(place))),
  };
}

// The picture around `inside`, the parts that lie over its lines. Returns { node, plot, draw(…lines) }.
function frame(plate, inside) {
  const { rules, levels, stops } = grid(plate);
  const lines = shape("g", {});
  const picture = shape("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" }, ...rules, lines);
  const plot = element("div", { class: "course-draw-plot" }, picture, inside);
  const node = element(
    "div",
    { class: "course-draw-frame" },
    element("p", { class: "course-draw-title quiet" }, plate.about.y),
    element("div", { class: "course-draw-up quiet", "aria-hidden": "true" }, levels),
    plot,
    element("div", { class: "course-draw-across quiet", "aria-hidden": "true" }, stops),
    element("p", { class: "course-draw-end quiet" }, plate.about.x),
  );
  return { node, plot, draw: (...drawn) => lines.replaceChildren(...drawn) };
}

// The points, of which one is reached by Tab and the others by ← and →. `moved(at, number)`, null to take it away.
// Returns { nodes, show(values) }.
function points(plate, words, describedBy, values, moved) {
  const { about } = plate;
  const nodes = plate.places.map((place, at) =>
    element("span", {
      class: "course-draw-point",
      role: "slider",
      tabindex: at === 0 ? "0" : "-1",
      style: `left:${plate.left(at)}%`,
      "aria-label": `${about.x} ${plate.place(place)}`,
      "aria-orientation": "vertical",
      "aria-valuemin": about.low,
      "aria-valuemax": about.high,
      "aria-describedby": describedBy,
      onkeydown: (event) => key(event, at),
    }),
  );

  function go(at) {
    const next = nodes[Math.min(nodes.length - 1, Math.max(0, at))];
    for (const one of nodes) one.tabIndex = one === next ? 0 : -1;
    next.focus();
  }

  function key(event, at) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const now = values()[at] ?? firstNumber(about, values(), at);
    const step = keyStep(about);
    const numbers = { ArrowUp: now + step, ArrowDown: now - step, PageUp: now + 5 * step, PageDown: now - 5 * step, Home: about.low, End: about.high };
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") go(at + (event.key === "ArrowRight" ? 1 : -1));
    else if (event.key === "Delete" || event.key === "Backspace") moved(at, null);
    else if (event.key in numbers) moved(at, fitted(about, numbers[event.key]));
    else return;
    event.preventDefault();
  }

  return {
    nodes,
    show(drawn) {
      for (const [at, node] of nodes.entries()) {
        const value = drawn[at];
        node.classList.toggle("open", value === null);
        node.style.bottom = `${plate.up(value ?? firstNumber(about, drawn, at))}%`;
        node.setAttribute("aria-valuenow", value ?? firstNumber(about, drawn, at));
        node.setAttribute("aria-valuetext", value === null ? words.bet_not_drawn : plate.number(value));
      }
    },
  };
}

// A pen that follows pointer and finger over `plot`.
function pen(plate, plot, values, drawn) {
  let before = null;
  const spot = (event) => {
    const box = plot.getBoundingClientRect();
    const { low, high } = plate.about;
    return {
      at: ((event.clientX - box.left) / box.width) * plate.span - 0.5,
      number: high - ((event.clientY - box.top) / box.height) * (high - low),
    };
  };
  const go = (event) => {
    if (!before) return;
    const now = spot(event);
    drawn(stroked(plate.about, values(), before, now));
    before = now;
  };
  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    plot.setPointerCapture(event.pointerId);
    before = spot(event);
    go(event);
  });
  plot.addEventListener("pointermove", go);
  for (const end of ["pointerup", "pointercancel"]) plot.addEventListener(end, () => (before = null));
}

// The empty picture, or one with a line that was `drawn` before. `changed(values)` hears every change. Returns { node, clear() }.
export function drawing(about, words, language, changed, drawn = undefined) {
  const plate = new Plate(about, language);
  const id = freshId("draw");
  let values = plate.places.map(() => null);
  const invitation = element("p", { class: "course-draw-here", "aria-hidden": "true" }, words.bet_draw_here);
  const set = (next) => {
    values = next;
    dots.show(values);
    invitation.hidden = values.some((value) => value !== null);
    whole.draw(plate.line(values, "guess"));
    changed(values);
  };
  const dots = points(plate, words, id, () => values, (at, number) => set(values.with(at, number)));
  const whole = frame(plate, [invitation, dots.nodes]);
  pen(plate, whole.plot, () => values, set);
  const node = element("div", { class: "course-draw" }, whole.node, element("p", { class: "quiet", id }, words.bet_draw));
  set(drawn ?? values);
  return { node, clear: () => set(plate.places.map(() => null)) };
}

// The same picture when all is known: the learner's line, and the answer drawn over it.
export function compared(about, words, language, guess, answer) {
  const plate = new Plate(about, language);
  const key = (kind, text) => element("span", { class: `course-draw-key ${kind}` }, text);
  const whole = frame(plate, []);
  whole.draw(plate.line(guess, "guess"), plate.line(answer, "answer"));
  const legend = element("p", { class: "quiet" }, key("guess", words.bet_value), key("answer", words.bet_answer));
  return element("div", { class: "course-draw known", "aria-hidden": "true" }, legend, whole.node);
}

// An empty picture for a number: the guess is a level across it. A press says `pressed(number)`; who uses keys or a screen reader
// has the slider beside it. Returns { node, show(number), null where nothing is guessed yet }.
export function level(about, words, language, pressed) {
  const plate = new Plate({ ...about, start: 0, stop: 0, every: 1, x: "" }, language);
  const invitation = element("p", { class: "course-draw-here" }, words.bet_level_here);
  const whole = frame(plate, [invitation]);
  whole.plot.addEventListener("click", (event) => {
    const box = whole.plot.getBoundingClientRect();
    pressed(fitted(about, about.high - ((event.clientY - box.top) / box.height) * (about.high - about.low)));
  });
  return {
    node: element("div", { class: "course-level", "aria-hidden": "true" }, whole.node),
    show(number) {
      invitation.hidden = number !== null;
      if (number === null) return whole.draw();
      const y = 100 - plate.up(number);
      whole.draw(shape("line", { class: "course-drawn guess", x1: 0, x2: 100, y1: y, y2: y }));
    },
  };
}
