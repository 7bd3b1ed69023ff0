// A dashboard's page without JupyterLab's front end: it shows the widgets that the notebook's cells left, and no more.
import { connectKernel } from "./kernel.js";

const VIEW = "application/vnd.jupyter.widget-view+json";
const OUTPUT = 'script[type="application/vnd.course.outputs+json"]';

const config = () => JSON.parse(document.getElementById("jupyter-config-data").textContent);

// What a widget's script expects of its model: get, set, on, off, send. Its values are the kernel's; none is written back.
function liveModel(kernel, id, state) {
  const heard = new Map();
  const emit = (event, ...what) => [...(heard.get(event) ?? [])].forEach((slot) => slot(...what));
  return {
    widget_manager: { kernel },
    get: (name) => state[name],
    on(event, slot) {
      if (!heard.has(event)) heard.set(event, new Set());
      heard.get(event).add(slot);
    },
    off: (event, slot) => heard.get(event)?.delete(slot),
    send: (content, _callbacks, buffers = []) =>
      kernel.send("comm_msg", { comm_id: id, data: { method: "custom", content } }, { buffers }),
    receive({ data }, buffers) {
      if (data.method === "custom") emit("msg:custom", data.content, buffers);
      if (data.method !== "update") return;
      state = { ...state, ...data.state };
      for (const name of Object.keys(data.state)) emit(`change:${name}`);
    },
  };
}

function askForStates(kernel) {
  const comm_id = `course-${Math.random().toString(36).slice(2)}`;
  kernel.send("comm_open", { comm_id, target_name: "jupyter.widget.control", data: {} }, { metadata: { version: "1.0.0" } });
  kernel.send("comm_msg", { comm_id, data: { method: "request_states" } });
}

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
  const models = new Map();
  const place = document.getElementById("rendered_cells");
  const kernel = connectKernel(base, id, ({ header, content, buffers }) => {
    if (header.msg_type !== "comm_msg") return;
    if (content.data.method !== "update_states") return models.get(content.comm_id)?.receive(content, buffers);
    if (models.size) return;
    for (const [key, { state }] of Object.entries(content.data.states)) models.set(key, liveModel(kernel, key, state));
    show(models, place);
  });
  addEventListener("pagehide", () => {
    const token = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1] ?? "";
    const form = new FormData();
    form.append("_xsrf", decodeURIComponent(token));
    navigator.sendBeacon(new URL(`voila/api/shutdown/${id}`, base), form);
    kernel.close();
  });
  // a page that the browser kept has lost its kernel
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  await window.course.cells;
  askForStates(kernel);
}

begin();
