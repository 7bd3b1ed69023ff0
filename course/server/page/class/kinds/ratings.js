// Statements that are rated from 1 to 7, before and after; the board has the class's means, and the gap between them.
import { element, emphasised, fill, freshId, rounded } from "../../../../ui/page/dom.js";
import { FONT, lines, node, text, WIDTH } from "../draw.js";
import { explained, labelled, truth } from "../telling.js";

const [LEFT, RIGHT] = [60, WIDTH - 190];
const ROW = 46;

function input({ question, words, touched }) {
  const { low, high } = question.marks;
  const marks = Array.from({ length: high - low + 1 }, (_, at) => low + at);
  const groups = question.options.map((statement) => {
    const name = freshId("rating");
    const boxes = marks.map((mark) => element("input", { type: "radio", name, value: mark, "data-mark": mark, onchange: touched }));
    const legend = element("legend", {}, emphasised(statement));
    const labels = marks.map((mark, at) => element("label", { class: "mark" }, boxes[at], element("span", {}, String(mark))));
    return { boxes, node: element("fieldset", { class: "rating" }, legend, element("div", { class: "marks" }, labels)) };
  });
  const chosen = () => groups.map(({ boxes }) => boxes.find((box) => box.checked)).map((box) => (box ? Number(box.value) : null));
  return {
    nodes: groups.map((group) => group.node),
    read: () => (chosen().includes(null) ? null : chosen()),
    empty: words.rateAll,
    show: (values) => groups.forEach(({ boxes }, at) => boxes.forEach((box) => (box.checked = Number(box.value) === values[at]))),
  };
}

const shown = (_question, values) => values.join(" · ");

// the means before and after; the second is null as long as it was not asked, or by too few
export const means = (tallies) => [tallies[0]?.means ?? null, tallies.length > 1 ? (tallies.at(-1).means ?? null) : null];

function draw(body, top, { question, tallies }, how) {
  const { palette, words, language, open } = how;
  const { low, high } = question.marks;
  const across = (mark) => LEFT + ((mark - low) / (high - low)) * (RIGHT - LEFT);
  const [before, after] = open ? means(tallies) : [null, null];
  let y = top;
  question.options.forEach((statement, at) => {
    for (const line of lines(statement, (WIDTH - 30) / FONT)) {
      y += FONT * 1.3;
      body.append(text(14, y, line, palette.ink));
    }
    y += ROW * 0.6;
    body.append(node("line", { x1: LEFT, x2: RIGHT, y1: y, y2: y, stroke: palette.hair, "stroke-width": 4 }));
    if (before) body.append(node("circle", { cx: across(before[at]), cy: y, r: 12, fill: palette.ground, stroke: palette.bar, "stroke-width": 5 }));
    if (after) body.append(node("circle", { cx: across(after[at]), cy: y, r: 12, fill: palette.bar }));
    const number = after && before ? signed(after[at] - before[at], language) : before ? rounded(before[at], 1, language) : "";
    body.append(text(WIDTH - 20, y + 9, number, after && before ? palette.truth : palette.ink, { "text-anchor": "end", "font-weight": 700 }));
    y += ROW * 0.6;
  });
  for (const mark of [low, high]) body.append(text(across(mark), y + FONT * 0.7, String(mark), palette.soft, { "text-anchor": "middle" }));
  y += FONT * 1.1;
  const key = open && tallies.at(-1).means === null ? fill(words.fewRatings, { fewest: tallies.at(-1).fewest }) : `○ ${words.expected}   ● ${words.perceived}`;
  for (const line of lines(key, (WIDTH - 30) / FONT)) {
    y += FONT * 1.3;
    body.append(text(14, y, line, palette.soft));
  }
  return y + 16;
}

const signed = (gap, language) => `${gap > 0 ? "+" : ""}${rounded(gap, 1, language)}`;

function spoken({ question, tallies }, { words, language }) {
  const [before, after] = means(tallies);
  if (!before && !after) return [fill(words.fewRatings, { fewest: tallies.at(-1).fewest })];
  const number = (list, at) => (list ? rounded(list[at], 1, language) : "–");
  return question.options.map((statement, at) =>
    labelled(statement, `${words.expected} ${number(before, at)}, ${words.perceived} ${number(after, at)}`, language),
  );
}

// the mean gap, where it is known
export function gap(tallies) {
  const [before, after] = means(tallies ?? []);
  return before && after ? after.reduce((sum, one, at) => sum + one - before[at], 0) / after.length : null;
}

function answered({ tallies }, { words, language }) {
  const found = gap(tallies);
  return found === null ? words.noGap : fill(words.meanGap, { gap: signed(found, language) });
}

const told = ({ answer }, { words }) => explained(answer, words);
const revealed = (about, how) => [truth(about.answer, answered(about, how), how.language), ...explained(about.answer, how.words)];

export const ratings = { input, shown, draw, spoken, answered, told, revealed };
