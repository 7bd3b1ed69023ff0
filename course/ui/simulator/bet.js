// Place your bet first: a guess about a situation, before its picture is shown.
import { decimals, element, fill, freshId, rounded } from "../page/dom.js";
import { slide } from "../page/slide.js";

export function showMetric(metric, number, language) {
  if (metric.never && number >= metric.never.from) return metric.never.word;
  if (metric.percent) return `${rounded(number * 100, 0, language)} %`;
  return `${rounded(number, metric.digits, language)} ${metric.unit}`.trim();
}

// The question. `locked(guess)` gets a number, or null where the learner would rather see.
export function betCard(content, bet, locked) {
  const words = content.words;
  const metric = content.metrics.find((one) => one.key === bet.metric);
  const id = freshId("bet");
  const shown = () =>
    showMetric({ ...metric, digits: decimals(bet.step) }, Number(input.value), content.language);
  const output = element("output", { for: id, class: "course-value" });
  const input = slide({
    id,
    min: bet.low,
    max: bet.high,
    step: bet.step,
    value: (bet.low + bet.high) / 2,
    oninput: () => tell(),
  });
  function tell() {
    output.textContent = shown();
    input.setAttribute("aria-valuetext", shown());
  }
  tell();
  return element(
    "div",
    { class: "course-bet", role: "group", "aria-labelledby": `${id}-head` },
    element(content.level, { class: "course-bet-head", id: `${id}-head` }, words.bet),
    element("p", { class: "course-question" }, bet.question),
    element("div", { class: "course-control" }, element("label", { for: id }, words.bet_value), output, input),
    element(
      "div",
      { class: "course-buttons" },
      element("button", { type: "button", class: "main", onclick: () => locked(Number(input.value)) }, words.bet_lock),
      element("button", { type: "button", onclick: () => locked(null) }, words.bet_skip),
    ),
  );
}

// What came of it.
export function betResult(content, bet, guess, answer) {
  const metric = content.metrics.find((one) => one.key === bet.metric);
  const show = (number) => showMetric(metric, number, content.language);
  return element(
    "p",
    { class: "course-bet-result", tabindex: "-1" },
    element("strong", {}, fill(content.words.bet_result, { guess: show(guess), answer: show(answer) })),
    ` ${bet.reveal}`,
  );
}
