// Many draws of the same settings: a button, a progress bar that can be stopped, and averages with their intervals.
import { element, fill } from "../page/dom.js";
import { wire } from "../page/wire.js";
import { showMetric } from "./bet.js";
import { PROTOCOL } from "./protocol.js";
import { readTables } from "./tables.js";

// `found` gets { draws, sentences, rows } at the end. Returns { node, cancel() }.
export function studyPanel(model, content, signal, found) {
  const words = content.words;
  if (content.recorded) return { node: element("p", { class: "quiet" }, words.recorded_study), cancel: () => {} };
  const bar = element("progress", { max: content.study_repeats, "aria-label": words.study_progress });
  const count = element("span", { class: "quiet" });
  const start = element("button", { type: "button", "data-do": "study", onclick: begin }, fill(words.study, { count: content.study_repeats }));
  const end = element("button", { type: "button", "data-do": "study-cancel", onclick: cancelled }, words.study_cancel);
  const running = element("div", { class: "course-buttons", hidden: true }, bar, count, end);
  const outcome = element("div", { role: "status" });
  const line = wire(model, PROTOCOL, signal);
  let on = false;

  function turn(now) {
    on = now;
    running.hidden = !now;
    start.hidden = now;
  }

  function begin() {
    outcome.replaceChildren();
    bar.value = 0;
    count.textContent = "";
    turn(true);
    end.focus();
    line.send("study");
  }

  function cancel() {
    if (!on) return outcome.replaceChildren(); // what is shown was true of the settings before
    turn(false);
    line.send("study_cancel");
    outcome.replaceChildren(element("p", {}, fill(words.study_cancelled, { done: bar.value })));
  }

  function cancelled() {
    cancel();
    start.focus();
  }

  function finish(said) {
    const hadFocus = document.activeElement === end;
    turn(false);
    if (hadFocus) start.focus();
    outcome.replaceChildren(said);
  }

  function receive(message, buffers) {
    if (!on) return;
    bar.value = message.done;
    count.textContent = `${message.done} / ${message.all}`;
    if (!message.metrics) return;
    finish(averages(content, message.metrics));
    found({ draws: message.draws, sentences: message.sentences, rows: readTables(message.tables, buffers) });
  }

  const refused = ({ of, message }) => on && of === "study" && finish(element("p", { class: "notice" }, message));
  line.hear({ study: receive, problem: refused });
  return { node: element("div", { class: "course-study" }, start, running, outcome), cancel };
}

// For each figure its average, and half of the interval of that.
function averages(content, metrics) {
  const rows = content.metrics.map((metric) => {
    const [mean, half] = metrics[metric.key];
    const interval = showMetric({ ...metric, unit: "", digits: metric.digits + 1 }, half, content.language);
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, metric.label),
      element("td", {}, showMetric(metric, mean, content.language)),
      element("td", {}, `± ${interval}`),
    );
  });
  return element(
    "table",
    {},
    element("caption", {}, fill(content.words.study_result, { count: content.study_repeats })),
    element("tbody", {}, rows),
  );
}
