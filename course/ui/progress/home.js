// On the home page, under each module: what this browser remembers of it.
import { fill } from "../page/dom.js";
import { recall, rememberedKeys } from "../page/page.js";
import { doneIn, reachedIn } from "./done.js";

const KINDS = ["quiz", "guesses", "goals", "writings"];

function show(line) {
  const module = JSON.parse(line.dataset.done);
  const words = JSON.parse(line.dataset.words);
  const done = doneIn(module, recall, reachedIn(module.number, rememberedKeys(), recall));
  const said = KINDS.filter((kind) => done[kind].done > 0).map((kind) => `${words[kind]} ${fill(words.count, done[kind])}`);
  line.textContent = said.join(words.between);
  line.hidden = said.length === 0;
}

const lines = () => {
  for (const line of document.querySelectorAll("[data-done]")) show(line);
};

addEventListener("DOMContentLoaded", lines);
addEventListener("storage", lines);
addEventListener("pageshow", lines);
