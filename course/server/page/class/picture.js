// How a class answered, as one SVG: bins of a slider, options, or numbers; before and after talking; with the answer once it is out.
import { amount } from "../../../ui/page/amounts.js";
import { decimals, fill, rounded } from "../../../ui/page/dom.js";
import { LETTERS, shown } from "./inputs.js";

const WIDTH = 1000;
const SPACE = "http://www.w3.org/2000/svg";
const FONT = 26;
// how much wider letters are when they are bold
const BOLD = 1.12;
const DOTS = 14;
const PANEL = 210;
const BETWEEN = 34;

/** The colours of a theme, as numbers: a saved picture has no style sheet. */
export const LIGHT = { ink: "#23201c", soft: "#5b554c", bar: "#0f766e", pale: "#b9d6d2", truth: "#b0390a", hair: "#ddd5c7", ground: "#fffdf9", on: "#ffffff" };
export const DARK = { ink: "#f1ece3", soft: "#b9b1a4", bar: "#4fc3b5", pale: "#2f5853", truth: "#f0935f", hair: "#3d3a35", ground: "#1b1a18", on: "#10201e" };

function node(tag, attributes, ...children) {
  const found = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) found.setAttribute(name, String(value));
  found.append(...children);
  return found;
}

const wide = (letter) => (/[⺀-鿿　-〿＀-￯]/.test(letter) ? 1 : /[A-Z@%mw]/.test(letter) ? 0.72 : /[ilj.,:;'|!]/.test(letter) ? 0.3 : 0.58);

/** How wide a text is, in ems, nearly. */
export const breadth = (text) => [...text].reduce((sum, letter) => sum + wide(letter), 0);

/** Lines of at most `ems`: broken between words, and anywhere between 汉字. */
export function lines(text, ems) {
  const pieces = text.replace(/\*/g, "").match(/[⺀-鿿]|[^\s⺀-鿿]+\s*|\s+/g) ?? [];
  const found = [""];
  for (const piece of pieces) {
    const closes = /^[，。：；、？！”）]/.test(piece);
    if (found.at(-1) && !closes && breadth(found.at(-1) + piece.trimEnd()) > ems) found.push("");
    found[found.length - 1] += piece;
  }
  return found.map((line) => line.trim()).filter(Boolean);
}

function text(x, y, words, colour, more = {}) {
  return node("text", { x, y, fill: colour, "font-size": FONT, ...more }, words);
}

/** Round places for an axis, six or so. */
export function ticks(low, high) {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= rough * 0.999);
  const found = [];
  for (let at = Math.ceil(low / step - 1e-9) * step; at <= high + 1e-9; at += step) found.push(Number(at.toFixed(9)));
  return found;
}

/**
 * `about` holds the question, its tallies and, once it is out, the answer; with `open` false nothing of the answers is drawn.
 * @param {any} about
 * @param {{words: any, language: string, palette: typeof LIGHT, open?: boolean, titled?: boolean}} how
 */
export function picture(about, how) {
  const draw = about.question.scale ? bins : rows;
  const body = node("g", {});
  const top = how.titled ? title(body, about.question, how) : 8;
  const height = draw(body, top, about, { open: true, ...how });
  const found = node("svg", {
    xmlns: SPACE, viewBox: `0 0 ${WIDTH} ${height}`, preserveAspectRatio: "xMinYMin", role: "img", "aria-label": spoken(about, how),
    "font-family": 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  });
  if (how.titled) found.append(node("rect", { width: WIDTH, height, fill: how.palette.ground }));
  found.append(body);
  return found;
}

function title(body, question, how) {
  let y = 14;
  for (const line of lines(question.text, (WIDTH - 30) / FONT / BOLD)) {
    y += FONT * 1.35;
    body.append(text(14, y, line, how.palette.ink, { "font-weight": 600 }));
  }
  return y + 24;
}

/** The picture in words, for who does not see it. */
function spoken(about, { words, language, open = true }) {
  const { question, tallies, answer } = about;
  const last = tallies.at(-1);
  if (!open) return question.text;
  const parts = [fill(words.answersCount, { count: last.count })];
  if (question.options.length) parts.push(question.options.map((_, place) => `${LETTERS[place]} ${last.counts[place]}`).join("; "));
  else if (question.scale && last.count) parts.push(fill(words.middle, { value: value(question, last.middle, language) }));
  else if (last.numbers) parts.push(last.numbers.map((one) => `${value(question, one.value, language)} × ${one.count}`).join("; "));
  if (answer && answer.value !== null) parts.push(`${answer.label} ${value(question, answer.value, language)}`);
  return parts.join(". ");
}

function value(question, number, language) {
  const digits = Math.min(question.digits, decimals(Number(number.toFixed(6))));
  return amount(number, digits, question.unit, language);
}

/* a slider: one panel a round, one axis */

function bins(body, top, about, how) {
  const { question, tallies, answer } = about;
  const { palette, language, words } = how;
  const { low, high } = question.scale;
  const [left, right] = [30, WIDTH - 30];
  const edges = tallies[0] ? [tallies[0].low, tallies[0].low + tallies[0].width * tallies[0].counts.length] : [low, high];
  const across = (number) => left + ((number - edges[0]) / (edges[1] - edges[0])) * (right - left);
  const most = Math.max(1, ...tallies.flatMap((tally) => tally.counts));
  const head = answer && how.open ? 36 : 4;
  let y = top + head;
  const foot = y + tallies.length * PANEL + (tallies.length - 1) * BETWEEN;
  // what is written on the panels stands over it
  if (answer && how.open) truth(body, answer, { from: top + 30, to: foot, x: across(answer.value), question, how });
  tallies.forEach((tally, round) => {
    const last = round === tallies.length - 1;
    const name = tallies.length > 1 ? (round ? words.after : words.before) : "";
    if (how.open) panel(body, tally, { y, across, most, colour: last ? palette.bar : palette.pale });
    if (name) body.append(text(left, y + 24, name, palette.soft));
    if (how.open && tally.count) marker(body, tally, { y, across, question, how });
    y += PANEL;
    body.append(node("line", { x1: left, x2: right, y1: y, y2: y, stroke: palette.soft, "stroke-width": 2 }));
    y += last ? 0 : BETWEEN;
  });
  const marks = ticks(low, high);
  const places = Math.max(...marks.map((at) => decimals(at)));
  for (const at of marks) {
    body.append(node("line", { x1: across(at), x2: across(at), y1: y, y2: y + 8, stroke: palette.soft, "stroke-width": 2 }));
    body.append(text(across(at), y + 36, rounded(at, places, language), palette.ink, { "text-anchor": "middle" }));
  }
  body.append(text(right, y + 68, question.unit.split("|").at(-1), palette.soft, { "text-anchor": "end" }));
  return y + 82;
}

function panel(body, tally, { y, across, most, colour }) {
  const wideness = across(tally.low + tally.width) - across(tally.low);
  const size = Math.min(wideness * 0.86, 20, (PANEL - 60) / most);
  const dotted = size >= DOTS;
  tally.counts.forEach((count, bin) => {
    const x = across(tally.low + bin * tally.width);
    if (dotted) {
      for (let one = 0; one < count; one += 1) {
        body.append(node("circle", { cx: x + wideness / 2, cy: y + PANEL - size * (one + 0.6), r: size * 0.46, fill: colour }));
      }
    } else if (count) {
      const height = ((PANEL - 60) * count) / most;
      body.append(node("rect", { x: x + wideness * 0.06, y: y + PANEL - height, width: wideness * 0.88, height, fill: colour }));
    }
  });
}

function marker(body, tally, { y, across, question, how }) {
  const x = across(tally.middle);
  const words = fill(how.words.middle, { value: value(question, tally.middle, how.language) });
  body.append(node("line", { x1: x, x2: x, y1: y + 34, y2: y + PANEL, stroke: how.palette.ink, "stroke-width": 2, "stroke-dasharray": "3 5" }));
  const halo = { stroke: how.palette.ground, "stroke-width": 8, "paint-order": "stroke" };
  body.append(label(x, y + 28, words, how.palette.ink, halo));
}

function truth(body, answer, { from, to, x, question, how }) {
  const words = `${answer.label}${how.language === "zh" ? "：" : ": "}${value(question, answer.value, how.language)}`;
  body.append(node("line", { x1: x, x2: x, y1: from, y2: to, stroke: how.palette.truth, "stroke-width": 4 }));
  body.append(label(x, from - 6, words, how.palette.truth, { "font-weight": 700 }));
}

// a label over a place, within the picture
function label(x, y, words, colour, more = {}) {
  const half = (breadth(words) * FONT * 1.1) / 2;
  return text(Math.min(Math.max(x, half + 10), WIDTH - half - 10), y, words, colour, { "text-anchor": "middle", ...more });
}

/* options and typed numbers: a row each, a bar a round */

function rows(body, top, about, how) {
  const { question, tallies, answer } = about;
  const list = question.options.length ? optionRows(about) : numberRows(about, how);
  const last = tallies.at(-1);
  if (!list.length) {
    body.append(text(14, top + 30, last?.count || !how.open ? "" : how.words.none, how.palette.soft));
    return top + 60;
  }
  let y = top;
  for (const row of list) y = drawRow(body, y, row, { ...how, tallies, answered: Boolean(answer) });
  return y + 6;
}

function optionRows({ question, tallies, answer }) {
  return question.options.map((words, place) => ({
    badge: LETTERS[place], words, right: answer?.options[place].right, counts: tallies.map((tally) => tally.counts[place]),
  }));
}

function numberRows({ question, tallies, answer }, { words, language, open }) {
  if (!open) return [];
  const last = tallies.at(-1);
  const near = (number) => answer && Math.abs(number - answer.value) <= answer.tolerance + 1e-9;
  const found = last.numbers.map((one) => ({ badge: "", words: shown(question, one.value, language), right: near(one.value), counts: [one.count] }));
  if (answer && !found.some((row) => row.right)) found.push({ badge: "", words: value(question, answer.value, language), right: true, counts: [0] });
  if (last.other) found.push({ badge: "", words: words.typed, right: false, counts: [last.other] });
  return found;
}

function drawRow(body, from, row, { palette, open, tallies, words }) {
  const left = row.badge ? 64 : 14;
  const total = Math.max(1, ...tallies.slice(-row.counts.length).map((tally) => tally.count));
  let y = from;
  if (row.badge) {
    body.append(node("circle", { cx: 30, cy: y + 24, r: 22, fill: row.right ? palette.truth : palette.hair }));
    body.append(text(30, y + 33, row.badge, row.right ? palette.ground : palette.ink, { "text-anchor": "middle", "font-weight": 700 }));
  }
  for (const line of lines(row.words + (row.right ? " ✓" : ""), (WIDTH - left - 30) / FONT / (row.right ? BOLD : 1))) {
    y += FONT * 1.34;
    body.append(text(left, y, line, row.right ? palette.truth : palette.ink, row.right ? { "font-weight": 700 } : {}));
  }
  y += 10;
  row.counts.forEach((count, round) => {
    const wideness = ((WIDTH - left - 190) * count) / total;
    const colour = round === row.counts.length - 1 ? palette.bar : palette.pale;
    body.append(node("rect", { x: left, y, width: open ? Math.max(wideness, 2) : 2, height: 22, fill: open ? colour : palette.hair }));
    const told = row.counts.length > 1 ? ` ${round ? words.after : words.before}` : "";
    if (open) body.append(text(left + wideness + 10, y + 19, `${count}${told}`, palette.soft, { "font-size": 23 }));
    y += 28;
  });
  return y + 12;
}
