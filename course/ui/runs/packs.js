// Packs of recorded runs: a script each, for pages opened from a folder may fetch nothing else.
import { readFrames } from "./frames.js";

async function inflated(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// [message, buffers] of a pack, as `pack` in course/runs/recording.py put it together.
export async function openPack(text) {
  const { frames } = readFrames(await inflated(text));
  return frames[0];
}

// What is told of one run in `language`, and its columns: { message, buffers, said }.
export function takeRun([{ tables, runs }, buffers], key) {
  const { said, columns, tables: described, ...message } = runs[key];
  return { message: { ...message, tables: tables[described] }, buffers: columns.map((at) => buffers[at]), said };
}

// `load(name)` gives a script's text. Each pack is opened once.
export function shelf(load) {
  const open = new Map();
  return function pack(name) {
    if (!open.has(name)) {
      const opening = load(name).then(openPack);
      opening.catch(() => open.delete(name));
      open.set(name, opening);
    }
    return open.get(name);
  };
}
