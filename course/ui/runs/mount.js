// What a page without a kernel draws: a simulator or a whole dashboard, whose model asks the run service, or, in an edition of
// files, recorded runs.
import { unpacked } from "./frames.js";
import { ServedModel } from "./model.js";
import { openPack } from "./packs.js";
import { recordedRuns } from "./recorded.js";
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

// `edition`: { text(name), vega, runs: { module: index of its recorded runs } } (course/server/page/edition/edition.js).
async function recordedWidget(part, edition, { module, language, preset }) {
  const index = edition.runs[module];
  const words = {};
  let spoken = language;
  const simulator = () => words[spoken].simulator;
  const { ask, startOf } = recordedRuns(index, edition.text, simulator);
  async function described(wanted) {
    words[wanted] ??= (await openPack(await edition.text(index.words[wanted])))[0].content;
    spoken = wanted;
    const app = words[wanted];
    const chosen = preset || app.simulator.presets[0].key;
    const slot = preset ? `${app.simulator.slot}.${preset}` : app.simulator.slot;
    const one = { ...app.simulator, slot, preset: chosen, recorded: true };
    return { content: part === "app" ? { ...app, simulator: one } : one, start: await startOf(chosen, wanted) };
  }
  const brought = await described(language);
  return new ServedModel({ part, ...brought, vega: edition.vega }, ask, described);
}

// `part`: "simulator" or "app". `base`: the server's address with a slash at its end; `version`: the edition that the page
// belongs to; `preset`: what a simulator opens with. `first`: what the page brought along, as `unpacked` reads it, else it is
// fetched. `own`: { script, page } of a private kernel. Returns a promise of the model.
export async function servedWidget(part, { base, version, module, language, preset = "", first = null, own = null }) {
  const { edition } = globalThis.__course ?? {};
  if (edition) return recordedWidget(part, edition, { module, language, preset });
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
