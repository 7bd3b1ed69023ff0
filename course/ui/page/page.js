// What all widgets of a page share: styles, theme, the browser's memory, and word of how the kernel is.
import { element } from "./dom.js";
import { whose } from "./whose.js";

const memory = () => `course.${globalThis.location ? whose(location) : ""}`;

export function addStyles() {
  if (document.getElementById("course-styles")) return;
  document.head.append(element("style", { id: "course-styles" }, STYLES));
}

// "dark" or "light": what the reader chose here, else JupyterLab's theme, else the system's.
export function theme() {
  const chosen = document.documentElement.dataset.courseTheme;
  if (chosen) return chosen;
  const lab = document.body.dataset.jpThemeLight;
  if (lab && !document.body.classList.contains("voila")) return lab === "false" ? "dark" : "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

// Keep `root` in the page's theme and call `changed` whenever it turns.
export function followTheme(root, changed, signal) {
  const apply = () => {
    const now = theme();
    if (root.dataset.theme === now) return;
    root.dataset.theme = now;
    changed(now);
  };
  const watcher = new MutationObserver(apply);
  watcher.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  watcher.observe(document.documentElement, { attributes: true, attributeFilter: ["data-course-theme"] });
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", apply, { signal });
  signal.addEventListener("abort", () => watcher.disconnect(), { once: true });
  apply();
}

// The browser's memory. It may be full or forbidden; then the page goes on without it.
export function remember(key, value) {
  try {
    localStorage.setItem(memory() + key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(memory() + key));
  } catch {
    return null;
  }
}

// What this browser remembers of the course, by key.
export function rememberedKeys() {
  try {
    const mine = memory();
    const keys = Object.keys(localStorage).flatMap((key) => (key.startsWith(mine) ? [key.slice(mine.length)] : []));
    return keys.filter((key) => !key.startsWith("@"));
  } catch {
    return [];
  }
}

let seed = null;

// What tells this learner's shuffles from another's: drawn once, then kept by the browser, else by the page.
export function learnerSeed() {
  seed ??= recall("seed");
  if (!Number.isInteger(seed)) {
    [seed] = crypto.getRandomValues(new Uint32Array(1));
    remember("seed", seed);
  }
  return seed;
}

// Whether this page was loaded again, by the reader or by us, rather than visited anew.
export function isReload() {
  const [navigation] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  return navigation?.type === "reload";
}

// Call `changed(value)` when another tab writes `key`.
export function onOtherTab(key, changed, signal) {
  const listen = (event) => {
    if (event.key === memory() + key && event.newValue) changed(JSON.parse(event.newValue));
  };
  addEventListener("storage", listen, { signal });
}

// Call `gone()` when the kernel ends, be it to start afresh: the new one knows nothing of this page's widgets. Call `lost()`
// and `back()` as the line to it breaks and mends.
export function followKernel(model, { gone, lost, back }, signal) {
  const kernel = model.widget_manager?.kernel;
  if (!kernel?.statusChanged) return;
  const ends = ["dead", "terminating", "autorestarting", "restarting"];
  const status = (_kernel, now) => ends.includes(now) && gone();
  const connection = (_kernel, now) => (now === "connected" ? back() : now === "disconnected" ? lost() : null);
  const disposed = () => gone();
  const lines = [
    [kernel.statusChanged, status],
    [kernel.connectionStatusChanged, connection],
    [kernel.disposed, disposed],
  ];
  for (const [line, slot] of lines) line?.connect(slot);
  signal.addEventListener("abort", () => lines.forEach(([line, slot]) => line?.disconnect(slot)), { once: true });
}

export function download(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

// Put text on the clipboard; false where the browser does not let us (plain http on a phone, for one).
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
