// Runs before anything is drawn: the theme that the reader chose, and a word where the page's script does not come.
(() => {
  // as `ui/page/whose.js`, which comes too late for this page's first picture
  const [base] = location.pathname.split(/\/(?:course|lab|tree|notebooks|voila)(?:\/|$)/);
  const user = /\/user\/([^/]+)/.exec(base)?.[1];
  const whose = user && !/binder/i.test(location.host + base) ? `@${user}/` : "";
  try {
    const theme = JSON.parse(localStorage.getItem(`course.${whose}theme`));
    if (["dark", "light"].includes(theme)) document.documentElement.dataset.courseTheme = theme;
  } catch {
    // a browser that keeps nothing has the system's
  }
  setTimeout(() => document.getElementById("slow")?.removeAttribute("hidden"), 20_000);
})();
