// A line that is drawn point by point, and the one it is compared with: numbers only.
//
// `about`: { table, across, until, up, only, start, stop, every, low, high, step }, as simulation.toml has it under [bet.path].
// A drawing is a list of numbers, one for each place, null where nothing is drawn yet.
import { decimals } from "../page/dom.js";

// The places across at which there is a point.
export function placesOf({ start, stop, every }) {
  const digits = Math.max(decimals(start), decimals(every));
  return Array.from({ length: Math.round((stop - start) / every) + 1 }, (_, at) => Number((start + at * every).toFixed(digits)));
}

// The nearest number that a point may have.
export function fitted({ low, high, step }, number) {
  const nearest = low + Math.round((number - low) / step) * step;
  return Number(Math.min(high, Math.max(low, nearest)).toFixed(Math.max(decimals(step), decimals(low))));
}

// The drawing after a pen went from one spot to another, each { at, number }; `at` counts places and may lie between two.
export function stroked(about, values, before, now) {
  const [left, right] = before.at <= now.at ? [before, now] : [now, before];
  const slope = right.at === left.at ? 0 : (right.number - left.number) / (right.at - left.at);
  const nearest = Math.min(values.length - 1, Math.max(0, Math.round(now.at)));
  return values.map((value, at) => {
    if (at === nearest) return fitted(about, now.number);
    return at >= left.at && at <= right.at ? fitted(about, left.number + slope * (at - left.at)) : value;
  });
}

// The drawing without gaps: between two points straight on, before the first and after the last level. Null for less than two.
export function completed(about, values) {
  const drawn = values.flatMap((value, at) => (value === null ? [] : [{ at, value }]));
  if (drawn.length < 2) return null;
  return values.map((value, at) => {
    if (value !== null) return value;
    const left = drawn.findLast((one) => one.at < at) ?? drawn[0];
    const right = drawn.find((one) => one.at > at) ?? drawn.at(-1);
    const share = right.at === left.at ? 0 : (at - left.at) / (right.at - left.at);
    return fitted(about, left.value + share * (right.value - left.value));
  });
}

// Where a point begins that is moved before it stands: beside the next one drawn, else at 0 or in the middle.
export function firstNumber(about, values, at) {
  const beside = values.slice(0, at).findLast((value) => value !== null) ?? values.slice(at + 1).find((value) => value !== null);
  if (beside !== undefined) return beside;
  return fitted(about, about.low <= 0 && about.high >= 0 ? 0 : (about.low + about.high) / 2);
}

// How far a key moves a point: a fortieth of the axis, in whole steps.
export function keyStep({ low, high, step }) {
  return Math.max(1, Math.round((high - low) / 40 / step)) * step;
}

// What a run says at the places. A place within a bar has the sum of its groups, 0 where there is no bar; else null where
// the run says nothing.
export function answerOf(about, rows) {
  const own = rows.filter((row) => Object.entries(about.only).every(([name, value]) => row[name] === value));
  const holds = (row, place) =>
    about.until ? row[about.across] <= place && place < row[about.until] : Math.abs(row[about.across] - place) < 1e-9;
  return placesOf(about).map((place) => {
    const here = own.filter((row) => holds(row, place));
    return here.length || about.until ? here.reduce((sum, row) => sum + row[about.up], 0) : null;
  });
}

// How far a drawing lies from the answer, on average.
export function distance(values, answer) {
  const gaps = answer.flatMap((value, at) => (value === null ? [] : [Math.abs(value - values[at])]));
  return gaps.length ? gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length : 0;
}

// Whether something that was kept is a whole drawing of this kind.
export function isDrawing(about, kept) {
  return Array.isArray(kept) && kept.length === placesOf(about).length && kept.every((value) => Number.isFinite(value));
}

// Round numbers from low to high, some `count` of them, both ends included only where they are round.
export function ticksOf(low, high, count) {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough - 1e-12) ?? 10);
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toFixed(digits)));
}
