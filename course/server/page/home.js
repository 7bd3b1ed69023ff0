// The theme: what the reader chose on any page of the course, else what the system prefers. Runs before anything is drawn.
(() => {
  const key = "course.theme";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const recall = () => {
    try {
      const chosen = JSON.parse(localStorage.getItem(key));
      return ["dark", "light"].includes(chosen) ? chosen : null;
    } catch {
      return null;
    }
  };
  const show = () => {
    const theme = recall() ?? (system.matches ? "dark" : "light");
    root.dataset.theme = theme;
    const button = document.getElementById("theme");
    if (!button) return;
    button.textContent = theme === "dark" ? button.dataset.light : button.dataset.dark;
    button.hidden = false;
  };
  show();
  system.addEventListener("change", show);
  addEventListener("storage", show);
  addEventListener("DOMContentLoaded", () => {
    show();
    document.getElementById("theme").addEventListener("click", () => {
      const next = root.dataset.theme === "dark" ? "light" : "dark";
      root.dataset.theme = next;
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Private windows may forbid it; the choice then lasts as long as the page
      }
      const button = document.getElementById("theme");
      button.textContent = next === "dark" ? button.dataset.light : button.dataset.dark;
    });
  });
})();
