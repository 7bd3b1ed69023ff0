// The prediction: a guess that the learner locks in before the answer shows.
import { element, emphasised, fill, freshId, rounded } from "../page/dom.js";
import { onOtherTab, recall, remember } from "../page/page.js";

// What the browser kept, as { first, guess }, each a number in the slider's range or null.
function predictionRestored(content, kept, known) {
  const inRange = (value) => (Number.isFinite(value) && value >= content.low && value <= content.high ? value : null);
  const guess = inRange(kept ? kept.guess : known);
  return { first: inRange(kept?.first) ?? guess, guess };
}

function predictionTell(model, guess) {
  if (model.get("guess") === guess) return;
  try {
    model.set("guess", guess);
    model.save_changes();
  } catch {
    // A dead kernel misses the news; the browser keeps the guess and tells the next one.
  }
}

function predictionMark(kind, place, label, high) {
  return [
    element("span", { class: `prediction-dot ${kind}`, style: `left: ${place}%` }),
    element(
      "span",
      { class: `prediction-tag ${kind} ${high ? "over" : "under"}`, style: `left: ${place}%; transform: translateX(-${place}%)` },
      label,
    ),
  ];
}

// The picture of what the sentence above it says, so hidden from screen readers.
function predictionLine(content, state, shown) {
  const place = (value) => Math.round(((value - content.low) / (content.high - content.low)) * 1000) / 10;
  const { words } = content;
  const line = element("div", { class: "prediction-line" });
  if (state.first !== state.guess) line.append(element("span", { class: "prediction-dot first", style: `left: ${place(state.first)}%` }));
  line.append(
    ...predictionMark("guess", place(state.guess), `${words.guess} ${shown(state.guess)}`, true),
    ...predictionMark("answer", place(content.answer), `${words.answer} ${shown(content.answer)}`, false),
  );
  const ends = element("div", { class: "prediction-ends quiet" }, element("span", {}, shown(content.low)), element("span", {}, shown(content.high)));
  return element("div", { class: "prediction-picture", "aria-hidden": "true" }, line, ends);
}

function predictionVerdict(content, guess, withUnit) {
  const { words, answer, digits, language } = content;
  const gap = rounded(Math.abs(guess - answer), digits, language);
  const values = { guess: withUnit(guess), answer: withUnit(answer), gap };
  if (gap === rounded(0, digits, language)) return fill(words.exact, values);
  return fill(guess < answer ? words.below : words.above, values);
}

export function renderPrediction({ model, el }) {
  const content = model.get("content");
  const { words } = content;
  const memory = `guess.${content.module}.${content.key}`;
  const shown = (value) => rounded(value, content.digits, content.language);
  const withUnit = (value) => fill(words.amount, { value: shown(value), unit: content.unit });
  let state = predictionRestored(content, recall(memory), model.get("guess"));

  const keep = (next) => {
    state = next;
    remember(memory, state);
    predictionTell(model, state.guess);
  };

  const drawQuestion = (start) => {
    const id = freshId("guess");
    const value = element("output", { for: id, class: "prediction-value" });
    const slider = element("input", {
      type: "range", id, min: content.low, max: content.high, step: content.step, "aria-valuetext": "",
    });
    slider.value = start;
    const follow = () => {
      value.textContent = withUnit(slider.valueAsNumber);
      slider.setAttribute("aria-valuetext", value.textContent);
    };
    slider.addEventListener("input", follow);
    follow();
    const lock = () => {
      const guess = slider.valueAsNumber;
      keep({ first: state.first ?? guess, guess });
      drawAnswer().focus();
    };
    el.replaceChildren(
      element("label", { for: id, class: "prediction-question" }, emphasised(content.question)),
      element(
        "div",
        { class: "prediction-guess" },
        value,
        slider,
        element(
          "div",
          { class: "prediction-ends quiet", "aria-hidden": "true" },
          element("span", {}, shown(content.low)),
          element("span", {}, shown(content.high)),
        ),
      ),
      element(
        "div",
        { class: "prediction-foot" },
        element("button", { type: "button", class: "main", onclick: lock }, words.lock),
        state.first !== null && element("p", { class: "quiet" }, fill(words.first, { guess: withUnit(state.first) })),
      ),
    );
    return slider;
  };

  // Draws the answer and returns the sentence that should be read first.
  const drawAnswer = () => {
    const verdict = element("p", { class: "prediction-verdict", tabindex: "-1" }, predictionVerdict(content, state.guess, withUnit));
    const again = () => {
      const last = state.guess;
      keep({ first: state.first, guess: null });
      drawQuestion(last).focus();
    };
    el.replaceChildren(
      element("p", { class: "prediction-question" }, emphasised(content.question)),
      verdict,
      predictionLine(content, state, shown),
      element("p", { class: "prediction-reveal" }, emphasised(content.reveal)),
      element("p", { class: "quiet" }, fill(words.source, { source: content.source })),
      element(
        "div",
        { class: "prediction-foot" },
        element("button", { type: "button", onclick: again }, words.again),
        state.first !== state.guess && element("p", { class: "quiet" }, fill(words.first, { guess: withUnit(state.first) })),
      ),
    );
    return verdict;
  };

  const draw = () => (state.guess === null ? drawQuestion(state.first ?? content.start) : drawAnswer());
  predictionTell(model, state.guess);
  draw();
  return onOtherTab(memory, (kept) => {
    state = predictionRestored(content, kept, null);
    predictionTell(model, state.guess);
    draw();
  });
}
