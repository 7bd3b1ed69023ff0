// A row each for options, numbers or stages: words, and a bar a round.
import { BOLD, FONT, lines, node, text, WIDTH } from "./draw.js";

/** @param {{badge: string, words: string, right?: boolean, mark?: string, counts: number[]}[]} list */
export function rows(body, top, list, tallies, how) {
  const last = tallies.at(-1);
  if (!list.length) {
    body.append(text(14, top + 30, last?.count || !how.open ? "" : how.words.none, how.palette.soft));
    return top + 60;
  }
  let y = top;
  for (const row of list) y = drawRow(body, y, row, { ...how, tallies });
  return y + 6;
}

function drawRow(body, from, row, { palette, open, tallies, words }) {
  const left = row.badge ? 64 : 14;
  const total = Math.max(1, ...tallies.slice(-row.counts.length).map((tally) => tally.count));
  let y = from;
  if (row.badge) {
    body.append(node("circle", { cx: 30, cy: y + 24, r: 22, fill: row.right ? palette.truth : palette.hair }));
    body.append(text(30, y + 33, row.badge, row.right ? palette.ground : palette.ink, { "text-anchor": "middle", "font-weight": 700 }));
  }
  for (const line of lines(row.words + (row.right ? (row.mark ?? " ✓") : ""), (WIDTH - left - 30) / FONT / (row.right ? BOLD : 1))) {
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
