// Runs before anything is drawn: the theme that the reader chose, and a word where the page's script does not come.
(() => {
  try {
    const theme = JSON.parse(localStorage.getItem("course.theme"));
    if (["dark", "light"].includes(theme)) document.documentElement.dataset.courseTheme = theme;
  } catch {
    // a browser that keeps nothing has the system's
  }
  setTimeout(() => document.getElementById("slow")?.removeAttribute("hidden"), 20_000);
})();
