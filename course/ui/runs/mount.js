// What a page without a kernel draws: a simulator or a whole dashboard, whose model asks the run service.
import { unpacked } from "./frames.js";
import { ServedModel } from "./model.js";
import { runService } from "./service.js";

// What the loader does where a widget brings it (page/loader.js).
function furnish(base) {
  const page = (globalThis.__course ??= { modules: new Map() });
  const shelf = new URL("course/static/", base);
  page.serverUrl ??= () => shelf;
  page.load ??= (_model, name) => {
    if (!page.modules.has(name)) {
      const loading = import(new URL(name, shelf).href);
      loading.catch(() => page.modules.delete(name));
      page.modules.set(name, loading);
    }
    return page.modules.get(name);
  };
}

/** @param {any} answer */
const opened = ([message, buffers]) => ({ content: message.content, vega: message.vega, start: [message.start, buffers] });

// One kernel for the private tools of a page, from when the first of them is opened.
function ownKernel(model, base, { script, page }) {
  let kernel = null;
  return async function privately(language, full) {
    const loaded = await globalThis.__course.load(model, script);
    kernel ??= loaded.privateModel(base, new URL(page, base).href, full);
    const own = await kernel.catch((error) => {
      kernel = null;
      throw error;
    });
    own.send({ kind: "language", language });
    return own;
  };
}

// `part`: "simulator" or "app". `base`: the server's address with a slash at its end; `version`: the edition that the page
// belongs to; `preset`: what a simulator opens with. `first`: what the page brought along, as `unpacked` reads it, else it is
// fetched. `own`: { script, page } of a private kernel. Returns a promise of the model.
export async function servedWidget(part, { base, version, module, language, preset = "", first = null, own = null }) {
  furnish(base);
  let model = null;
  const line = { lost: () => model?.lost(), back: () => model?.back() };
  const ask = runService(base, module, version, line);
  const described = async (wanted, signal) => {
    const answer = await ask(part, preset ? { preset } : {}, wanted, signal);
    if (answer[0].kind === "problem") throw new Error(answer[0].message);
    return opened(answer);
  };
  const brought = first ? opened(unpacked(first)) : await described(language, new AbortController().signal);
  model = new ServedModel({ part, ...brought }, ask, described);
  if (own) model.privately = ownKernel(model, base, own);
  return model;
}
