// How a class answered, as one SVG: before and after talking; with the answer once it is out.
import { fill } from "../../../ui/page/dom.js";
import { BOLD, FONT, lines, node, text, WIDTH } from "./draw.js";
import { kindOf } from "./kinds.js";
import { labelled } from "./telling.js";

/**
 * `about` holds the question, its tallies and, once it is out, the answer; with `open` false nothing of the answers is drawn.
 * @param {any} about
 * @param {{words: any, language: string, palette: any, open?: boolean, titled?: boolean}} how
 */
export function picture(about, how) {
  const body = node("g", {});
  const top = how.titled ? title(body, about.question, how) : 8;
  const height = kindOf(about.question).draw(body, top, about, { open: true, ...how });
  const found = node("svg", {
    xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${WIDTH} ${Math.ceil(height)}`, preserveAspectRatio: "xMinYMin", role: "img", "aria-label": spoken(about, how),
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
function spoken(about, how) {
  const { question, tallies, answer } = about;
  if (how.open === false) return question.text;
  const kind = kindOf(question);
  const parts = [fill(how.words.answersCount, { count: tallies.at(-1).count }), ...kind.spoken(about, how)];
  if (answer) parts.push(labelled(answer.label, kind.answered(about, how), how.language));
  return parts.join(". ");
}
