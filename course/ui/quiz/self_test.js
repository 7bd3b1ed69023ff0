// The self-test: each round asks one question of every module, the next round each module's next one. An order of the
// learner's own, so that neighbours do not see the same page.
import { element, fill } from "../page/dom.js";
import { spell } from "../page/life.js";
import { learnerSeed, recall, remember } from "../page/page.js";
import { renderQuiz } from "./quiz.js";
import { shuffled } from "./shuffle.js";

// The questions of round `round` (from 0 on): one of each objective, here a module.
export function roundOf({ items, objectives }, seed, round) {
  return objectives.flatMap(({ id }) => {
    const mine = items.filter((item) => item.objective === id);
    if (mine.length === 0) return [];
    return [mine[shuffled(mine.length, seed, id)[round % mine.length]]];
  });
}

export function renderSelfTest({ model, el, signal }) {
  const content = model.get("content");
  const { words } = content;
  const memory = content.module;
  const heading = element("h2", { tabindex: -1 });
  const place = element("div", {});
  let round = Number.isInteger(recall(memory)?.round) ? Math.max(0, recall(memory).round) : 0;
  let drawn = spell(signal);
  const draw = () => {
    drawn.end();
    drawn = spell(signal);
    const items = roundOf(content, learnerSeed(), round);
    heading.textContent = fill(words.round, { number: round + 1, count: items.length });
    place.replaceChildren();
    const quiz = { ...content, module: `${memory}.${round}`, items };
    renderQuiz({ model: { get: () => quiz }, el: place, signal: drawn.signal });
  };
  const another = () => {
    round += 1;
    remember(memory, { round });
    draw();
    heading.focus();
  };
  draw();
  el.append(heading, place, element("p", { class: "quiz-another" }, element("button", { type: "button", onclick: another }, words.another)));
}
