// A lesson as a page: its elements are drawn as the reader comes near, what the code gives arrives when it is known, and the
// place where the reader stopped is kept.
import { element } from "../page/dom.js";
import { keepPlace } from "./place.js";

const NEAR = "900px 0px";

const config = JSON.parse(document.getElementById("reader").textContent);
const files = new URL(config.files, location.href);
const page = (globalThis.__course ??= { modules: new Map() });
// an edition of files brings its own
page.serverUrl ??= () => files;
page.load ??= (_model, name) => {
  if (!page.modules.has(name)) page.modules.set(name, import(new URL(name, files).href));
  return page.modules.get(name);
};

// What an element expects of a widget's model, without a kernel behind it.
function still(content, part) {
  const fields = { part, content, _vega: config.vega };
  return { get: (name) => fields[name], set: (name, value) => (fields[name] = value), save_changes() {}, on() {}, off() {}, send() {} };
}

const drawn = new Map();

function draw(place) {
  if (!drawn.has(place)) drawn.set(place, drawNow(place));
  return drawn.get(place);
}

async function drawNow(place) {
  const { part, preset } = place.dataset;
  const ui = await page.load(null, config.ui);
  const el = element("div", {});
  place.append(el);
  if (part !== "simulator") return ui.render({ model: still(JSON.parse(place.querySelector("script").textContent), part), el });
  const { version, module, language } = config;
  // on its way to paper
  if (!version) return;
  return ui
    .mount(el, part, { base: new URL(config.base, location.href).href, version, module, language, preset })
    .catch((error) => el.replaceChildren(element("p", { class: "note", role: "alert" }, error.message)));
}

const near = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      draw(target);
    }
  },
  { rootMargin: NEAR },
);
// Questions cost little; what takes time to draw waits until the reader comes near.
const LATE = ["chart", "simulator", "tool"];
const watch = (within) => {
  for (const place of within.querySelectorAll(".live")) {
    if (LATE.includes(place.dataset.part)) near.observe(place);
    else draw(place);
  }
};
const isPicture = (place) => place.dataset.part === "chart";
// not where it is measured before
const isThere = (place) => place.querySelector(".course-views > .course-view canvas, .notice");

async function fetchOutputs() {
  const waiting = [...document.querySelectorAll("[data-waiting]")];
  if (!waiting.length) return;
  const told = (text) => waiting.forEach((place) => place.replaceChildren(element("p", { class: "note" }, text)));
  try {
    const answer = await fetch(config.outputs);
    const found = await answer.json();
    if (!answer.ok) return told(found.problem ?? config.words.slow);
    for (const place of waiting) {
      place.innerHTML = found[place.getAttribute("data-cell")] ?? "";
      watch(place);
    }
  } catch {
    told(config.words.slow);
  } finally {
    waiting.forEach((place) => place.removeAttribute("data-waiting"));
  }
}

// Everything drawn, for paper.
const pictures = () => [...document.querySelectorAll(".live")].filter(isPicture);
page.whole = async () => {
  await arrived;
  const all = pictures();
  for (const place of all) await draw(place);
  while (!all.every(isThere)) await new Promise((resolve) => setTimeout(resolve, 50));
};

// A browser does not wait for pictures when it prints: where there is room for a printer, they are drawn beforehand, those that
// stand for simulators on paper too, and who asks for paper by keyboard before that gets it when all are there.
const idle = globalThis.requestIdleCallback ?? ((action) => setTimeout(action, 200));
function drawInPeace() {
  const next = [...document.querySelectorAll(".outputs .live")].find((place) => !drawn.has(place));
  if (next) draw(next).finally(() => idle(drawInPeace));
}

let printing = false;
addEventListener("keydown", (event) => {
  const asked = event.key.toLowerCase() === "p" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!asked || (!document.querySelector("[data-waiting]") && pictures().every(isThere))) return;
  event.preventDefault();
  if (printing) return;
  printing = true;
  const said = element("p", { class: "note printing", role: "status" }, config.words.printing);
  document.body.append(said);
  page.whole().finally(() => {
    printing = false;
    said.remove();
    print();
  });
});

let folded = [];
addEventListener("beforeprint", () => {
  page.whole();
  folded = [...document.querySelectorAll(".code > details:not([open])")];
  for (const code of folded) code.setAttribute("open", "");
});
addEventListener("afterprint", () => folded.splice(0).forEach((code) => code.removeAttribute("open")));

watch(document);
const arrived = fetchOutputs();
keepPlace(config.module, document.getElementById("kept"), arrived);
if (matchMedia("(min-width: 700px)").matches) arrived.then(() => idle(drawInPeace));
