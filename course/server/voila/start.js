// Runs before anything is drawn: language and theme of the page, and what Voila calls while it works.
(() => {
  const root = document.documentElement;
  // as `ui/page/whose.js`, which comes too late for this page's first picture
  const [base] = location.pathname.split(/\/(?:course|lab|tree|notebooks|voila)(?:\/|$)/);
  const user = /\/user\/([^/]+)/.exec(base)?.[1];
  const whose = user && !/binder/i.test(location.host + base) ? `@${user}/` : "";
  const recall = (key) => {
    try {
      return JSON.parse(localStorage.getItem(`course.${whose}${key}`));
    } catch {
      return null;
    }
  };
  const known = (tag) => ["en", "zh"].find((code) => String(tag).toLowerCase().split("-")[0] === code);
  const asked = [new URLSearchParams(location.search).get("lang"), recall("language"), ...navigator.languages];
  const language = asked.map(known).find(Boolean) ?? "en";
  root.lang = language === "zh" ? "zh-Hans" : "en";
  document.title = language === "zh" ? "超越期望" : "Exceeding Expectations";
  const theme = recall("theme");
  if (["dark", "light"].includes(theme)) root.dataset.courseTheme = theme;

  const PATIENCE = 20_000;
  const slow = () => document.getElementById("slow")?.removeAttribute("hidden");
  setTimeout(slow, PATIENCE);
  // The page has arrived to its end, but the kernel never said that it is done
  addEventListener("DOMContentLoaded", () => window.cellLoaded || window.shown || slow());

  const endWaiting = () => {
    window.shown = true;
    document.getElementById("loading")?.remove();
  };
  const later = () => {
    let settle;
    return Object.assign(new Promise((resolve) => (settle = resolve)), { settle });
  };
  // what the page of a dashboard tells its script as it arrives
  window.course = {
    kernel: later(),
    cells: later(),
    drawn() {
      endWaiting();
      document.getElementById("rendered_cells").hidden = false;
    },
    failed: endWaiting,
    slow,
    refused: () => document.getElementById("refused")?.removeAttribute("hidden"),
  };

  window.voila_heartbeat = () => {};
  window.update_loading_text = () => {};
  window.voila_process = () => {};
  window.display_cells = () => {
    window.cellLoaded = true;
    if (window.themeLoaded) window.course.drawn();
  };
  window.voila_finish = window.display_cells;
})();
