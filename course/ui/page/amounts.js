// Amounts with their units, as readers of each language expect them. Sentences from the kernel are written the same way
// (course/amounts.py); tests/ui/js/amounts.json holds both to one table.
import { rounded } from "./dom.js";

const MILLIONS = "百万";
const THOUSANDS = "千";

// `unit`: "one|many", "%" close to its number, or 百万… and 千…, which are told in 万 and 亿.
export function amount(number, digits, unit, language) {
  if (unit.startsWith(MILLIONS)) {
    const rest = unit.slice(MILLIONS.length);
    if (Math.abs(number) >= 100) return `${rounded(number / 100, 2, language)} 亿${rest}`;
    return `${rounded(number * 100, 0, language)} 万${rest}`;
  }
  if (unit.startsWith(THOUSANDS)) {
    const rest = unit.slice(THOUSANDS.length);
    if (Math.abs(number) >= 10) return `${rounded(number / 10, 1, language)} 万${rest}`;
    return `${rounded(number * 1000, 0, language)} ${rest}`;
  }
  const text = rounded(number, digits, language);
  const [one, many = one] = unit.split("|");
  const word = text.replace("−", "") === "1" ? one : many;
  return `${text}${word.startsWith("%") ? "" : " "}${word}`.trim();
}

// What a number that `amount` wrote with this unit says to the eye: 3.14 that was written "3.1 points" is 3.1.
export function read(text, unit) {
  const number = Number(/[−\d][\d,.]*/.exec(text)[0].replace("−", "-").replaceAll(",", ""));
  if (unit.startsWith(MILLIONS)) return text.includes("亿") ? number * 100 : number / 100;
  if (unit.startsWith(THOUSANDS)) return text.includes("万") ? number * 10 : number / 1000;
  return number;
}

const LABELLED_THOUSANDS = /(^|（)千(?=[元人])/;

// A label, and what the numbers under it are told times: 百万… in 万 (from 200 on in 亿), 千… in 万.
export function largeUnit(label, most = 0) {
  if (label.includes(MILLIONS)) {
    return most >= 200 ? { head: label.replace(MILLIONS, "亿"), times: 0.01 } : { head: label.replace(MILLIONS, "万"), times: 100 };
  }
  const head = label.replace(LABELLED_THOUSANDS, "$1万");
  return { head, times: head === label ? 1 : 0.1 };
}

// The head of a column, and how its values are read.
export function columnHead(label) {
  const { head, times } = largeUnit(label);
  return { head, read: (value) => (typeof value === "number" ? value * times : value) };
}

// A text with a remark behind it in brackets.
export const bracketed = (text, remark, language) => (language === "zh" ? `${text}（${remark}）` : `${text} (${remark})`);

// What stands over an axis of numbers with this unit, and what they are told times; `most`: the largest of them.
export function axisHead(label, unit, most, language) {
  const many = unit.split("|").at(-1);
  if (!many) return { head: label, times: 1 };
  return largeUnit(bracketed(label, many, language), most);
}

// Whole per cents; a share that is nearly all or nearly nothing has a decimal, or it would pass for all or nothing.
export function percent(share, language) {
  const nearly = share !== 0 && share !== 1 && [0, 100].includes(Math.round(share * 100));
  return amount(share * 100, nearly ? 1 : 0, "%", language);
}
