// A class's own gaps beside the invented hotel's: from the server's class.csv, a file that is read here, or a link.
import { element, fill, freshId, rounded, say } from "../page/dom.js";
import { copy, recall, remember } from "../page/page.js";
import { FileProblem, readFile } from "./file.js";
import { addressOf, linked, whole, written } from "./link.js";
import { table } from "./table.js";

const MEMORY = "class-gaps";
const DIGITS = 2;
// so few are a class of which one answer moves every mean
const FEW = 15;

export function startTool(_model, tool, root, { inApp, signal, module = "", fragment = "" }) {
  if (!document.getElementById("course-gaps-styles"))
    document.head.append(element("style", { id: "course-gaps-styles" }, TOOL_STYLES));
  new Gaps(tool, root, { inApp, module, signal }).begin(fragment);
}

class Gaps {
  constructor(tool, root, { inApp, module, signal }) {
    this.module = module;
    this.tool = tool;
    this.words = tool.words;
    this.signal = signal;
    this.problem = element("div");
    this.said = element("p", { role: "status" });
    this.body = element("div");
    this.shown = { from: "", gaps: null };
    root.append(
      element(inApp ? "h2" : "h4", {}, tool.title),
      element("p", {}, this.words.lead),
      this.picker(),
      this.problem,
      this.body,
      this.said,
    );
  }

  async begin(fragment) {
    const given = linked(fragment, this.tool.form);
    if (given) return this.take("link", given);
    if (given === undefined) this.trouble(this.words.bad_link);
    const kept = recall(MEMORY);
    const own = whole(kept?.gaps, this.tool.form);
    if (own) return this.show({ from: kept.from === "link" ? "link" : "file", gaps: own });
    return this.look();
  }

  // Whether a class.csv lies in the folder of the course.
  async look() {
    const shelf = globalThis.__course.edition ? null : globalThis.__course.serverUrl?.();
    if (!shelf) return this.show({ from: "", gaps: null });
    say(this.said, this.words.reading);
    /** @type {any} */
    let found = {};
    const address = new URL(`../gaps?lang=${this.tool.language}`, shelf);
    try {
      const answer = await fetch(address, { signal: this.signal, cache: "no-store" });
      if (answer.ok) found = await answer.json();
    } catch {
      // without the server the hotel stands in, as without the file
    }
    if (this.signal.aborted) return undefined;
    say(this.said, "");
    if (found.problem) this.trouble(found.problem);
    const gaps = whole(found, this.tool.form) ?? null;
    return this.show({ from: gaps ? "server" : "", gaps });
  }

  picker() {
    const { words } = this;
    const id = freshId("class-file");
    const input = element("input", { id, type: "file", accept: ".csv,text/csv", class: "unseen", "aria-describedby": `${id}-stays`, onchange: () => this.chosen(input) });
    return element(
      "div",
      { class: "course-buttons gaps-choose" },
      element("label", { for: id, class: "button" }, words.choose),
      input,
      element("span", { id: `${id}-stays`, class: "quiet" }, words.stays),
    );
  }

  async chosen(input) {
    const [file] = input.files;
    // the same file, mended, may be chosen again
    const bytes = file && (file.size > this.tool.form.largest ? new ArrayBuffer(this.tool.form.largest + 1) : await file.arrayBuffer());
    input.value = "";
    if (!bytes || this.signal.aborted) return;
    try {
      this.take("file", readFile(bytes, this.tool.form));
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      const { file: name, cannot, cure, problems } = this.tool.form;
      this.trouble(fill(cannot, { file: name, problem: fill(problems[error.message], error.about), cure }));
    }
  }

  take(from, gaps) {
    remember(MEMORY, { from, gaps });
    this.problem.replaceChildren();
    say(this.said, "");
    this.show({ from, gaps });
  }

  forget() {
    remember(MEMORY, null);
    this.look().then(() => say(this.said, this.words.forgotten));
  }

  trouble(text) {
    this.problem.replaceChildren(element("p", { class: "notice", role: "alert" }, text));
  }

  show(shown) {
    this.shown = shown;
    const { gaps, from } = shown;
    const { words, tool } = this;
    const rows = table(tool, gaps, (number) => this.number(number));
    const about = gaps ? this.told(gaps) : [fill(words.alone, { file: tool.form.file, people: tool.hotel.people })];
    this.body.replaceChildren(
      element("ul", { class: "gaps-said", "data-from": from || "nothing" }, about.map((text) => element("li", {}, text))),
      rows,
      element("p", { class: "quiet" }, words.key),
      element("p", { class: "quiet" }, words.source),
      gaps ? element("p", { class: "quiet" }, words[from]) : "",
      gaps ? this.doors(gaps, from) : "",
    );
  }

  number = (number) => rounded(number, DIGITS, this.tool.language);

  signed = (number) => (number > 0 ? `+${this.number(number)}` : this.number(number));

  // What is true of these numbers.
  told({ service, people, means }) {
    const { words, tool } = this;
    const gap = (pair) => pair && pair[1] - pair[0];
    const widest = (all) => {
      const rated = all.flatMap((pair, at) => (pair ? [[gap(pair), at]] : []));
      return rated.reduce((least, one) => (one[0] < least[0] ? one : least));
    };
    const named = ([value, at]) => ({ line: tool.lines[at], gap: this.signed(value) });
    const [worst, hotel] = [widest(means), widest(tool.hotel.means)];
    const wider = means.filter((pair, at) => pair && gap(pair) < gap(tool.hotel.means[at])).length;
    return [
      fill(words.rated, { service: service || words.nameless, people }),
      fill(worst[0] < 0 ? words.short : words.least, named(worst)),
      fill(words.hotel_short, named(hotel)),
      fill(wider === 1 ? words.wider_one : words.wider, { count: wider, all: means.filter(Boolean).length }),
      ...(people < FEW ? [words.few] : []),
    ];
  }

  doors(gaps, from) {
    const { words } = this;
    const copied = element("span", { role: "status" });
    async function give() {
      const text = addressOf(location.href, written(gaps));
      if (await copy(text)) return say(copied, words.copied);
      const box = element("input", { value: text, readonly: true, "aria-label": words.copy_by_hand });
      copied.replaceChildren(`${words.copy_by_hand} `, box);
      box.focus();
      return box.select();
    }
    const own = from !== "server" && element("button", { type: "button", "data-do": "forget", onclick: () => this.forget() }, words.forget);
    return element(
      "div",
      {},
      element("div", { class: "course-buttons gaps-doors" }, element("button", { type: "button", "data-do": "share-gaps", onclick: give }, words.share), own, copied),
      element("p", { class: "quiet" }, words.share_how),
      this.tries(gaps),
    );
  }

  // The class as a setting of the simulator of this page, where one takes it.
  tries({ means }) {
    const { words, tool } = this;
    const levers = tool.levers[this.module];
    if (!levers || !means.every(Boolean)) return "";
    const { low, high } = tool.form;
    const middle = (part) => means.reduce((sum, pair) => sum + pair[part], 0) / means.length;
    const scaled = (part) => Math.round(((middle(part) - low) / (high - low)) * tool.top);
    const values = Object.fromEntries(Object.entries(levers).map(([name, part]) => [name, scaled(part)]));
    const told = element("span", { role: "status" });
    const hand = () => {
      const detail = { module: this.module, values };
      const taken = !dispatchEvent(new CustomEvent("course-settings", { detail, cancelable: true }));
      say(told, taken ? words.tried : words.not_tried);
    };
    const how = { low, high, top: tool.top, expected: scaled(0), perceived: scaled(1) };
    return element(
      "div",
      { class: "course-buttons gaps-doors" },
      element("button", { type: "button", "data-do": "try-class", onclick: hand }, words.try),
      element("span", { class: "quiet" }, fill(words.try_how, how)),
      told,
    );
  }
}
