// Links and codes: the run in the page's address, and on the learner's clipboard.
import { element } from "../page/dom.js";
import { copy } from "../page/page.js";

const COPIED_FOR = 3_000;

// The address under which the run with `code` is found; in a lesson, the door to the module's dashboard (course/server/home.py).
export function addressOf(content, code, inApp) {
  const { place, serverUrl } = globalThis.__course;
  const door = () => (place ? new URL(place(content.app, content.language)) : new URL(`../${content.app}`, serverUrl() ?? location.href));
  const here = inApp ? new URL(location.href) : door();
  here.searchParams.set("lang", content.language);
  here.hash = `run=${code}`;
  return here.href;
}

// What the page's address asks for: { run, preset }, each null where it does not.
export function asked({ hash, search }) {
  const fragment = new URLSearchParams(hash.slice(1));
  return { run: fragment.get("run"), preset: fragment.get("preset") ?? new URLSearchParams(search).get("preset") };
}

// Whether the address asked for something that was not there already; `ask(what)` has it opened, `choose(preset)` chosen.
export function openAddress(state, reloaded, ask, choose) {
  const { run, preset } = asked(location);
  if (state.owns(run, reloaded)) return false;
  if (run) ask({ code: run });
  else if (preset && state.presets.has(preset)) choose(preset);
  else if (preset) ask({ preset });
  else return false;
  return true;
}

// Buttons that give away the link and the code of the run that `run()` returns.
export function takeAway(content, run, inApp) {
  const words = content.words;
  const copied = element("span", { class: "course-copied", role: "status" });
  async function give(text) {
    if (await copy(text)) {
      copied.replaceChildren(words.copied);
      setTimeout(() => copied.replaceChildren(), COPIED_FOR);
      return;
    }
    const box = element("input", { value: text, readonly: true, "aria-label": words.copy_by_hand });
    copied.replaceChildren(`${words.copy_by_hand} `, box);
    box.focus();
    box.select();
  }
  const code = () => run()?.code ?? "";
  return element(
    "div",
    { class: "course-buttons course-take" },
    element("button", { type: "button", "data-do": "share", onclick: () => give(addressOf(content, code(), inApp)) }, words.share),
    element("button", { type: "button", "data-do": "code", onclick: () => give(code()) }, words.code),
    copied,
  );
}
