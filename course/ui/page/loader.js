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

export default {
  async render(context) {
    const ui = await page.load(context.model, context.model.get("_ui"));
    return ui.render(context);
  },
};
