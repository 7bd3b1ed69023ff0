// What every picture of a class is drawn with: SVG, texts that fit, places of an axis, and the colours of a theme.
import { amount, largeUnit } from "../../../ui/page/amounts.js";
import { decimals } from "../../../ui/page/dom.js";

export const WIDTH = 1000;
const SPACE = "http://www.w3.org/2000/svg";
export const FONT = 26;
// how much wider letters are when they are bold
export const BOLD = 1.12;

/** The colours of a theme, as numbers: a saved picture has no style sheet. */
export const LIGHT = { ink: "#23201c", soft: "#5b554c", bar: "#0f766e", pale: "#b9d6d2", truth: "#b0390a", hair: "#ddd5c7", ground: "#fffdf9", on: "#ffffff" };
export const DARK = { ink: "#f1ece3", soft: "#b9b1a4", bar: "#4fc3b5", pale: "#2f5853", truth: "#f0935f", hair: "#3d3a35", ground: "#1b1a18", on: "#10201e" };

export function node(tag, attributes, ...children) {
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

export function text(x, y, words, colour, more = {}) {
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

// a label over a place, within the picture
export function label(x, y, words, colour, more = {}) {
  const half = (breadth(words) * FONT * 1.1) / 2;
  return text(Math.min(Math.max(x, half + 10), WIDTH - half - 10), y, words, colour, { "text-anchor": "middle", ...more });
}

/** A number of the question as it is told. */
export function value(question, number, language) {
  const digits = Math.min(question.digits, decimals(Number(number.toFixed(6))));
  return amount(number, digits, question.unit, language);
}

/** How an axis tells numbers of a unit: what is large in 亿 or 万. */
export function axisUnit(unit) {
  const { head, times } = largeUnit(unit.split("|").at(-1), Infinity);
  return { times, unit: head };
}
