// A line that is drawn point by point; the board has a fan of all lines, and then the model's own.
import { amount, percent } from "../../../../ui/page/amounts.js";
import { decimals, element, fill, rounded } from "../../../../ui/page/dom.js";
import { drawing } from "../../../../ui/drawing/drawing.js";
import { completed, placesOf } from "../../../../ui/drawing/line.js";
import { node, text, ticks, WIDTH } from "../draw.js";
import { explained } from "../telling.js";

const HEIGHT = 330;
const LEFT = 96;

const aboutOf = (question) => ({ ...question.path, ...question.scale });

/** A level as it is told. */
export const level = (question, number, language) =>
  question.path.percent ? percent(number, language) : amount(number, Math.min(1, decimals(Number(number.toFixed(1)))), "", language);

function input({ question, words, language, touched }) {
  const about = aboutOf(question);
  const home = element("div", { class: "drawn" });
  let values = [];
  const changed = (now) => {
    values = now;
    touched();
  };
  const show = (drawn) => home.replaceChildren(drawing(about, words, language, changed, drawn).node);
  // while the first is made there is nothing to hear of it
  touched = ((heard) => () => home.isConnected && heard())(touched);
  show(undefined);
  return {
    nodes: [home, element("button", { type: "button", onclick: () => show(undefined) }, words.clear)],
    read: () => completed(about, values),
    empty: words.drawFirst,
    show,
  };
}

const ends = (question, values) => [values[0], values.at(-1)].map((one, at) => ({ place: at ? question.path.stop : question.path.start, one }));

function shown(question, values, language) {
  const [from, to] = ends(question, values);
  return `${level(question, from.one, language)} → ${level(question, to.one, language)}`;
}

function draw(body, top, { question, tallies, answer }, how) {
  const { palette, language, words, open } = how;
  const { low, high } = question.scale;
  const places = placesOf(question.path);
  const [first, last] = [places[0], places.at(-1)];
  const x = (place) => LEFT + ((place - first) / (last - first)) * (WIDTH - LEFT - 40);
  const y = (number) => top + 40 + (1 - (number - low) / (high - low)) * HEIGHT;
  body.append(text(14, top + 22, question.path.y, palette.soft));
  for (const at of ticks(low, high)) {
    body.append(node("line", { x1: LEFT, x2: WIDTH - 40, y1: y(at), y2: y(at), stroke: palette.hair, "stroke-width": 2 }));
    body.append(text(LEFT - 12, y(at) + 9, level(question, at, language), palette.ink, { "text-anchor": "end" }));
  }
  const digits = Math.max(...ticks(first, last).map((at) => decimals(at)));
  for (const at of ticks(first, last)) body.append(text(x(at), y(low) + 34, rounded(at, digits, language), palette.ink, { "text-anchor": "middle" }));
  body.append(text(WIDTH - 40, y(low) + 68, question.path.x, palette.soft, { "text-anchor": "end" }));
  const spots = (values) => values.flatMap((value, at) => (value === null ? [] : [`${x(places[at]).toFixed(1)},${y(value).toFixed(1)}`]));
  const line = (values, more) => body.append(node("polyline", { points: spots(values).join(" "), fill: "none", ...more }));
  const band = (fan, from, to, opacity) =>
    body.append(node("polygon", { points: [...spots(fan[from]), ...spots(fan[to]).reverse()].join(" "), fill: palette.bar, opacity }));
  const { fan } = tallies.at(-1);
  if (open && fan.length) {
    band(fan, 0, 4, 0.22);
    band(fan, 1, 3, 0.35);
    for (const before of tallies.slice(0, -1)) if (before.fan.length) line(before.fan[2], { stroke: palette.ink, "stroke-width": 3, "stroke-dasharray": "4 8" });
    line(fan[2], { stroke: palette.bar, "stroke-width": 5 });
  }
  if (open && answer) line(answer.path, { stroke: palette.truth, "stroke-width": 6 });
  return legend(body, y(low) + 106, [
    ...(open && fan.length ? [[palette.bar, words.fanMiddle]] : []),
    ...(open && tallies.length > 1 ? [[palette.ink, `${words.fanMiddle} · ${words.before}`]] : []),
    ...(open && answer ? [[palette.truth, answer.label]] : []),
  ], { palette, note: open && fan.length ? words.fan : open ? words.none : "" });
}

function legend(body, y, keys, { palette, note }) {
  let down = y;
  for (const [colour, words] of keys) {
    body.append(node("line", { x1: LEFT, x2: LEFT + 50, y1: down - 9, y2: down - 9, stroke: colour, "stroke-width": 6 }));
    body.append(text(LEFT + 64, down, words, palette.ink));
    down += 36;
  }
  if (note) body.append(text(LEFT, down, note, palette.soft));
  return down + (note ? 22 : 0);
}

function spoken({ question, tallies }, { words, language }) {
  const { fan } = tallies.at(-1);
  return fan.length ? [fill(words.fanSpoken, { line: shown(question, fan[2], language) })] : [words.none];
}

function answered({ question, answer }, { language }) {
  const values = answer.path.filter((one) => one !== null);
  return shown(question, values, language);
}

const told = (about, how) => [
  element("p", { class: "truth" }, `${about.answer.label}${how.language === "zh" ? "：" : ": "}${answered(about, how)}`),
  ...explained(about.answer, how.words),
];
const revealed = ({ answer }, { words }) => explained(answer, words);

export const path = { tall: true, input, shown, draw, spoken, answered, told, revealed };
