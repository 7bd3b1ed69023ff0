// One touchpoint of a journey: a line that can be gripped, and what opens under it.
import { amount } from "../page/amounts.js";
import { decimals, element, fill, freshId, say } from "../page/dom.js";
import { slide } from "../page/slide.js";
import { cleanName, nameOf } from "./touchpoints.js";

// A number with no more decimals than it has: 96%, 99.5%.
const short = (number, unit, language) => amount(number, decimals(number), unit, language);

// `act`: { open(at), change(at, more), settle(), move(from, to), remove(at) }; `journey`: what a journey may be and is called.
// Returns { node, grip, opener, show(at, list, open), mark(how) }.
export function touchpointRow(journey, words, language, act) {
  const number = element("span", { class: "course-stop-number", "aria-hidden": "true" });
  const name = element("span", { class: "course-stop-name" });
  const figures = element("span", { class: "course-stop-figures" });
  const mark = element("span", { class: "course-stop-mark", "aria-hidden": "true" });
  const grip = element("button", { type: "button", class: "course-grip", "aria-describedby": journey.hint }, "⠿");
  const form = element("div", { class: "course-stop-form", id: freshId("stop"), hidden: true });
  const opener = element(
    "button",
    { type: "button", class: "course-stop-open", "aria-expanded": "false", "aria-controls": form.id, onclick: () => act.open(place) },
    number,
    name,
    figures,
  );
  const bar = element("span", { class: "course-stop-bar", "aria-hidden": "true" });
  const node = element("li", { class: "course-stop", onkeydown: keys }, element("div", { class: "course-stop-line" }, grip, opener, mark, bar), form);
  const fields = fieldsOf(journey, words, language, { ...act, change: (more) => act.change(place, more) });
  const earlier = step("earlier", words.earlier, () => act.move(place, place - 1));
  const later = step("later", words.later, () => act.move(place, place + 1));
  const remove = step("remove", words.remove, () => act.remove(place));
  form.append(fields.node, element("div", { class: "course-buttons" }, earlier, later, remove));
  let place = 0;
  let last = 0;

  function step(key, label, onclick) {
    return element("button", { type: "button", "data-do": `stop-${key}`, onclick }, label);
  }

  function keys(event) {
    const up = event.key === "ArrowUp";
    const gripped = event.target === grip;
    if (event.ctrlKey || event.metaKey) return;
    if ((up || event.key === "ArrowDown") && (event.altKey || gripped)) act.move(place, up ? place - 1 : place + 1);
    else if (gripped && event.key === "Home") act.move(place, 0);
    else if (gripped && event.key === "End") act.move(place, last);
    else if (gripped && event.key === "Delete") act.remove(place);
    else return;
    event.preventDefault();
  }

  return {
    node,
    grip,
    opener,
    // `list`: all touchpoints, of which this row shows the one `at` its place
    show(at, list, open) {
      place = at;
      last = list.length - 1;
      const { reliability, feeling } = list[at];
      const called = nameOf(list[at], journey);
      const told = { name: called, number: at + 1, count: list.length, reliability: short(reliability, "%", language), feeling: short(feeling, "", language) };
      say(number, String(at + 1));
      say(name, called);
      say(figures, fill(words.figures, told));
      bar.style.setProperty("--feels", `${(feeling / journey.feeling.high) * 100}%`);
      opener.setAttribute("aria-label", fill(words.touchpoint, told));
      opener.setAttribute("aria-expanded", String(open));
      grip.setAttribute("aria-label", fill(words.grip, told));
      form.hidden = !open;
      earlier.disabled = at === 0;
      later.disabled = at === last;
      remove.disabled = list.length === 1;
      fields.show(list[at], called);
    },
    // how it goes for the guest who walks through: "right", "wrong" or ""; `here` where the guest stands
    mark(how, here) {
      say(mark, { right: "✓", wrong: "✗" }[how] ?? "");
      node.classList.toggle("course-stop-wrong", how === "wrong");
      node.classList.toggle("course-stop-here", here);
    },
  };
}

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
