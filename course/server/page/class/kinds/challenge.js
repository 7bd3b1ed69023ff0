// A challenge: who brings the figures where they are wanted, and who did so first.
import { element, fill } from "../../../../ui/page/dom.js";
import { text } from "../draw.js";
import { rows } from "../rows.js";
import { explained, labelled } from "../telling.js";
import { figures, input, lever, shown } from "./levers.js";

const stage = (met, all, words) => (met === all ? words.metAll : all === 1 ? words.metNo : fill(words.metSome, { met, all }));
const named = (one, words) => one.name || words.somebody;

function draw(body, top, { question, tallies }, how) {
  const { words, palette, open } = how;
  const last = tallies.at(-1);
  const all = question.aims.length;
  const stages = Array.from({ length: all + 1 }, (_, place) => all - place);
  const list = stages.map((met) => ({ badge: "", words: stage(met, all, words), right: met === all && last.met[all] > 0 && open, counts: tallies.map((tally) => tally.met[met]) }));
  let y = rows(body, top, list, tallies, how);
  if (!open) return y;
  if (last.first.length) {
    body.append(text(14, y + 30, words.firstThere, palette.soft));
    last.first.forEach((one, place) => body.append(text(40, y + 70 + place * 38, `${place + 1}  ${named(one, words)}`, palette.ink, { "font-weight": 600 })));
    y += 54 + last.first.length * 38;
  }
  if (last.running) {
    body.append(text(14, y + 28, fill(words.running, { count: last.running }), palette.soft));
    y += 40;
  }
  return y + 10;
}

function spoken({ question, tallies }, { words }) {
  const { met, first } = tallies.at(-1);
  const all = question.aims.length;
  const stages = met.map((count, place) => `${stage(place, all, words)}: ${count}`).reverse();
  return [stages.join("; "), ...(first.length ? [`${words.firstThere} ${first.map((one) => named(one, words)).join(", ")}`] : [])];
}

function way({ question, answer }, { language }) {
  const set = answer.way.levers.map(({ place, value }) => `${question.levers[place].label} ${lever(question.levers[place], value, language)}`);
  return set.join(language === "zh" ? "；" : "; ");
}

const answered = (about, how) => way(about, how);
const told = (about, how) => [
  ...(about.mine?.came ? [figures(about.question, about.mine.came, how.words, how.language)] : []),
  element("p", { class: "truth" }, labelled(about.answer.label, way(about, how), how.language)),
  ...explained(about.answer, how.words),
];
const revealed = (about, how) => [element("p", {}, element("strong", {}, labelled(about.answer.label, way(about, how), how.language))), ...explained(about.answer, how.words)];

export const challenge = { tall: true, input, shown, draw, spoken, answered, told, revealed };
