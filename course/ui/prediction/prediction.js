// The prediction: a guess that the learner locks in before the answer shows.
import { element, emphasised, fill, freshId, rounded } from "../page/dom.js";
import { onOtherTab, recall, remember } from "../page/page.js";
import { isOpen, slide } from "../page/slide.js";

// What the browser kept, as { first, guess }, each a number in the slider's range or null.
export function restored(content, kept, known) {
  const inRange = (value) => (Number.isFinite(value) && value >= content.low && value <= content.high ? value : null);
  const guess = inRange(kept ? kept.guess : known);
  return { first: inRange(kept?.first) ?? guess, guess };
}

function tellKernel(model, guess) {
  if (model.get("guess") === guess) return;
  try {
    model.set("guess", guess);
    model.save_changes();
  } catch {
    // A dead kernel misses the news; the browser keeps the guess and tells the next one.
  }
}

function mark(kind, place, label, high) {
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
function picture(content, state, shown) {
  const place = (value) => Math.round(((value - content.low) / (content.high - content.low)) * 1000) / 10;
  const { words } = content;
  const line = element("div", { class: "prediction-line" });
  if (state.first !== state.guess) line.append(element("span", { class: "prediction-dot first", style: `left: ${place(state.first)}%` }));
  line.append(
    ...mark("guess", place(state.guess), `${words.guess} ${shown(state.guess)}`, true),
    ...mark("answer", place(content.answer), `${words.answer} ${shown(content.answer)}`, false),
  );
  return element("div", { class: "prediction-picture", "aria-hidden": "true" }, line, ends(content, shown));
}

export function verdictOf(content, guess, withUnit) {
  const { words, answer, digits, language } = content;
  const gap = rounded(Math.abs(guess - answer), digits, language);
  const values = { guess: withUnit(guess), answer: withUnit(answer), gap };
  if (gap === rounded(0, digits, language)) return fill(words.exact, values);
  return fill(guess < answer ? words.below : words.above, values);
}

export function renderPrediction({ model, el, signal }) {
  new Prediction(model, el).begin(signal);
}

class Prediction {
  constructor(model, el) {
    const content = model.get("content");
    this.model = model;
    this.el = el;
    this.content = content;
    this.words = content.words;
    this.memory = `guess.${content.module}.${content.key}`;
    this.state = restored(content, recall(this.memory), model.get("guess"));
    this.shown = (value) => rounded(value, content.digits, content.language);
    this.withUnit = (value) => fill(this.words.amount, { value: this.shown(value), unit: content.unit });
  }

  begin(signal) {
    const draw = () => {
      tellKernel(this.model, this.state.guess);
      if (this.state.guess === null) this.drawQuestion(this.state.first ?? this.content.start);
      else this.drawAnswer();
    };
    draw();
    const taken = (kept) => {
      this.state = restored(this.content, kept, null);
      draw();
    };
    onOtherTab(this.memory, taken, signal);
  }

  keep(first, guess) {
    this.state = { first, guess };
    remember(this.memory, this.state);
    tellKernel(this.model, guess);
  }

  firstGuess(when) {
    return when && element("p", { class: "quiet" }, fill(this.words.first, { guess: this.withUnit(this.state.first) }));
  }

  // Draws the question and returns its slider.
  drawQuestion(start) {
    const { content, words, state } = this;
    const id = freshId("guess");
    const value = element("output", { for: id, class: "prediction-value" });
    const slider = slide({
      id, open: state.first === null, min: content.low, max: content.high, step: content.step, "aria-valuetext": "", oninput: () => follow(),
    });
    slider.value = start;
    const lock = () => {
      const guess = slider.valueAsNumber;
      this.keep(state.first ?? guess, guess);
      this.drawAnswer().focus();
    };
    const button = element("button", { type: "button", class: "main", onclick: lock }, words.lock);
    const follow = () => {
      value.textContent = isOpen(slider) ? words.open : this.withUnit(slider.valueAsNumber);
      slider.setAttribute("aria-valuetext", value.textContent);
      button.disabled = isOpen(slider);
    };
    follow();
    this.el.replaceChildren(
      element("label", { for: id, class: "prediction-question" }, emphasised(content.question)),
      element("div", { class: "prediction-guess" }, value, slider, ends(content, this.shown, { "aria-hidden": "true" })),
      element(
        "div",
        { class: "prediction-foot" },
        button,
        this.firstGuess(state.first !== null),
      ),
    );
    return slider;
  }

  // Draws the answer and returns the sentence that should be read first.
  drawAnswer() {
    const { content, words, state } = this;
    const verdict = element("p", { class: "prediction-verdict", tabindex: "-1" }, verdictOf(content, state.guess, this.withUnit));
    const again = () => {
      this.keep(state.first, null);
      this.drawQuestion(state.guess).focus();
    };
    this.el.replaceChildren(
      element("p", { class: "prediction-question" }, emphasised(content.question)),
      verdict,
      picture(content, state, this.shown),
      element("p", { class: "prediction-reveal" }, emphasised(content.reveal)),
      element("p", { class: "quiet" }, fill(words.source, { source: content.source })),
      element(
        "div",
        { class: "prediction-foot" },
        element("button", { type: "button", onclick: again }, words.again),
        this.firstGuess(state.first !== state.guess),
      ),
    );
    return verdict;
  }
}

function ends(content, shown, attributes = {}) {
  const [low, high] = [content.low, content.high].map((value) => element("span", {}, shown(value)));
  return element("div", { class: "prediction-ends quiet", ...attributes }, low, high);
}
