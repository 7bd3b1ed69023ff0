// All questions of a class in a list, to go to any of them.
import { element, emphasised } from "../../../ui/page/dom.js";

/** @param {{part: string, text: string, phase: string}[]} list @param {{now: number, words: any, go: (at: number) => void}} about */
export function steps(list, { now, words, go }) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("list"));
  const close = () => dialog.close();
  const rows = list.map((one, at) =>
    element(
      "li",
      {},
      element(
        "button",
        {
          type: "button",
          "aria-current": at === now ? "true" : null,
          onclick() {
            close();
            go(at);
          },
        },
        element("span", { class: "quiet" }, `${at + 1} · ${one.part}${one.phase === "waiting" ? "" : ` · ${words[one.phase]}`}`),
        element("span", {}, emphasised(one.text)),
      ),
    ),
  );
  const title = element("h2", { id: "list-title" }, words.list);
  dialog.replaceChildren(title, element("ol", {}, ...rows), element("p", { class: "row" }, element("button", { type: "button", onclick: close }, words.cancel)));
  dialog.showModal();
  /** @type {HTMLElement | null} */ (dialog.querySelector("[aria-current]"))?.focus();
}
