// A place to write. The text is kept by the browser at every letter, and told to the kernel in pauses, which puts a copy
// into the notebook. Where it is compared, the same text is shown again, as it stands.
import { element, emphasised, fill, freshId, say } from "../page/dom.js";
import { timer } from "../page/life.js";
import { onOtherTab, recall, remember } from "../page/page.js";

const PAUSE = 400;
const WRITTEN = "course-written";

// What stands there now: what the browser kept, else what the notebook did.
export function textNow(kept, known) {
  return typeof kept?.text === "string" ? kept.text : (known ?? "");
}

function thoughtful(content) {
  return element("div", { class: "writing-answer" }, element("strong", {}, content.words.compare), element("p", {}, emphasised(content.answer)));
}

function drawAgain({ model, el, signal }) {
  const content = model.get("content");
  const memory = `writing.${content.module}.${content.key}`;
  const draw = () => {
    const text = textNow(recall(memory), model.get("text")).trim();
    el.replaceChildren(
      element("p", { class: "writing-prompt" }, emphasised(content.prompt)),
      element("p", { class: "quiet" }, text ? content.words.yours : content.words.nothing),
      ...(text ? [element("blockquote", { class: "writing-yours" }, text)] : []),
      ...(text && content.answer ? [thoughtful(content)] : []),
    );
  };
  draw();
  addEventListener(WRITTEN, draw, { signal });
  onOtherTab(memory, draw, signal);
}

function drawField({ model, el, signal }) {
  const content = model.get("content");
  const { words } = content;
  const memory = `writing.${content.module}.${content.key}`;
  const id = freshId("writing");
  const field = element("textarea", { id, class: "writing-field", maxlength: content.longest, rows: 4 });
  const state = element("span", { class: "quiet", role: "status" });
  const room = element("span", { class: "quiet", "aria-hidden": "true" });
  const compare = element("button", { type: "button" }, words.compare);
  const answer = element("div", { role: "status" });
  const pause = timer(signal);

  const tell = () => {
    pause.clear();
    if (model.get("text") === field.value) return;
    try {
      model.set("text", field.value);
      model.save_changes();
    } catch {
      // A dead kernel misses the news; the browser keeps the text and tells the next one.
    }
  };
  const follow = () => {
    const left = content.longest - field.value.length;
    say(room, left < 200 ? fill(words.left, { count: left }) : "");
    if (!field.value.trim()) answer.replaceChildren();
  };
  field.value = textNow(recall(memory), model.get("text"));
  field.addEventListener("input", () => {
    say(state, remember(memory, { text: field.value }) ? words.kept : words.notKept);
    dispatchEvent(new Event(WRITTEN));
    follow();
    pause.start(tell, PAUSE);
  });
  field.addEventListener("change", tell);
  // around a cell JupyterLab keeps Enter for itself, also where shortcuts are suppressed
  field.addEventListener("keydown", (event) => event.key === "Enter" && event.stopPropagation());
  compare.addEventListener("click", () => {
    if (!field.value.trim()) {
      answer.replaceChildren(element("p", { class: "quiet" }, words.writeFirst));
      field.focus();
      return;
    }
    answer.replaceChildren(thoughtful(content));
  });
  el.append(
    element("label", { for: id, class: "writing-prompt" }, emphasised(content.prompt)),
    field,
    element("div", { class: "writing-foot" }, content.answer && compare, state, room),
    answer,
  );
  follow();
  tell();
  const taken = (kept) => {
    field.value = textNow(kept, "");
    follow();
    tell();
  };
  onOtherTab(memory, taken, signal);
}

export function renderWriting(parts) {
  if (parts.model.get("content").again) drawAgain(parts);
  else drawField(parts);
}
