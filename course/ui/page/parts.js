// The door: one widget model names its part, and its part draws it.
import { addStyles, followTheme } from "./page.js";
import { renderChart } from "../chart/chart.js";
import { renderSimulator } from "../simulator/simulator.js";
import { renderPrediction } from "../prediction/prediction.js";
import { renderQuiz } from "../quiz/quiz.js";
import { renderWriting } from "../writing/writing.js";
import { renderTool } from "./tool.js";
import { renderApp } from "../app/app.js";
import { renderDashboard } from "../dashboard/dashboard.js";

const PARTS = {
  chart: renderChart,
  simulator: renderSimulator,
  prediction: renderPrediction,
  quiz: renderQuiz,
  writing: renderWriting,
  tool: renderTool,
  app: renderApp,
  dashboard: renderDashboard,
};

// Each part gets { model, el } and returns a function that cleans up. It rebuilds when its content (the language) changes.
export function render({ model, el }) {
  addStyles();
  el.classList.add("course");
  // JupyterLab takes arrow keys and letters for its own shortcuts unless the focused element itself says otherwise.
  el.addEventListener("focusin", (event) => (event.target.dataset.lmSuppressShortcuts = "true"));
  let stop = () => {};
  const draw = () => {
    stop();
    el.replaceChildren();
    el.lang = model.get("content").html_lang ?? "";
    stop = PARTS[model.get("part")]({ model, el }) ?? (() => {});
  };
  const unfollow = followTheme(el, () => el.dispatchEvent(new CustomEvent("course-theme")));
  model.on("change:content", draw);
  draw();
  return () => {
    model.off("change:content", draw);
    unfollow();
    stop();
  };
}
