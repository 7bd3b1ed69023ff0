// The door: one widget model names its part, and its part draws it.
import { hear, spell } from "./life.js";
import { addStyles, followTheme } from "./page.js";
import { renderChart } from "../chart/chart.js";
import { renderSimulator } from "../simulator/simulator.js";
import { renderPrediction } from "../prediction/prediction.js";
import { renderQuiz } from "../quiz/quiz.js";
import { renderSelfTest } from "../quiz/self_test.js";
import { renderRecord } from "../progress/record.js";
import { renderHandIn } from "../handin/handin.js";
import { renderWriting } from "../writing/writing.js";
import { renderTool } from "./tool.js";
import { renderApp } from "../app/app.js";
import { renderDashboard } from "../dashboard/dashboard.js";
import { servedWidget } from "../runs/mount.js";

const PARTS = {
  chart: renderChart,
  simulator: renderSimulator,
  prediction: renderPrediction,
  quiz: renderQuiz,
  "self-test": renderSelfTest,
  record: renderRecord,
  "hand-in": renderHandIn,
  writing: renderWriting,
  tool: renderTool,
  app: renderApp,
  dashboard: renderDashboard,
};

// To save is the notebook's, wherever the focus is.
function letSave(event) {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
  const { dataset } = event.target;
  delete dataset.lmSuppressShortcuts;
  setTimeout(() => (dataset.lmSuppressShortcuts = "true"));
}

// Each part gets { model, el, signal }; what it starts ends with the signal. It is drawn anew when its content (the language)
// changes.
export function render({ model, el }) {
  addStyles();
  el.classList.add("course");
  // JupyterLab takes arrow keys and letters for its own shortcuts unless the focused element itself says otherwise.
  el.addEventListener("focusin", (event) => (event.target.dataset.lmSuppressShortcuts = "true"));
  const life = new AbortController();
  // JupyterLab listens at the document, before the element would hear of it
  addEventListener("keydown", (event) => el.contains(/** @type {Node} */ (event.target)) && letSave(event), { capture: true, signal: life.signal });
  let drawn = spell(life.signal);
  const draw = () => {
    drawn.end();
    drawn = spell(life.signal);
    el.replaceChildren();
    el.lang = model.get("content").html_lang ?? "";
    PARTS[model.get("part")]({ model, el, signal: drawn.signal });
  };
  followTheme(el, () => el.dispatchEvent(new CustomEvent("course-theme")), life.signal);
  hear(model, "change:content", draw, life.signal);
  draw();
  return () => life.abort();
}

// Draw a simulator, or a whole dashboard, that needs no kernel (see servedWidget). Resolves to what takes it away again; rejects
// with a sentence for the learner where there is none.
export async function mount(el, part, options) {
  const model = await servedWidget(part, options);
  const end = render({ model, el });
  return () => {
    end();
    model.end();
  };
}
