// A figure's equation with the numbers of the run in place of its symbols; or, where it comes of many, of how many.
import { element, fill, rounded } from "../page/dom.js";
import { showMetric } from "./bet.js";

const DIGITS = 4;

// A number inside an equation: four digits at least, none that says nothing; a negative one in brackets.
export function shownInside(number, language) {
  const whole = Math.max(Math.floor(Math.log10(Math.abs(number) || 1)) + 1, 1);
  const kept = Number(number.toFixed(Math.min(Math.max(DIGITS - whole, 0) + (Math.abs(number) < 0.1 ? 2 : 0), 12)));
  const digits = (String(kept).split(".")[1] ?? "").length;
  const text = rounded(kept, digits, language);
  return kept < 0 ? `(${text})` : text;
}

// What a run knows by name: its sliders, figures and what its sentence may name besides.
export function numbersOf({ values, metrics, asides }) {
  return { ...values, ...metrics, ...asides };
}

// The sentence of what many the figure comes of.
export function countedText(metric, run, language) {
  const shown = Object.entries(numbersOf(run)).map(([name, number]) => [name, rounded(number, 0, language)]);
  return fill(metric.counted, Object.fromEntries(shown));
}

// A long equation scrolls on a phone, by keyboard too.
export function equationBox(html, label) {
  return element("div", { class: "course-equation", tabindex: "0", role: "group", "aria-label": label, html });
}

// Returns { node, show(run), open() }; while it is folded away, nothing is written.
export function filledEquation(metric, { words, language }) {
  const equation = equationBox(metric.filled, words.with_numbers);
  const told = element("p", { class: "quiet" }, metric.filled ? `${words.with_numbers}:` : "");
  const node = element("div", { class: "course-filled" }, told, metric.filled ? equation : null);
  let run = null;

  function write() {
    if (!run || node.closest("[hidden]")) return;
    if (!metric.filled) {
      told.textContent = countedText(metric, run, language);
      return;
    }
    const known = numbersOf(run);
    for (const place of equation.querySelectorAll("[data-number]")) {
      const { number, per } = place.dataset;
      place.textContent =
        number === "result" ? showMetric(metric, known[metric.key], language) : shownInside(known[number] / Number(per), language);
    }
  }

  return {
    node,
    // what was played had other settings in each period: no one number of them stands in an equation
    show(found) {
      run = found;
      node.hidden = Boolean(metric.filled) && Number.isFinite(found.period);
      write();
    },
    open: write,
  };
}
