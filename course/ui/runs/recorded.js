// The third wire, beside a kernel and the run service: runs that were recorded when the pages were written. It answers as the
// service does; where nobody recorded what is asked, with the nearest run, and says which settings were asked (`asked`).
import { nearest, nearestPlay } from "./nearest.js";
import { shelf, takeRun } from "./packs.js";
import { readCode } from "./code.js";

const number = (text) => (text === "" ? null : Number.isNaN(Number(text)) ? text : Number(text));

// The settings that the fields of an address hold (question.js).
export function settingsOf({ seed = "1", play = null, ...values }, levers = []) {
  const settings = { seed: number(seed), values: Object.fromEntries(Object.entries(values).map(([name, text]) => [name, number(text)])) };
  if (play === null) return settings;
  const rows = play === "" ? [] : play.split(";").map((row) => row.split(",").map(Number));
  return { ...settings, decisions: rows.map((row) => Object.fromEntries(levers.map((name, at) => [name, row[at]]))) };
}

// What each lever does alone, from recorded runs; `alone` is null where one of them was not recorded.
async function reasons(content, index, run, before, after) {
  const metricsOf = async (settings) => {
    const spot = nearest(content, index, settings);
    return spot.exact ? (await run(spot)).message.metrics : null;
  };
  const changed = content.parameters.map(({ name }) => name).filter((name) => before.values[name] !== after.values[name]);
  const [from, to] = [await metricsOf(before), await metricsOf(after)];
  const alone = {};
  for (const name of changed) {
    const found = await metricsOf({ ...before, values: { ...before.values, [name]: after.values[name] } });
    if (!found || !from || !to) return { before: from, after: to, alone: null, together: null };
    alone[name] = Object.fromEntries(Object.keys(from).map((key) => [key, found[key] - from[key]]));
  }
  const together = Object.fromEntries(
    Object.keys(from).map((key) => [key, to[key] - from[key] - changed.reduce((sum, name) => sum + alone[name][key], 0)]),
  );
  return { before: from, after: to, alone, together };
}

// `index`: { seed, grid, goals, common, packs: { preset: name } } of a module; `load(name)` gives a file's text; `content()` what
// describes the simulator. Returns ask(kind, fields, language, signal) -> [message, buffers], as service.js does.
export function recordedRuns(index, load, content) {
  const pack = shelf(load);
  const run = async ({ preset, key }) => takeRun(await pack(preset ? index.packs[preset] : index.common), key);

  async function result(asked, language) {
    const { play } = content();
    const spot = asked.decisions ? nearestPlay(content(), index, asked) : nearest(content(), index, asked);
    if (asked.decisions?.length > play?.periods) throw new RangeError("no such period");
    const { message, buffers, said } = await run(spot);
    const told = { ...message, tell: said[language].tell, titles: said[language].titles };
    // numbers of a slider may be a hair beside the recorded ones
    const stands = spot.exact ? { values: asked.values } : { asked };
    return [{ kind: "result", number: 0, milliseconds: 0, ...told, ...stands }, buffers];
  }

  async function answer(kind, fields, language) {
    const asked = () => settingsOf(fields, content().play?.levers);
    if (kind === "run") return result(asked(), language);
    if (kind === "open" && fields.code) return result(readCode(fields.code, content()), language);
    if (kind === "open") {
      const [message, buffers] = await startOf(fields.preset, language);
      return [{ ...message, kind: "result", number: 0 }, buffers];
    }
    if (kind === "people") {
      const settings = asked();
      const spot = settings.decisions ? nearestPlay(content(), index, settings) : nearest(content(), index, settings);
      return [{ kind, number: 0, people: (await run(spot)).said[language].people ?? [] }, []];
    }
    const before = Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (name.startsWith("before.") ? [[name.slice(7), value]] : [])));
    const after = Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith("before.")));
    if (kind === "why") return [{ kind, number: 0, ...(await reasons(content(), index, run, settingsOf(before), settingsOf(after))) }, []];
    throw new TypeError(`nobody recorded “${kind}”`);
  }

  // The run that a situation starts with.
  async function startOf(preset, language) {
    const { message, buffers, said } = await run({ preset: null, key: `start:${preset}` });
    return [{ kind: "result", milliseconds: 0, ...message, tell: said[language].tell, titles: said[language].titles }, buffers];
  }

  async function ask(kind, fields, language, signal) {
    signal.throwIfAborted();
    const found = await answer(kind, fields, language).catch((error) => {
      console.error(error);
      return [{ kind: "problem", message: content().words.no_record }, []];
    });
    signal.throwIfAborted();
    return found;
  }

  return { ask, startOf };
}
