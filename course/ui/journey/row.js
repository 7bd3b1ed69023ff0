// One touchpoint of a journey: a line that can be gripped, and what opens under it.
import { amount } from "../page/amounts.js";
import { decimals, element, fill, freshId, say } from "../page/dom.js";
import { slide } from "../page/slide.js";
import { cleanName, nameOf, write } from "./touchpoints.js";

// A number with no more decimals than it has: 96%, 99.5%.
const short = (number, unit, language) => amount(number, decimals(number), unit, language);

export class TouchpointRow {
  // `act`: { open(at), change(at, more), settle(), move(from, to), remove(at) }; `journey`: what a journey may be and is called
  constructor(journey, words, language, act) {
    this.journey = journey;
    this.words = words;
    this.language = language;
    this.act = act;
    this.looks = "";
    this.place = 0;
    this.last = 0;
    this.texts = { number: part("number", true), name: part("name"), figures: part("figures"), mark: part("mark", true) };
    this.bar = part("bar", true);
    this.grip = element("button", { type: "button", class: "course-grip", "aria-describedby": journey.hint }, "⠿");
    this.form = element("div", { class: "course-stop-form", id: freshId("stop"), hidden: true });
    const { number, name, figures, mark } = this.texts;
    const opens = { class: "course-stop-open", "aria-expanded": "false", "aria-controls": this.form.id };
    this.opener = element("button", { type: "button", ...opens, onclick: () => act.open(this.place) }, number, name, figures);
    const line = element("div", { class: "course-stop-line" }, this.grip, this.opener, mark, this.bar);
    this.node = element("li", { class: "course-stop", onkeydown: (event) => this.#keys(event) }, line, this.form);
    this.fields = fieldsOf(journey, words, language, { change: (more) => act.change(this.place, more), settle: act.settle });
    this.steps = this.#steps();
    this.form.append(this.fields.node, element("div", { class: "course-buttons" }, Object.values(this.steps)));
  }

  #steps() {
    const { words, act } = this;
    const button = (key, label, onclick) => element("button", { type: "button", "data-do": `stop-${key}`, onclick }, label);
    return {
      earlier: button("earlier", words.earlier, () => act.move(this.place, this.place - 1)),
      later: button("later", words.later, () => act.move(this.place, this.place + 1)),
      remove: button("remove", words.remove, () => act.remove(this.place)),
    };
  }

  #keys(event) {
    const gripped = event.target === this.grip;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const end = { Home: 0, End: this.last }[event.key];
    if (event.ctrlKey || event.metaKey) return;
    if (step && (event.altKey || gripped)) this.act.move(this.place, this.place + step);
    else if (gripped && end !== undefined) this.act.move(this.place, end);
    else if (gripped && event.key === "Delete") this.act.remove(this.place);
    else return;
    event.preventDefault();
  }

  // `list`: all touchpoints, of which this row shows the one `at` its place.
  show(at, list, open) {
    const looks = `${write([list[at]])} ${at} ${list.length} ${open}`;
    // a slider's step changes one row of twenty
    if (looks === this.looks) return;
    this.looks = looks;
    const { journey, words, language, texts, steps } = this;
    this.place = at;
    this.last = list.length - 1;
    const { reliability, feeling } = list[at];
    const name = nameOf(list[at], journey);
    const told = { name, number: at + 1, count: list.length, reliability: short(reliability, "%", language), feeling: short(feeling, "", language) };
    say(texts.number, String(at + 1));
    say(texts.name, name);
    say(texts.figures, fill(words.figures, told));
    this.bar.style.setProperty("--feels", `${(feeling / journey.feeling.high) * 100}%`);
    this.opener.setAttribute("aria-label", fill(words.touchpoint, told));
    this.opener.setAttribute("aria-expanded", String(open));
    this.grip.setAttribute("aria-label", fill(words.grip, told));
    this.form.hidden = !open;
    steps.earlier.disabled = at === 0;
    steps.later.disabled = at === this.last;
    steps.remove.disabled = list.length === 1;
    this.fields.show(list[at], name);
  }

  // How it goes for the guest who walks through: "right", "wrong" or ""; `here` where the guest stands.
  mark(how, here) {
    say(this.texts.mark, { right: "✓", wrong: "✗" }[how] ?? "");
    this.node.classList.toggle("course-stop-wrong", how === "wrong");
    this.node.classList.toggle("course-stop-here", here);
  }
}

const part = (name, unheard) => element("span", { class: `course-stop-${name}`, "aria-hidden": unheard ? "true" : null });

// A name, and a slider for each number.
function fieldsOf(journey, words, language, act) {
  const id = freshId("stop-name");
  let kept = "";
  const box = element("input", {
    id,
    type: "text",
    class: "course-stop-box",
    maxlength: journey.longest,
    autocomplete: "off",
    onchange: rename,
    onkeydown: (event) => {
      if (event.key === "Enter") rename();
      // while a name is typed, Ctrl+Z is about its letters
      if (event.ctrlKey && box.value !== kept) event.stopPropagation();
    },
  });
  function rename() {
    const typed = cleanName(box.value, journey.longest);
    box.value = typed || kept;
    if (!typed || typed === kept) return;
    act.change({ name: typed });
    act.settle();
  }
  const sliders = ["reliability", "feeling"].map((key) => number(journey[key], key, words, language, act));
  return {
    node: element("div", {}, element("label", { for: id }, words.name), box, sliders.map((one) => one.node)),
    show(touchpoint, called) {
      if (called !== kept || document.activeElement !== box) box.value = called;
      kept = called;
      for (const one of sliders) one.show(touchpoint);
    },
  };
}

function number({ low, high, step }, key, words, language, act) {
  const id = freshId(`stop-${key}`);
  const output = element("output", { for: id, class: "course-value" });
  const input = slide({
    id,
    min: low,
    max: high,
    step,
    "data-stop": key,
    oninput: () => act.change({ [key]: Number(input.value) }),
    onchange: act.settle,
  });
  return {
    node: element("div", { class: "course-control course-stop-control" }, element("label", { for: id }, words[key]), output, input),
    show(touchpoint) {
      const text = fill(words[`${key}_is`], { value: short(touchpoint[key], "", language) });
      if (Number(input.value) !== touchpoint[key]) input.value = touchpoint[key];
      input.setAttribute("aria-valuetext", text);
      say(output, text);
    },
  };
}
