// A page of its own in the reader's language: a module's dashboard around the simulator, or the instructor's.
import { element } from "../page/dom.js";
import { recall, remember, theme } from "../page/page.js";
import { PROTOCOL } from "../page/protocol.js";
import { wire } from "../page/wire.js";
import { startSimulator } from "../simulator/simulator.js";
import { tabs } from "../page/tabs.js";
import { openTool } from "../page/tool.js";

function wantedLanguage(content) {
  const has = (tag) => Object.keys(content.language_names).find((code) => tag?.toLowerCase().split("-")[0] === code);
  const asked = new URLSearchParams(location.search).get("lang");
  return { asked, found: has(asked) ?? has(recall("language")) ?? navigator.languages.map(has).find(Boolean) ?? content.language };
}

export function renderApp(context) {
  openPage(context, (place, content) => startSimulator(context.model, content.simulator, place, { inApp: true, signal: context.signal }));
}

// Head, title and lead of a page; `fillIn(place, content)` draws the rest.
export function openPage({ model, el, signal }, fillIn) {
  const content = model.get("content");
  const line = wire(model, PROTOCOL, signal);
  const { asked, found } = wantedLanguage(content);
  const chosen = globalThis.__course.language ?? found;
  if (chosen !== content.language) {
    // nothing is drawn in the wrong language; the kernel answers with new content
    line.send("language", { language: chosen });
    return;
  }
  document.documentElement.lang = content.html_lang;
  document.title = `${content.title} · ${content.course}`;
  const place = element("div");
  const unknown = asked && !(asked.toLowerCase().split("-")[0] in content.language_names);
  el.classList.add("course-app");
  el.append(
    pageHead(content, line),
    element(
      "main",
      {},
      element("h1", {}, content.title),
      element("p", { class: "course-lead" }, content.lead),
      unknown && element("p", { class: "notice", role: "alert" }, content.words.unknown_language),
      content.tools?.length ? withTools(model, content, place, signal) : place,
    ),
  );
  document.documentElement.dataset.courseReady = "true";
  fillIn(place, content);
}

// The way home, the languages, and light or dark.
function pageHead(content, line) {
  const words = content.words;
  function speak(language) {
    remember("language", language);
    globalThis.__course.language = language;
    addressSays("lang", language);
    line.send("language", { language });
  }
  const languages = Object.entries(content.language_names).map(([code, name]) =>
    element(
      "button",
      { type: "button", lang: code, "aria-pressed": String(code === content.language), onclick: () => speak(code) },
      name,
    ),
  );
  return element(
    "header",
    { class: "course-app-head" },
    element("p", { class: "quiet" }, element("a", { href: homeAddress(content) }, content.course), ` · ${content.number}`),
    element("div", { class: "course-buttons", role: "group", "aria-label": words.language }, languages, themeButton(words)),
  );
}

function themeButton(words) {
  const saved = recall("theme");
  if (saved) document.documentElement.dataset.courseTheme = saved;
  const name = () => (theme() === "dark" ? words.light : words.dark);
  function turn() {
    const next = theme() === "dark" ? "light" : "dark";
    document.documentElement.dataset.courseTheme = next;
    remember("theme", next);
    button.textContent = name();
  }
  const button = element("button", { type: "button", "data-do": "theme", onclick: turn }, name());
  return button;
}

// The simulator first; a tool is fetched when somebody opens it.
function withTools(model, content, place, signal) {
  const opened = new Set();
  // a tool may come late, when the simulator has put its run into the address
  const about = { inApp: true, signal, module: content.number, fragment: location.hash };
  const entries = content.tools.map((tool) => ({ key: tool.key, title: tool.title, tool, panel: element("div") }));
  const open = (key) => {
    addressSays("tool", key);
    const { tool, panel } = entries.find((entry) => entry.key === key) ?? {};
    if (!tool || opened.has(key)) return;
    opened.add(key);
    openTool(model, tool, panel, about);
  };
  const all = [{ key: "", title: content.words.simulator, panel: place }, ...entries];
  const asked = new URLSearchParams(location.search).get("tool");
  return [tabs(content.words.parts, all, asked, open), ...all.map(({ panel }) => panel)];
}

// Nothing else of the address changes.
function addressSays(name, value) {
  const here = new URL(location.href);
  if (value) here.searchParams.set(name, value);
  else here.searchParams.delete(name);
  if (here.href !== location.href) history.replaceState(history.state, "", here);
}

function homeAddress(content) {
  const { place, serverUrl } = globalThis.__course;
  if (place) return place("index", content.language);
  const server = serverUrl();
  return server ? `${new URL("..", server).href}?lang=${content.language}` : "#";
}
