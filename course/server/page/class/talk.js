// Asking the room: one request, with its token, that is given up after a while.

/** Long enough for the server's own waiting. */
const LONGEST_MS = 30000;

/**
 * @param {string} path
 * @param {{token?: string, body?: unknown, post?: boolean, signal?: AbortSignal}} about
 * @returns {Promise<{status: number, said: any}>} rejects where nobody answers
 */
export async function ask(path, { token = "", body, post = body !== undefined, signal } = {}) {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const timer = setTimeout(stop, LONGEST_MS);
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const answer = await fetch(path, {
      ...(post ? { method: "POST", body: JSON.stringify(body ?? {}) } : {}),
      headers: token ? { Authorization: `Bearer ${token}` } : {},
      credentials: "omit",
      cache: "no-store",
      signal: controller.signal,
    });
    return { status: answer.status, said: answer.status === 200 ? await answer.json() : {} };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

/** A pause that ends early when the network or the reader comes back. */
export function rest(milliseconds) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      document.removeEventListener("visibilitychange", done);
      resolve(undefined);
    };
    const timer = setTimeout(done, milliseconds);
    addEventListener("online", done);
    document.addEventListener("visibilitychange", done);
  });
}

/** Words in the language that was chosen, and links that change it without leaving the page. */
export function speaking(known, changed) {
  let language = known.language;
  const links = [...document.querySelectorAll("[data-language]")];
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      language = /** @type {HTMLElement} */ (link).dataset.language;
      document.documentElement.lang = known.tags[language];
      for (const other of links) other.removeAttribute("aria-current");
      link.setAttribute("aria-current", "true");
      history.replaceState(null, "", `?lang=${language}${location.hash}`);
      changed();
    });
  }
  return { language: () => language, words: () => known.words[language] };
}
