// The panel with which a teacher makes a link to a task out of the dashboard as it stands.
import { copy } from "../page/page.js";
import { element, fill, freshId, say } from "../page/dom.js";
import { wire } from "../page/wire.js";
import { showMetric } from "./bet.js";
import { changeText } from "./controls.js";
import { PROTOCOL } from "./protocol.js";
import { LONGEST_CODE, LONGEST_QUESTION, SEED, SIGNS, cleanText, fitting, meets, writeTask } from "./task.js";

const RESTS = ["free", "fixed", "hidden"];
const ALONE = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

// The address of a task, at the door of the module's dashboard. A task in one language asks for that one.
export function taskAddress(base, content, code, question) {
  const address = new URL(content.app, base);
  const tags = Object.keys(question);
  if (tags.length === 1) address.searchParams.set("lang", tags[0]);
  address.hash = `task=${code}`;
  return address.href;
}

// Where the dashboards' doors begin, as this page sees them; "" where no server is there.
const doors = () => {
  const shelf = globalThis.__course.serverUrl();
  return shelf ? new URL("../", shelf).href : "";
};

// Returns { node, stale() }; `node` is null where there is nothing to make one of. `state` is the simulator's.
export function handingPanel(model, content, state, signal) {
  if (!content.task_words || content.task) return { node: null, stale: () => {} };
  const maker = new Maker(model, content, state, signal);
  return { node: maker.node, stale: () => maker.stale() };
}

class Maker {
  constructor(model, content, state, signal) {
    this.content = content;
    this.state = state;
    this.words = { ...content.words, ...content.task_words };
    this.line = wire(model, PROTOCOL, signal);
    this.made = null;
    this.line.hear({ qr: ({ text, svg }) => text === this.made?.href && this.#picture(svg) });
    this.body = element("div", { class: "course-handing" });
    this.node = element(
      "details",
      { class: "course-handing-view", "data-handing": "", ontoggle: () => this.#open() },
      element("summary", {}, this.words.link_make),
      this.body,
    );
  }

  #open() {
    if (!this.node.open || this.body.childElementCount) return;
    this.start = element("p", { class: "course-handing-start" });
    this.rests = new Map();
    this.kept = new Map();
    this.result = element("div", { class: "course-handing-result" });
    this.said = element("p", { role: "status" });
    this.body.append(
      element("p", { class: "quiet" }, this.words.link_how),
      this.start,
      this.#levers(),
      this.#situations(),
      this.#goal(),
      this.#question(),
      this.#place(),
      element("div", { class: "course-buttons" }, element("button", { type: "button", class: "main", "data-do": "link", onclick: () => this.#make() }, this.words.link_do)),
      this.said,
      this.result,
    );
    this.body.addEventListener("input", () => this.#forget());
    this.stale();
  }

  #levers() {
    const row = (name, label, journey) => {
      const id = freshId(`link-${name}`);
      const ways = RESTS.filter((way) => !journey || way !== "fixed");
      const choose = element("select", { id, "data-lever": name }, ways.map((way) => element("option", { value: way }, this.words[`link_${way}`])));
      this.rests.set(name, choose);
      return element("div", { class: "course-handing-row" }, element("label", { for: id }, label), choose);
    };
    const all = (way) =>
      element("button", { type: "button", "data-all": way, onclick: () => this.#all(way) }, this.words[`link_all_${way}`]);
    return this.#part(
      this.words.link_levers,
      element("div", { class: "course-buttons" }, RESTS.map(all)),
      element("div", { class: "course-handing-rows" }, this.content.parameters.map((one) => row(one.name, one.label, one.journey)), row(SEED, this.words.seed)),
    );
  }

  #all(way) {
    for (const choose of this.rests.values()) if ([...choose.options].some(({ value }) => value === way)) choose.value = way;
    this.#forget();
  }

  #situations() {
    const box = ({ key, label }) => {
      const input = element("input", { type: "checkbox", "data-keep": key });
      this.kept.set(key, input);
      return element("label", { class: "course-handing-box" }, input, ` ${label}`);
    };
    this.dropped = element("p", { class: "quiet" });
    return this.#part(this.words.link_situations, this.content.presets.map(box), this.dropped);
  }

  #goal() {
    const { metrics, words } = this.content;
    const [which, bound] = [freshId("link-metric"), freshId("link-bound")];
    this.metric = element("select", { id: which, "data-goal": "metric" }, element("option", { value: "" }, this.words.link_no_goal), metrics.map(({ key, label }) => element("option", { value: key }, label)));
    this.sign = element("select", { "aria-label": this.words.link_sign, "data-goal": "sign" }, SIGNS.map((sign) => element("option", { value: sign }, this.words[sign === ">=" ? "link_least" : "link_most"])));
    this.bound = element("input", { id: bound, type: "number", step: "any", "data-goal": "bound" });
    this.unit = element("span", { class: "quiet" });
    this.now = element("p", { class: "quiet" });
    this.metric.addEventListener("change", () => this.#suggest());
    return this.#part(
      this.words.task_goal,
      element("div", { class: "course-handing-row" }, element("label", { for: which }, words.figure), this.metric),
      element("div", { class: "course-handing-row course-handing-bound" }, this.sign, element("label", { class: "unseen", for: bound }, this.words.link_bound), this.bound, this.unit),
      this.now,
    );
  }

  #question() {
    this.texts = new Map();
    const field = ([tag, name]) => {
      const id = freshId(`link-question-${tag}`);
      const text = element("textarea", { id, rows: "2", lang: tag, maxlength: LONGEST_QUESTION, "data-question": tag });
      this.texts.set(tag, text);
      return element("div", {}, element("label", { for: id }, name), text);
    };
    return this.#part(this.words.link_question, Object.entries(this.content.language_names).map(field));
  }

  #place() {
    const id = freshId("link-place");
    const here = doors();
    this.base = element("input", { id, type: "url", value: here, "data-link": "base" });
    const alone = here && ALONE.test(new URL(here).hostname);
    return this.#part(
      this.words.link_place,
      element("div", { class: "course-handing-row" }, element("label", { for: id }, this.words.link_base), this.base),
      element("p", { class: "quiet" }, alone ? this.words.link_alone : this.words.link_reach),
    );
  }

  #part(title, ...pieces) {
    return element("fieldset", { class: "course-group" }, element("legend", {}, title), pieces);
  }

  get #chosen() {
    return this.content.metrics.find(({ key }) => key === this.metric.value) ?? null;
  }

  // The figure as it is now, as a first threshold.
  #suggest() {
    const metric = this.#chosen;
    const found = metric && this.state.last?.metrics[metric.key];
    this.sign.disabled = this.bound.disabled = !metric;
    say(this.unit, metric ? (metric.percent ? "%" : metric.unit.split("|").at(-1)) : "");
    say(this.now, Number.isFinite(found) ? fill(this.words.link_now, { value: showMetric(metric, found, this.content.language) }) : "");
    if (metric?.better) this.sign.value = metric.better === "down" ? "<=" : ">=";
    this.bound.value = Number.isFinite(found) ? (found * (metric.percent ? 100 : 1)).toFixed(metric.digits) : "";
  }

  // The dashboard has moved.
  stale() {
    if (!this.body.childElementCount) return;
    const changes = this.state.changes().map((change) => changeText(change, this.content.language));
    const preset = this.state.presets.get(this.state.current.preset).label;
    const seed = this.state.current.seed ?? 1;
    const text = changes.length ? this.words.link_start_changed : this.words.link_start;
    say(this.start, fill(text, { preset, seed, changes: changes.join(this.words.list) }));
    if (this.bound.disabled || !this.metric.value) this.#suggest();
    this.#forget();
  }

  get #task() {
    const { values, seed, preset } = this.state.current;
    const rest = (way) => [...this.rests].filter(([, choose]) => choose.value === way).map(([name]) => name);
    const task = { preset, values, seed: seed ?? 1, fixed: rest("fixed"), hidden: rest("hidden") };
    const presets = fitting(this.content, task).map(({ key }) => key);
    const metric = this.#chosen;
    const bound = this.bound.value === "" ? NaN : Number(this.bound.value) / (metric?.percent ? 100 : 1);
    return {
      ...task,
      presets: [...this.kept].filter(([key, box]) => box.checked && presets.includes(key)).map(([key]) => key),
      goal: metric && { metric: metric.key, sign: this.sign.value, bound },
      question: Object.fromEntries([...this.texts].map(([tag, { value }]) => [tag, cleanText(value)]).filter(([, text]) => text)),
    };
  }

  // What was made is of what stood there before; a situation that would move what is held cannot be left.
  #forget() {
    this.made = null;
    this.result.replaceChildren();
    say(this.said, "");
    const fits = fitting(this.content, this.#task).map(({ key }) => key);
    for (const [key, box] of this.kept) box.disabled = !fits.includes(key);
    say(this.dropped, fits.length < this.kept.size ? this.words.link_situations_held : "");
  }

  #make() {
    const task = this.#task;
    const trouble = this.#trouble(task);
    if (trouble) return say(this.said, trouble);
    const code = writeTask(this.content, task);
    if (code.length > LONGEST_CODE) return say(this.said, fill(this.words.link_long, { count: code.length - LONGEST_CODE }));
    const href = taskAddress(this.base.value, this.content, code, task.question);
    this.made = { href };
    this.#show(href);
    const met = task.goal && this.state.last && meets(task.goal, this.state.last.metrics);
    say(this.said, [this.words.link_made, met ? this.words.link_met : "", this.#unasked(task)].filter(Boolean).join(" "));
    this.line.send("qr", { text: href });
    return null;
  }

  #trouble({ goal }) {
    if (goal && !Number.isFinite(goal.bound)) return this.words.link_no_bound;
    try {
      return /^https?:$/.test(new URL(this.base.value).protocol) ? "" : this.words.link_bad_base;
    } catch {
      return this.words.link_bad_base;
    }
  }

  // Whoever reads another language is shown the question in the one it was asked in.
  #unasked({ question }) {
    const tags = Object.keys(this.content.language_names);
    const asked = Object.keys(question);
    const other = tags.find((tag) => !asked.includes(tag));
    return asked.length && other ? fill(this.words.link_one_language, { language: this.content.language_names[other] }) : "";
  }

  #show(href) {
    const id = freshId("link");
    const box = element("input", { id, value: href, readonly: true, "data-link": "made", onfocus: () => box.select() });
    const give = async () => {
      const done = await copy(href);
      say(this.said, done ? this.words.copied : this.words.copy_by_hand);
      if (!done) box.focus();
    };
    this.code = element("div", { class: "course-handing-code" });
    this.result.replaceChildren(
      element("label", { for: id }, this.words.link),
      box,
      element(
        "div",
        { class: "course-buttons" },
        element("button", { type: "button", "data-do": "copy-link", onclick: give }, this.words.share),
        element("a", { href, target: "_blank", rel: "noopener" }, this.words.link_try),
      ),
      this.code,
    );
  }

  #picture(svg) {
    const source = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    this.code.replaceChildren(
      element("img", { src: source, alt: this.words.link_code }),
      element("a", { href: source, download: `${this.content.module}-task.svg` }, this.words.link_save),
    );
  }
}
