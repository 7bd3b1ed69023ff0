// Many draws of the same settings: dots over the headline's line, bands in the pictures, and sentences that count.
import { element, fill } from "../page/dom.js";
import { showMetric } from "./bet.js";

const DOTS = 20;
const COLUMNS = 90; // places for dots along the line
const DOT = 7; // pixels
const HIGHEST = 42; // pixels

// `count` numbers that stand for all `draws`: the middles of as many equal shares of them.
export function quantiles(draws, count = DOTS) {
  if (draws.length < count) return [];
  const sorted = draws.toSorted((one, other) => one - other);
  return Array.from({ length: count }, (_, at) => {
    const place = ((at + 0.5) / count) * sorted.length - 0.5;
    const below = Math.floor(place);
    return sorted[below] + (place - below) * (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]);
  });
}

// Where dots stand: [{ column, level }], those of one column above each other.
export function stacked(numbers, [low, high], columns = COLUMNS) {
  const heights = new Map();
  return numbers.map((number) => {
    const column = Math.round(((number - low) / (high - low)) * columns);
    const level = heights.get(column) ?? 0;
    heights.set(column, level + 1);
    return { column, level };
  });
}

// The dots over a line from `low` to `high`, or null where there are none.
export function dotPlot(numbers, domain) {
  if (!numbers.length) return null;
  const places = stacked(numbers, domain);
  const levels = 1 + Math.max(...places.map(({ level }) => level));
  const size = Math.min(DOT, HIGHEST / levels);
  const dot = ({ column, level }) =>
    element("i", { style: `left:${(column / COLUMNS) * 100}%;bottom:${level * size}px;width:${size}px;height:${size}px` });
  return element("div", { class: "course-luck", style: `height:${levels * size + 2}px` }, places.map(dot));
}

// The rows of the bands of all views, none where there was no study.
export function fanRows(views, luck) {
  const ids = views.flatMap((view) => view.usermeta?.fans ?? []);
  return Object.fromEntries(ids.map((id) => [`${id}@fan`, luck?.rows[id] ?? []]));
}

// What is told of the draws under the headline picture.
export function luckText({ metrics, words, language }, { luck, headline }) {
  if (!luck) return "";
  const metric = metrics.find((one) => one.key === headline?.bet.metric);
  const parts = [...luck.sentences];
  if (metric) {
    const draws = luck.draws[metric.key];
    const sorted = draws.toSorted((one, other) => one - other);
    const at = (share) => showMetric(metric, sorted[Math.round(share * (sorted.length - 1))], language);
    parts.push(fill(words.luck_dots, { each: draws.length / DOTS, count: draws.length, low: at(0.05), high: at(0.95) }));
  }
  if (Object.keys(luck.rows).length) parts.push(words.luck_bands);
  return parts.join(language === "zh" ? "" : " ");
}
