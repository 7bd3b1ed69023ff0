// Links to fit the window, and the theme: what the reader chose on any page of the course, else what the system prefers. Runs before anything is drawn.
(() => {
  // as `ui/page/whose.js`, which comes too late for this page's first picture
  const [base] = location.pathname.split(/\/(?:course|lab|tree|notebooks|voila)(?:\/|$)/);
  const user = /\/user\/([^/]+)/.exec(base)?.[1];
  const whose = user && !/binder/i.test(location.host + base) ? `@${user}/` : "";
  const KEY = `course.${whose}theme`;
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  const recall = () => {
    try {
      const chosen = JSON.parse(localStorage.getItem(KEY));
      return ["dark", "light"].includes(chosen) ? chosen : null;
    } catch {
      return null;
    }
  };
  const paint = (theme) => {
    root.dataset.theme = theme;
    root.dataset.courseTheme = theme; // for widgets on the page
    const button = document.getElementById("theme");
    if (!button) return;
    button.textContent = theme === "dark" ? button.dataset.light : button.dataset.dark;
    button.hidden = false;
  };
  const refresh = () => paint(recall() ?? (system.matches ? "dark" : "light"));
  const turn = () => {
    const next = root.dataset.theme === "dark" ? "light" : "dark";
    paint(next);
    try {
      localStorage.setItem(KEY, JSON.stringify(next));
    } catch {
      // Private windows may forbid it; the choice then lasts as long as the page
    }
  };

  const narrow = matchMedia("(max-width: 700px)");
  const point = () => {
    for (const link of document.querySelectorAll("a[data-narrow]")) {
      link.dataset.wide ??= link.getAttribute("href");
      link.href = narrow.matches ? link.dataset.narrow : link.dataset.wide;
    }
  };

  refresh();
  system.addEventListener("change", refresh);
  narrow.addEventListener("change", point);
  addEventListener("storage", refresh);
  addEventListener("DOMContentLoaded", () => {
    refresh();
    point();
    document.getElementById("theme").addEventListener("click", turn);
  });
})();
