// The journey editor: touchpoints are added, named, moved, set, taken out and put back; a guest walks through; a picture and a
// table are taken away. What is set is one text, a setting as a slider's number is.
import { element, fill, freshId, say } from "../page/dom.js";
import { Dragging } from "./dragging.js";
import { TouchpointRow } from "./row.js";
import { takeaways } from "./take.js";
import { changed, inserted, moved, nameOf, read, removed, write } from "./touchpoints.js";
import { Walk } from "./walk.js";

// A control as a slider is (simulator/controls.js): `moved(name, text)` hears every change, `settled()` where one is done.
// Returns { node, show(text), run(run), rest() }.
export function journeyEditor(content, parameter, moved, settled, signal) {
  const editor = new Editor(content, parameter, { moved, settled }, signal);
  return { node: editor.node, show: (text) => editor.show(text), run: (run) => editor.run(run), rest: () => {} };
}

class Editor {
  constructor(content, parameter, act, signal) {
    const hint = freshId("journey-hint");
    this.parameter = parameter;
    this.act = act;
    this.journey = { ...parameter.journey, hint };
    this.words = parameter.journey.words;
    this.language = content.language;
    this.list = [];
    this.rows = [];
    this.open = -1;
    this.gone = null;
    this.last = null;
    this.spoken = element("p", { class: "unseen", role: "status" });
    this.stops = element("ol", { class: "course-stops", "aria-label": parameter.label });
    this.count = element("p", { class: "quiet", id: freshId("journey-count") });
    this.add = this.#button("add", this.words.add, () => this.#add());
    this.add.setAttribute("aria-describedby", this.count.id);
    this.back = this.#button("back", "", () => this.#putBack());
    this.problem = element("p", { class: "course-warning", role: "alert", hidden: true });
    const { journey, words, language } = this;
    this.walk = new Walk({ journey, words, language }, { mark: (at, how, here) => this.rows[at]?.mark(how, here), list: () => this.list }, signal);
    const take = takeaways(content, journey, () => ({ list: this.list, run: this.last }), (list) => this.#bring(list), (text) => this.#warn(text));
    this.node = element(
      "div",
      { class: "course-journey" },
      element("p", { class: "quiet", id: hint }, this.words.hint),
      this.stops,
      element("div", { class: "course-buttons" }, this.add, this.back),
      this.count,
      this.problem,
      this.walk.node,
      take,
      this.spoken,
    );
    this.dragging = new Dragging(this.stops, () => this.rows, (from, to) => this.#move(from, to, false), signal);
  }

  // The journey as it is set, wherever that comes from.
  show(text) {
    const list = read(text, this.journey);
    if (!list || text === write(this.list)) return;
    if (Math.abs(list.length - this.list.length) > 1) this.open = -1;
    // it may have come back by itself, or be of another situation
    this.gone = null;
    this.#draw(list);
  }

  run(run) {
    this.last = run;
    if (run.values[this.parameter.name] === write(this.list)) this.walk.run(run.rows);
  }

  #draw(list) {
    this.list = list;
    while (this.rows.length > list.length) this.rows.pop().node.remove();
    while (this.rows.length < list.length) this.stops.append(this.rows[this.rows.push(this.#row()) - 1].node);
    if (this.open >= list.length) this.open = -1;
    this.rows.forEach((row, at) => row.show(at, list, at === this.open));
    const { most } = this.journey;
    const full = list.length >= most;
    this.add.disabled = full;
    this.back.hidden = !this.gone || full;
    if (this.gone) say(this.back, fill(this.words.put_back, { name: nameOf(this.gone.one, this.journey) }));
    say(this.count, fill(full ? this.words.full : list.length === 1 ? this.words.least : this.words.count, { count: list.length, most }));
  }

  #row() {
    return new TouchpointRow(this.journey, this.words, this.language, {
      open: (at) => this.#opened(at === this.open ? -1 : at),
      change: (at, more) => this.#set(changed(this.list, at, more)),
      settle: this.act.settled,
      move: (from, to) => this.#move(from, to, true),
      remove: (at) => this.#remove(at),
    });
  }

  #button(key, label, onclick) {
    return element("button", { type: "button", "data-do": `journey-${key}`, onclick }, label);
  }

  #opened(at) {
    this.open = at;
    this.#draw(this.list);
  }

  // Another journey: shown at once, then run.
  #set(list) {
    this.problem.hidden = true;
    this.#draw(list);
    this.act.moved(this.parameter.name, write(list));
  }

  #step(list, said) {
    this.#set(list);
    this.act.settled();
    say(this.spoken, said);
  }

  // The focus goes along, by the same part of the row.
  #move(from, to, focused) {
    if (to < 0 || to >= this.list.length || to === from) return;
    const part = focused ? this.#partOf(from) : null;
    if (this.open >= 0) this.open = moved(this.list.map((_, at) => at), from, to).indexOf(this.open);
    const name = nameOf(this.list[from], this.journey);
    this.#step(moved(this.list, from, to), fill(this.words.moved, { name, number: to + 1, count: this.list.length }));
    part?.(this.rows[to]);
  }

  #partOf(at) {
    const { node, grip, opener } = this.rows[at];
    const here = /** @type {HTMLElement | null} */ (document.activeElement);
    if (here === grip) return (row) => row.grip.focus();
    if (here === opener) return (row) => row.opener.focus();
    const key = here?.dataset?.do ?? here?.dataset?.stop;
    if (!node.contains(here)) return null;
    return ({ node: other, opener: instead }) => {
      const same = key ? other.querySelector(`[data-do="${key}"]:not(:disabled), [data-stop="${key}"]`) : other.querySelector(".course-stop-box");
      (same ?? instead).focus();
    };
  }

  #add() {
    const at = this.open >= 0 ? this.open + 1 : this.list.length;
    const { reliability, feeling } = this.journey;
    const name = fill(this.words.fresh, { number: this.list.length + 1 });
    this.open = at;
    this.#step(
      inserted(this.list, at, { reliability: reliability.start, feeling: feeling.start, name }),
      fill(this.words.added, { name, number: at + 1, count: this.list.length + 1 }),
    );
    const box = /** @type {HTMLInputElement} */ (this.rows[at].node.querySelector(".course-stop-box"));
    box.focus();
    box.select();
  }

  #remove(at) {
    if (this.list.length === 1) return;
    this.gone = { at, one: this.list[at] };
    this.open = this.open === at ? -1 : this.open > at ? this.open - 1 : this.open;
    const name = nameOf(this.gone.one, this.journey);
    this.#step(removed(this.list, at), fill(this.words.removed, { name, count: this.list.length - 1, most: this.journey.most }));
    this.back.focus();
  }

  #putBack() {
    const { at, one } = this.gone;
    const place = Math.min(at, this.list.length);
    this.gone = null;
    if (this.open >= place) this.open += 1;
    this.#step(inserted(this.list, place, one), fill(this.words.moved, { name: nameOf(one, this.journey), number: place + 1, count: this.list.length + 1 }));
    this.rows[place].opener.focus();
  }

  #bring(list) {
    this.open = -1;
    this.gone = null;
    this.#step(list, fill(this.words.count, { count: list.length, most: this.journey.most }));
  }

  #warn(text) {
    say(this.problem, text);
    this.problem.hidden = false;
  }
}
