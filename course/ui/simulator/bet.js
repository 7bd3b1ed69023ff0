// Place your bet first: a guess about a situation, before its picture is shown. A number, or a line that is drawn.
import { amount, axisHead, percent } from "../page/amounts.js";
import { decimals, element, fill, freshId, rounded, say } from "../page/dom.js";
import { isOpen, slide } from "../page/slide.js";
import { compared, drawing, level } from "../drawing/drawing.js";
import { answerOf, completed, distance } from "../drawing/line.js";

export function showMetric(metric, number, language) {
  if (metric.never && number >= metric.never.from) return metric.never.word;
  return metric.percent ? percent(number, language) : amount(number, metric.digits, metric.unit, language);
}

// What a number is guessed with. `chosen(guess)` hears it.
function numberField(content, bet, chosen) {
  const { words, language } = content;
  const metric = content.metrics.find((one) => one.key === bet.metric);
  const id = freshId("bet");
  const shown = (number) => showMetric({ ...metric, digits: decimals(bet.step) }, number, language);
  const output = element("output", { for: id, class: "course-value" });
  const input = slide({
    id,
    open: true,
    min: bet.low,
    max: bet.high,
    step: bet.step,
    value: (bet.low + bet.high) / 2,
    oninput: () => tell(),
  });
  const { head, times } = axisHead(metric.label, metric.percent ? "" : metric.unit, Math.max(-bet.low, bet.high), language);
  const about = { low: bet.low, high: bet.high, step: bet.step, percent: metric.percent, y: head, times };
  const plate = level(about, words, language, (number) => {
    input.value = String(number);
    input.dispatchEvent(new Event("input"));
  });
  function tell() {
    const text = isOpen(input) ? words.bet_open : shown(Number(input.value));
    say(output, text);
    input.setAttribute("aria-valuetext", text);
    const guess = isOpen(input) ? null : Number(input.value);
    plate.show(guess);
    chosen(guess);
  }
  tell();
  const ends = element("div", { class: "course-ends quiet", "aria-hidden": "true" }, [bet.low, bet.high].map((end) => element("span", {}, shown(end))));
  return element(
    "div",
    { class: "course-bet-field" },
    plate.node,
    element("div", { class: "course-control" }, element("label", { for: id }, words.bet_value), output, input, ends),
  );
}

// What a line is drawn with. `chosen(guess)` hears the whole line, null as long as there is none.
function lineField(content, bet, chosen) {
  const { words, language } = content;
  const clear = element("button", { type: "button", "data-do": "clear", onclick: () => field.clear() }, words.bet_clear);
  const field = drawing(bet.path, words, language, (values) => {
    clear.disabled = values.every((value) => value === null);
    chosen(completed(bet.path, values));
  });
  return element("div", { class: "course-bet-field" }, field.node, element("div", { class: "course-buttons" }, clear));
}

// What the words of a question mean.
function termList(terms) {
  if (!terms?.length) return null;
  const pieces = ({ name, meaning }) => element("div", {}, element("dt", {}, name), element("dd", {}, meaning));
  return element("dl", { class: "course-terms" }, terms.map(pieces));
}

// The question. `locked(guess)` gets a number or a line, or null where the learner would rather see.
export function betCard(content, bet, locked) {
  const words = content.words;
  const id = freshId("bet");
  let guess = null;
  const hint = element("p", { class: "quiet", id: `${id}-hint` }, bet.path ? words.bet_draw_first : words.bet_move_first);
  const lock = element(
    "button",
    { type: "button", class: "main", "aria-describedby": `${id}-hint`, onclick: () => locked(guess) },
    words.bet_lock,
  );
  const chosen = (now) => {
    guess = now;
    lock.disabled = guess === null;
    // its place stays: nothing moves under the pen
    hint.style.visibility = guess === null ? "visible" : "hidden";
  };
  return element(
    "div",
    { class: `course-bet${bet.path ? " course-bet-path" : ""}`, role: "group", "aria-labelledby": `${id}-head` },
    element(content.level, { class: "course-bet-head", id: `${id}-head` }, words.bet),
    termList(bet.terms),
    element("p", { class: "course-question" }, bet.question),
    (bet.path ? lineField : numberField)(content, bet, chosen),
    element(
      "div",
      { class: "course-buttons" },
      lock,
      element("button", { type: "button", "data-do": "skip", onclick: () => locked(null) }, words.bet_skip),
    ),
    hint,
  );
}

// What came of it in `run`.
export function betResult(content, bet, guess, run) {
  const parts = bet.path ? lineResult(content, bet, guess, run) : numberResult(content, bet, guess, run);
  return element("div", { class: `course-bet-result${bet.path ? " course-bet-line" : ""}`, tabindex: "-1" }, parts);
}

function numberResult(content, bet, guess, run) {
  const metric = content.metrics.find((one) => one.key === bet.metric);
  const show = (number) => showMetric(metric, number, content.language);
  const said = fill(content.words.bet_result, { guess: show(guess), answer: show(run.metrics[bet.metric]) });
  return [element("p", {}, element("strong", {}, said), ` ${bet.reveal}`)];
}

function lineResult({ words, language }, { path, reveal }, guess, run) {
  const answer = answerOf(path, run.rows[path.table] ?? []);
  const gap = distance(guess, answer);
  const shown = path.percent
    ? `${rounded(gap * 100, 1, language)} ${words.percentage_points}`
    : amount(gap, Math.max(1, decimals(path.step)), "", language);
  return [
    element("p", {}, element("strong", {}, fill(words.bet_line_result, { gap: shown })), ` ${reveal}`),
    element("div", { class: "course-bet-field" }, compared(path, words, language, guess, answer)),
  ];
}
