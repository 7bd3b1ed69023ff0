// What of a simulator stands on the page, and where. It shows what it is given; what to show, simulator.js decides.
import { element, fill, freshId, say } from "../page/dom.js";
import { changeText } from "./controls.js";

// The buttons above the sliders. `act`: { undo, redo, reset, pin }. Returns { node, show(state) }.
export function tools(content, act) {
  const words = content.words;
  const button = (key, label) => element("button", { type: "button", "data-do": key, onclick: act[key] }, label);
  const undo = button("undo", words.undo);
  const redo = button("redo", words.redo);
  const pin = button("pin", words.pin);
  return {
    node: element("div", { class: "course-buttons course-tools" }, undo, redo, button("reset", words.reset_all), content.scorecard ? null : pin),
    show({ steps, pinned }) {
      undo.disabled = !steps.canUndo;
      redo.disabled = !steps.canRedo;
      pin.textContent = pinned ? words.unpin : words.pin;
      pin.setAttribute("aria-pressed", String(Boolean(pinned)));
    },
  };
}

// The number that the dice begin with. `chosen(seed)` gets a number, or null where the box is empty. Returns { node, show(seed) }.
export function dice(content, chosen) {
  const words = content.words;
  const id = freshId("seed");
  const box = element("input", {
    id,
    type: "number",
    min: 0,
    max: content.largest_seed,
    step: 1,
    "aria-describedby": `${id}-help`,
    onchange: () => chosen(box.value === "" ? null : Math.round(Number(box.value))),
  });
  const other = () => chosen(Math.floor(Math.random() * content.largest_seed));
  return {
    node: element(
      "div",
      { class: "course-seed" },
      element("label", { for: id }, words.seed),
      box,
      element("button", { type: "button", "data-do": "seed", onclick: other }, words.redraw),
      element("p", { id: `${id}-help`, class: "quiet" }, content.seed_help),
    ),
    show: (seed) => (box.value = seed ?? ""),
  };
}

// The situations, the story of the chosen one, and what has changed since. Returns { node, story, show(state), focus(preset) }.
export function situations(content, chosen) {
  const tale = element("p", { class: "course-story" });
  const changed = element("p", { class: "course-changed quiet", hidden: true });
  const buttons = content.presets.map((preset) =>
    element("button", { type: "button", "data-preset": preset.key, onclick: () => chosen(preset.key) }, preset.label),
  );
  return {
    node: element("div", { class: "course-presets", role: "group", hidden: buttons.length < 2, "aria-label": content.words.situations }, buttons),
    story: element("div", {}, tale, changed),
    show(state) {
      const preset = state.presets.get(state.current.preset);
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.preset === preset.key));
      say(tale, preset.story);
      const changes = state.changes();
      changed.hidden = !changes.length;
      tale.classList.toggle("course-of-the-start", changes.length > 0);
      say(changed, changes.length ? changesText(content, preset, changes) : "");
    },
    focus: (preset) => buttons.find((button) => button.dataset.preset === preset)?.focus(),
  };
}

function changesText({ words, language }, preset, changes) {
  const list = changes.map((change) => changeText(change, language));
  return fill(words.changed, { preset: preset.label, changes: list.join(words.list) });
}

// The sentence under the picture, and the same for a screen reader. Returns { node, spoken, tell(text), speak(text), reached(text) };
// what was reached has a live region of its own, so that the next sentence does not take its place. `beside` is what `caution(text)`
// says of the run that stands here; "" where there is nothing to say.
export function sentence(words) {
  const node = element("p", { class: "course-tell" }, words.starting);
  const beside = element("p", { class: "notice course-nearest", role: "status", hidden: true });
  const speech = element("p", { role: "status", "aria-live": "polite" });
  const praise = element("p", { class: "course-reached", role: "status", "aria-live": "polite" });
  return {
    node,
    beside,
    caution(text) {
      beside.hidden = !text;
      say(beside, text);
    },
    spoken: element("div", { class: "unseen" }, speech, praise),
    tell: (text) => say(node, text),
    speak: (text) => (speech.textContent = text),
    reached: (text) => (praise.textContent = text),
  };
}

// a picture that leaves less of the window than this does not stay in view
const ROOM = 0.2;

// The style sheet keeps what comes into focus clear of a picture that stays in view; it needs to know how high that is, with
// words that are too long for it.
function measured(picture, main, stage, signal) {
  const measure = () => {
    const height = Math.max(picture.offsetHeight, picture.scrollHeight);
    stage.style.setProperty("--picture-height", `${height}px`);
    stage.classList.toggle("course-tall", height > innerHeight * (1 - ROOM));
    // what does not fit is scrolled to, by keyboard too
    if (main.scrollHeight > main.clientHeight + 1) main.tabIndex = 0;
    else main.removeAttribute("tabindex");
    uncover(picture, stage);
  };
  const watch = new ResizeObserver(measure);
  for (const one of [picture, ...picture.children, ...main.children]) watch.observe(one);
  signal.addEventListener("abort", () => watch.disconnect(), { once: true });
  window.addEventListener("resize", measure, { signal });
}

// A result that comes later may bring a higher picture, over what has come into focus meanwhile.
function uncover(picture, stage) {
  const focus = document.activeElement;
  if (!focus?.matches(":focus-visible") || !stage.contains(focus) || picture.contains(focus)) return;
  const [over, under] = [picture, focus].map((node) => node.getBoundingClientRect());
  const beside = under.left >= over.right || under.right <= over.left;
  const clear = under.top >= over.bottom || under.bottom <= over.top;
  if (!beside && !clear) focus.scrollIntoView({ block: "nearest" });
}

function rest(part, so) {
  part?.classList.toggle("course-resting", so);
  if (part) part.inert = so;
}

// What tells the end waits for the bet, and for the end of a run that is played; what does not go with one rests.
function curtain(content, parts, stage, figureBox) {
  const waits = { bet: false, end: false };
  const score = () => parts.scorecard.node && (parts.scorecard.node.hidden = waits.bet || waits.end);
  return {
    veil(on) {
      stage.classList.toggle("course-veiled", on);
      for (const part of [parts.tables.node, parts.take, parts.goals.node]) if (part) part.hidden = on;
      waits.bet = on;
      score();
    },
    play(on, unfinished) {
      waits.end = unfinished;
      score();
      parts.play.opener.hidden = on;
      parts.goals.line.hidden = unfinished || !content.goals.length;
      figureBox.hidden = unfinished;
      for (const part of [parts.tools.node, parts.dice.node, parts.study.node]) rest(part, on);
      for (const part of [parts.take, parts.goals.node]) rest(part, unfinished);
    },
  };
}

// All of it in its order. `parts`: the pieces above and their like, by name. Returns { node, bet, outcome, veil(on),
// play(on, unfinished) }: while a run is played, what does not go with it rests, and what would tell the end is not there.
export function layout(content, parts, { inApp, onkeydown, signal }) {
  const words = content.words;
  const bet = element("div", { class: "course-bet-place" });
  const outcome = element("div");
  const figures = { class: "course-scroll", tabindex: "0", role: "group", "aria-label": words.figures };
  const main = element("div", { class: "course-main", role: "group", "aria-label": words.headline }, parts.pictures.main);
  const picture = element("div", { class: "course-picture" }, main, parts.sentence.node, parts.sentence.beside, parts.goals.line, parts.play.node);
  const figureBox = element("div", figures, parts.figures.node);
  const stage = element(
    "div",
    { class: "course-stage" },
    picture,
    element("div", { class: "course-side" }, parts.play.opener, parts.play.rests, parts.tools.node, parts.controls.node, parts.dice.node),
    element(
      "div",
      { class: "course-more" },
      parts.pictures.rest,
      figureBox,
      parts.study.node,
    ),
  );
  measured(picture, main, stage, signal);
  // groups, not landmarks: a lesson shows several simulators, and landmarks of one name confuse
  const node = element(
    "div",
    { class: "course-simulator", role: "group", "aria-label": content.title, onkeydown },
    inApp ? null : element("h3", { class: "course-title" }, content.title),
    parts.notices.node,
    parts.task,
    parts.situations.node,
    parts.situations.story,
    bet,
    outcome,
    stage,
    parts.sentence.spoken,
    parts.goals.node,
    parts.scorecard.node,
    parts.tables.node,
    parts.take,
    parts.handing.node,
    element("p", { class: "quiet course-note" }, content.note),
  );
  return { node, bet, outcome, ...curtain(content, parts, stage, figureBox) };
}
