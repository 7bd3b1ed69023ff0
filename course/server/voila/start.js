// Runs before anything is drawn: language and theme of the page, and what Voila calls while it works.
(() => {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search).get("lang") ?? navigator.language;
  const language = asked.toLowerCase().startsWith("zh") ? "zh" : "en";
  root.lang = language === "zh" ? "zh-Hans" : "en";
  document.title = language === "zh" ? "超越期望" : "Exceeding Expectations";
  try {
    const theme = JSON.parse(localStorage.getItem("course.theme"));
    if (["dark", "light"].includes(theme)) root.dataset.courseTheme = theme;
  } catch {
    // No memory, no choice: the system's theme it is
  }

  const PATIENCE = 20_000;
  const slow = () => document.getElementById("slow")?.removeAttribute("hidden");
  setTimeout(slow, PATIENCE);
  // The page has arrived to its end, but the kernel never said that it is done
  addEventListener("DOMContentLoaded", () => window.cellLoaded || window.shown || slow());

  window.voila_heartbeat = () => {};
  window.update_loading_text = () => {};
  window.voila_process = () => {};
  window.display_cells = () => {
    window.cellLoaded = true;
    if (!window.themeLoaded) return;
    window.shown = true;
    document.getElementById("loading")?.remove();
    document.getElementById("rendered_cells").hidden = false;
  };
  window.voila_finish = window.display_cells;
})();
