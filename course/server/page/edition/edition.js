// The first script of a page that was written as a file. Where there is no server, scripts are the only files that a page opened
// from a folder may load: each calls `arrive` with what it brings. `edition` is what the page itself says (edition/pages.py).
(() => {
  const page = globalThis.__course;
  const { edition } = page;
  const root = new URL(edition.root, document.baseURI);
  const waiting = new Map();

  // Called by each script of the edition.
  page.arrive = (name, what) => waiting.get(name)?.(what);

  const bring = (name) =>
    new Promise((resolve, reject) => {
      waiting.set(name, resolve);
      const script = document.createElement("script");
      script.src = new URL(`files/${name}`, root).href;
      script.onerror = () => {
        script.remove();
        reject(new Error(edition.missing.replace("{name}", name)));
      };
      script.onload = () => script.remove();
      document.head.append(script);
    });
  const once = (name) => {
    if (!page.modules.has(name)) {
      const coming = bring(name);
      coming.catch(() => page.modules.delete(name));
      page.modules.set(name, coming);
    }
    return page.modules.get(name);
  };
  page.load = (_model, name) => once(name);
  edition.text = once;
  page.serverUrl = () => new URL("files/", root);
  // where a page of the edition lies: "index", "read/m01-…", "explore/m01-…"
  page.place = (name, language) => new URL(`${language}/${name}.html`, root).href;

  const asked = new URLSearchParams(location.search).get("lang") ?? edition.language;
  try {
    localStorage.setItem("course.language", JSON.stringify(asked));
  } catch {
    // then each page begins in the language of its address
  }

  // Opened again without a network, a page is the one that was read: from a server of files that browsers trust.
  if (!isSecureContext || !location.protocol.startsWith("http") || !navigator.serviceWorker) return;
  addEventListener("load", async () => {
    await navigator.serviceWorker.register(new URL("keep.js", root)).catch(() => null);
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    const own = loaded.filter((address) => address.startsWith(root.href));
    const further = edition.keep.map((name) => new URL(`files/${name}`, root).href);
    const [here] = location.href.split(/[?#]/);
    // the way in, as somebody wrote it down
    const doors = ["", "index.html", `${edition.language}/index.html`].map((name) => new URL(name, root).href);
    active.postMessage({ keep: [...new Set([here, ...doors, ...own, ...further])] });
  });
})();
