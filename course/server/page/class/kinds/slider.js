// A guess on a slider; the board has bins of it, a panel for before and one for after talking.
import { amount } from "../../../../ui/page/amounts.js";
import { decimals, element, fill, freshId, rounded } from "../../../../ui/page/dom.js";
import { label, node, text, ticks, value, WIDTH } from "../draw.js";
import { explained, truth as answerOf } from "../telling.js";

const DOTS = 14;
const PANEL = 210;
const BETWEEN = 34;

function draw(body, top, about, how) {
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


function input({ question, words, language, touched }) {
  const { low, high, step } = question.scale;
  const id = freshId("guess");
  const output = element("output", { for: id, class: "guess" }, "–");
  const range = element("input", { type: "range", id, min: low, max: high, step, class: "course-open" });
  range.value = String(low + Math.round((high - low) / step / 2) * step);
  let chosen = false;
  const show = () => {
    chosen = true;
    range.classList.remove("course-open");
    const text = shown(question, Number(range.value), language);
    output.textContent = text;
    range.setAttribute("aria-valuetext", text);
  };
  const moved = () => {
    show();
    touched();
  };
  const nudge = (by) => () => {
    if (chosen) range.value = String(Number(range.value) + by * step);
    moved();
  };
  range.addEventListener("input", moved);
  // a tap where the knob already is changes nothing, and is an answer all the same
  range.addEventListener("pointerup", moved);
  const ends = element(
    "p",
    { class: "ends quiet", "aria-hidden": "true" },
    element("span", {}, shown(question, low, language)),
    element("span", {}, shown(question, high, language)),
  );
  return {
    nodes: [
      element("p", { class: "guess-line" }, element("label", { for: id }, words.yours), output),
      element(
        "div",
        { class: "slider" },
        element("button", { type: "button", "aria-label": words.less, onclick: nudge(-1) }, "−"),
        range,
        element("button", { type: "button", "aria-label": words.more, onclick: nudge(1) }, "+"),
      ),
      ends,
    ],
    read: () => (chosen ? Number(range.value) : null),
    empty: words.open,
    show(value) {
      range.value = String(value);
      show();
    },
  };
}

const shown = (question, guess, language) => amount(guess, Math.min(decimals(question.scale.step), 6), question.unit, language);

function spoken({ question, tallies }, { words, language }) {
  const last = tallies.at(-1);
  return last.count ? [fill(words.middle, { value: value(question, last.middle, language) })] : [];
}

const answered = ({ question, answer }, { language }) => value(question, answer.value, language);
const told = (about, how) => [answerOf(about.answer, answered(about, how), how.language), ...explained(about.answer, how.words)];
const revealed = ({ answer }, { words }) => explained(answer, words);

export const slider = { input, shown, draw, spoken, answered, told, revealed };
