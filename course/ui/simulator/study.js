// Many draws of the same settings: a button, a progress bar that can be stopped, and averages with their intervals.
import { element, fill } from "../page/dom.js";
import { showMetric } from "./bet.js";

// Returns { node, cancel(), stop() }.
export function studyPanel(model, content) {
  const words = content.words;
  const bar = element("progress", { max: content.study_repeats, "aria-label": words.study_progress });
  const count = element("span", { class: "quiet" });
  const start = element("button", { type: "button", "data-do": "study", onclick: begin }, fill(words.study, { count: content.study_repeats }));
  const end = element("button", { type: "button", "data-do": "study-cancel", onclick: cancelled }, words.study_cancel);
  const running = element("div", { class: "course-buttons", hidden: true }, bar, count, end);
  const outcome = element("div", { role: "status" });
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
    model.send({ kind: "study" });
  }

  function cancel() {
    if (!on) return;
    turn(false);
    model.send({ kind: "study_cancel" });
    outcome.replaceChildren(element("p", {}, fill(words.study_cancelled, { done: bar.value })));
  }

  function cancelled() {
    cancel();
    start.focus();
  }

  function receive(message) {
    if (message.kind !== "study" || !on) return;
    bar.value = message.done;
    count.textContent = `${message.done} / ${message.all}`;
    if (!message.metrics) return;
    const hadFocus = document.activeElement === end;
    turn(false);
    if (hadFocus) start.focus();
    outcome.replaceChildren(table(message.metrics));
  }

  function table(metrics) {
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
      element("caption", {}, fill(words.study_result, { count: content.study_repeats })),
      element("tbody", {}, rows),
    );
  }

  model.on("msg:custom", receive);
  return {
    node: element("div", { class: "course-study" }, start, running, outcome),
    cancel,
    stop: () => model.off("msg:custom", receive),
  };
}
