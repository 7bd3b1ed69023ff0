// A dashboard's page without JupyterLab's front end: it shows the widgets that the notebook's cells left, and no more.
import { meetModels } from "./models.js";

const VIEW = "application/vnd.jupyter.widget-view+json";
const OUTPUT = 'script[type="application/vnd.course.outputs+json"]';

const config = () => JSON.parse(document.getElementById("jupyter-config-data").textContent);

async function draw(model, el) {
  const url = URL.createObjectURL(new Blob([model.get("_esm")], { type: "text/javascript" }));
  const { default: widget } = await import(url);
  URL.revokeObjectURL(url);
  await widget.render({ model, el });
}

function show(models, place) {
  for (const script of document.querySelectorAll(OUTPUT)) {
    for (const { data } of JSON.parse(script.textContent)) {
      const model = models.get(data?.[VIEW]?.model_id);
      // the kernel died before we came, and the one in its place knows of no widget
      if (!model && data?.[VIEW]) window.course.slow();
      if (!model) continue;
      const el = document.createElement("div");
      place.append(el);
      window.course.drawn();
      draw(model, el);
    }
  }
}

async function begin() {
  const id = await window.course.kernel;
  const base = new URL(config().baseUrl, location.href);
  const place = document.getElementById("rendered_cells");
  meetModels(base, id, window.course.cells, (models) => show(models, place), window.course.refused);
}

begin();
