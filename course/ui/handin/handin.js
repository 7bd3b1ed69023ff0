// Handing in without a server: what this browser remembers of a lesson as a file to save, and a code to copy.
import { element, fill, freshId, say } from "../page/dom.js";
import { copy, download, recall, remember, rememberedKeys } from "../page/page.js";
import { codeOf, countsOf, doneOf, fileOf, nameOf } from "./file.js";

const WHO = "who";

export function renderHandIn({ model, el, signal }) {
  const content = model.get("content");
  const { words, keys } = content;
  const id = freshId("who");
  const done = () => doneOf(content, recall, rememberedKeys());
  const summary = element("p", { class: "handin-summary" });
  const code = element("output", { class: "handin-code", for: id });
  const told = element("p", { class: "handin-told quiet", role: "status" });
  const kept = recall(WHO);
  const field = element("input", {
    id, type: "text", maxlength: content.longest_who, autocomplete: "off", spellcheck: "false", value: typeof kept === "string" ? kept : "",
  });
  const who = () => field.value.trim();
  const show = () => {
    const counts = countsOf(done());
    const some = Object.values(counts).some(Boolean);
    const count = (kind) => fill(words.count, { what: words[kind], done: counts[kind], total: keys[kind].length });
    const kinds = Object.keys(counts).filter((kind) => keys[kind].length);
    say(summary, some ? fill(words.done, { counts: kinds.map(count).join(words.between) }) : words.nothing);
    say(code, some && who() ? fill(words.code, { code: codeOf(content, counts, who()) }) : "");
    return some;
  };
  // Whether there is something to hand in, and somebody to hand it in.
  const ready = () => {
    const some = show();
    say(told, !some ? words.nothing : who() ? "" : words.whose);
    if (some && !who()) field.focus();
    return some && who() !== "";
  };
  const save = () => {
    if (!ready()) return;
    const name = nameOf(content, who());
    download(name, fileOf(content, done(), who(), new Date()), "application/json");
    say(told, fill(words.saved, { file: name }));
  };
  const copyCode = async () => {
    if (!ready()) return;
    say(told, (await copy(codeOf(content, countsOf(done()), who()))) ? words.copied : words.by_hand);
  };
  field.addEventListener("input", () => {
    remember(WHO, who());
    show();
  });
  el.append(
    element("p", {}, words.lead),
    summary,
    element("p", { class: "handin-who" }, element("label", { for: id }, words.who), field),
    element(
      "p",
      { class: "handin-ways" },
      element("button", { type: "button", class: "main", onclick: save }, words.save),
      element("button", { type: "button", onclick: copyCode }, words.copy),
      code,
    ),
    told,
  );
  show();
  // what is done further up, or on another tab, is told when one comes here
  const near = new IntersectionObserver(show);
  near.observe(el);
  signal.addEventListener("abort", () => near.disconnect(), { once: true });
  addEventListener("storage", show, { signal });
  addEventListener("pageshow", show, { signal });
}
