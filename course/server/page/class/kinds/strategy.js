// A strategy: a map of two figures, with everybody's on it; then the best, those that nobody beats, and the course's own.
import { element, fill, rounded } from "../../../../ui/page/dom.js";
import { axisUnit, breadth, FONT, node, text, ticks, WIDTH } from "../draw.js";
import { explained } from "../telling.js";
import { figure, figures, input, shown } from "./levers.js";

const HEIGHT = 380;
const LEFT = 110;
const RIGHT = WIDTH - 40;

/** Those that no other beats in both figures at once, from left to right. */
export function unbeaten(spots) {
  return spots.filter(([x, y]) => !spots.some(([other, higher]) => other >= x && higher >= y && (other > x || higher > y))).sort((one, two) => one[0] - two[0]);
}

/** The spot that is highest up. */
export const best = (spots) => spots.reduce((found, spot) => (found && found[1] >= spot[1] ? found : spot), undefined);

function span(numbers) {
  if (!numbers.length) return [0, 1];
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const room = (high - low || Math.abs(high) || 1) * 0.1;
  return [low - room, high + room];
}

function draw(body, top, { question, tallies, answer }, how) {
  const { palette, language, open } = how;
  const beside = answer?.beside ?? [];
  const spots = [...tallies.flatMap((tally) => tally.spots), ...beside.map((one) => one.spot)];
  const [across, up] = question.aims;
  const [[left, right], [low, high]] = [span(open ? spots.map((spot) => spot[0]) : []), span(open ? spots.map((spot) => spot[1]) : [])];
  const x = (number) => LEFT + ((number - left) / (right - left)) * (RIGHT - LEFT);
  const y = (number) => top + 44 + (1 - (number - low) / (high - low)) * HEIGHT;
  const foot = y(low);
  const told = (aim, at) => rounded(at * axisUnit(aim.unit).times, axisUnit(aim.unit).times < 1 ? 1 : 0, language);
  const title = (aim) => `${aim.label}${axisUnit(aim.unit).unit ? (language === "zh" ? `（${axisUnit(aim.unit).unit}）` : ` (${axisUnit(aim.unit).unit})`) : ""}`;
  body.append(text(14, top + 24, title(up), palette.soft));
  body.append(text(RIGHT, foot + 74, title(across), palette.soft, { "text-anchor": "end" }));
  body.append(node("line", { x1: LEFT, x2: RIGHT, y1: foot, y2: foot, stroke: palette.soft, "stroke-width": 2 }));
  if (open && spots.length) {
    for (const at of ticks(low, high)) {
      body.append(node("line", { x1: LEFT, x2: RIGHT, y1: y(at), y2: y(at), stroke: at === 0 ? palette.soft : palette.hair, "stroke-width": 2 }));
      body.append(text(LEFT - 12, y(at) + 9, told(up, at), palette.ink, { "text-anchor": "end" }));
    }
    for (const at of ticks(left, right)) body.append(text(x(at), foot + 36, told(across, at), palette.ink, { "text-anchor": "middle" }));
  }
  const spot = ([at, number, count = 1], colour, more = {}) => body.append(node("circle", { cx: x(at), cy: y(number), r: 9 + 3 * Math.sqrt(count - 1), fill: colour, ...more }));
  const last = tallies.at(-1);
  if (open) {
    for (const before of tallies.slice(0, -1)) for (const one of before.spots) spot(one, palette.pale);
    if (answer) frontier(body, last.spots, { x, y, palette });
    for (const one of last.spots) spot(one, palette.bar, { opacity: 0.85 });
    if (answer) reveal(body, { beside, top: best(last.spots), up, x, y, how });
  }
  return notes(body, foot + 110, { last, tallies, answer, how });
}

function frontier(body, spots, { x, y, palette }) {
  const line = unbeaten(spots);
  if (line.length > 1) body.append(node("polyline", { points: line.map(([at, number]) => `${x(at)},${y(number)}`).join(" "), fill: "none", stroke: palette.ink, "stroke-width": 3, "stroke-dasharray": "6 7" }));
}

// labels stand to the side on which there is room, and below those that stand there already
function tag(body, [at, number], words, colour, { x, y, palette, taken }) {
  const wide = breadth(words) * FONT * 1.1 + 30;
  const before = x(at) + wide > RIGHT;
  const from = before ? x(at) - wide : x(at);
  const free = (height) => taken.every((one) => Math.abs(one.height - height) >= FONT * 1.6 || one.from > from + wide || from > one.from + one.wide);
  let height = y(number) + 9;
  while (!free(height)) height += 6;
  taken.push({ from, wide, height });
  body.append(
    text(x(at) + (before ? -18 : 18), height, words, colour, {
      "text-anchor": before ? "end" : "start", "font-weight": 600, stroke: palette.ground, "stroke-width": 7, "paint-order": "stroke",
    }),
  );
}

function reveal(body, { beside, top, up, x, y, how }) {
  const { palette, language, words } = how;
  const taken = [];
  if (top) {
    body.append(node("circle", { cx: x(top[0]), cy: y(top[1]), r: 18, fill: "none", stroke: palette.ink, "stroke-width": 4 }));
    tag(body, top, fill(words.best, { value: figure(up, top[1], language) }), palette.ink, { x, y: (number) => y(number) - 30, palette, taken });
  }
  for (const { label, spot } of beside) {
    body.append(node("rect", { x: x(spot[0]) - 9, y: y(spot[1]) - 9, width: 18, height: 18, fill: palette.truth }));
    tag(body, spot, label, palette.truth, { x, y, palette, taken });
  }
}

function notes(body, y, { last, tallies, answer, how }) {
  const { words, palette, open } = how;
  const said = open ? [
    ...(last.count ? [] : [words.none]),
    ...(last.running ? [fill(words.running, { count: last.running })] : []),
    ...(tallies.length > 1 ? [words.palerBefore] : []),
    ...(answer && unbeaten(last.spots).length > 1 ? [words.unbeaten] : []),
  ] : [];
  said.forEach((one, place) => body.append(text(LEFT, y + place * 36, one, palette.soft)));
  return y + said.length * 36 - 12;
}

function spoken(about, how) {
  const top = best(about.tallies.at(-1).spots);
  return top ? [fill(how.words.best, { value: figure(about.question.aims[1], top[1], how.language) })] : [how.words.none];
}

// on a phone it is what one's own came to; on the board, the best
function answered({ question, answer, mine, tallies }, { words, language }) {
  const own = mine?.came?.figures ?? (tallies ? best(tallies.at(-1).spots) : undefined);
  if (!own) return answer.reveal;
  const said = question.aims.map((aim, place) => `${aim.label} ${figure(aim, own[place], language)}`).join(language === "zh" ? "；" : "; ");
  return tallies ? fill(words.best, { value: figure(question.aims[1], own[1], language) }) : said;
}

const told = (about, how) => [
  ...(about.mine?.came ? [figures(about.question, about.mine.came, how.words, how.language)] : []),
  ...explained(about.answer, how.words),
];
const revealed = ({ answer }, { words }) => [element("p", {}, element("strong", {}, answer.label)), ...explained(answer, words)];

export const strategy = { tall: true, input, shown, draw, spoken, answered, told, revealed };
