// Handing in without a server: what this browser remembers of a lesson as a file to save, and a code to copy.
import { element, fill, freshId, say } from "../page/dom.js";
import { copy, download, recall, remember, rememberedKeys } from "../page/page.js";
import { codeOf, countsOf, doneOf, fileOf, nameOf } from "./file.js";

const WHO = "who";

export function renderHandIn({ model, el, signal }) {
  new HandIn(model.get("content")).begin(el, signal);
}

class HandIn {
  constructor(content) {
    const id = freshId("who");
    const kept = recall(WHO);
    this.content = content;
    this.words = content.words;
    this.summary = element("p", {});
    this.code = element("span", { class: "handin-code" });
    this.told = element("p", { class: "quiet", role: "status" });
    this.field = element("input", {
      id, type: "text", maxlength: content.longest_who, autocomplete: "off", spellcheck: "false", value: typeof kept === "string" ? kept : "",
    });
  }

  begin(el, signal) {
    const { words, field } = this;
    const show = () => this.show();
    field.addEventListener("input", () => {
      remember(WHO, this.who);
      show();
    });
    const button = (label, onclick, kind) => element("button", { type: "button", class: kind, onclick }, label);
    el.append(
      element("p", {}, words.lead),
      this.summary,
      element("p", { class: "handin-who" }, element("label", { for: field.id }, words.who), field),
      element("p", { class: "handin-ways" }, button(words.save, () => this.save(), "main"), button(words.copy, () => this.copy()), this.code),
      this.told,
    );
    show();
    // what is done further up, or on another tab, is told when one comes here
    const near = new IntersectionObserver(show);
    near.observe(el);
    signal.addEventListener("abort", () => near.disconnect(), { once: true });
    addEventListener("storage", show, { signal });
    addEventListener("pageshow", show, { signal });
  }

  get who() {
    return this.field.value.trim();
  }

  get done() {
    return doneOf(this.content, recall, rememberedKeys());
  }

  // Returns what was done, null where there is nothing.
  show() {
    const { content, words, who, done } = this;
    const counts = countsOf(done);
    const some = Object.values(counts).some(Boolean);
    const kinds = Object.keys(counts).filter((kind) => content.keys[kind].length);
    const count = (kind) => fill(words.count, { what: words[kind], done: counts[kind], total: content.keys[kind].length });
    say(this.summary, some ? fill(words.done, { counts: kinds.map(count).join(words.between) }) : words.nothing);
    say(this.code, some && who ? fill(words.code, { code: codeOf(content, counts, who) }) : "");
    return some ? done : null;
  }

  // Returns what was done, null where there is nothing, or nobody to hand it in.
  ready() {
    const done = this.show();
    say(this.told, !done ? this.words.nothing : this.who ? "" : this.words.whose);
    if (done && !this.who) this.field.focus();
    return this.who ? done : null;
  }

  save() {
    const done = this.ready();
    if (!done) return;
    const file = nameOf(this.content, this.who);
    download(file, fileOf(this.content, done, this.who, new Date()), "application/json");
    say(this.told, fill(this.words.saved, { file }));
  }

  async copy() {
    const done = this.ready();
    if (!done) return;
    const copied = await copy(codeOf(this.content, countsOf(done), this.who));
    say(this.told, copied ? this.words.copied : this.words.by_hand);
  }
}
