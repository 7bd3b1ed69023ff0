// All that travels with each widget: fetch the page's one copy of the course's interface and hand over to it.
const page = (globalThis.__course ??= { modules: new Map() });

page.serverUrl = function serverUrl() {
  const config = document.getElementById("jupyter-config-data");
  if (!config) return null;
  try {
    return new URL(`${JSON.parse(config.textContent).baseUrl || "/"}course/static/`, location.href);
  } catch {
    return null;
  }
};

function fromKernel(model, name) {
  return new Promise((resolve) => {
    const receive = (message, buffers) => {
      if (message.kind !== "asset" || message.name !== name) return;
      model.off("msg:custom", receive);
      resolve(URL.createObjectURL(new Blob([buffers[0]], { type: "text/javascript" })));
    };
    model.on("msg:custom", receive);
    model.send({ kind: "asset", name });
  });
}

async function fetchModule(model, name) {
  const server = page.serverUrl();
  if (server) {
    try {
      return await import(new URL(name, server).href);
    } catch {
      // A server without our extension: the kernel has the file too.
    }
  }
  return import(await fromKernel(model, name));
}

page.load = (model, name) => {
  if (!page.modules.has(name)) {
    const loading = fetchModule(model, name);
    loading.catch(() => page.modules.delete(name));
    page.modules.set(name, loading);
  }
  return page.modules.get(name);
};

// anywidget waits two seconds for a model to be ready; if the page is slower, it drops every message to that model for good.
// A widget that is being drawn is ready: its messages go past that wait, straight to the Jupyter widget below.
page.keepLine = (model) => {
  // a dashboard's own page has no anywidget that could wait
  if (!model.set) return;
  /** @type {any} */
  let whole = null;
  const meet = (one) => (whole = one);
  model.on("change:_met", meet);
  model.set("_met", performance.now());
  model.off("change:_met", meet);
  if (!whole?.comm?.on_msg) return;
  let type = Object.getPrototypeOf(whole);
  while (type && !Object.hasOwn(type, "_handle_comm_msg")) type = Object.getPrototypeOf(type);
  const below = type && Object.getPrototypeOf(type)._handle_comm_msg;
  if (below) whole.comm.on_msg(below.bind(whole));
};

export default {
  async render(context) {
    page.keepLine(context.model);
    const ui = await page.load(context.model, context.model.get("_ui"));
    return ui.render(context);
  },
};
