// Choosing a file, by button, by dropping it or by keyboard, and carrying it to the kernel in pieces.
import { element, fill, freshId } from "../page/dom.js";

// one websocket message; servers refuse more than some megabytes at once
const PIECE = 512 * 1024;

// `hear`: { started(file), progress(share), refused(text) }. Returns { node, want(message), stop() }.
export function filePicker(talk, tool, hear) {
  const words = tool.words;
  const id = freshId("survey-file");
  let sending = null;
  const input = element("input", { id, type: "file", class: "unseen", accept: tool.accept, onchange: chosen, "aria-describedby": `${id}-limits` });
  const zone = element(
    "div",
    { class: "survey-drop", ondragover: over, ondragleave: () => zone.classList.remove("survey-over"), ondrop: dropped },
    input,
    element("label", { for: id, class: "button main" }, words.choose),
    element("span", { class: "survey-or" }, words.or_drop),
    element("p", { id: `${id}-limits`, class: "quiet" }, words.limits),
  );

  function chosen() {
    const [file] = input.files;
    // the same file, mended, may be chosen again
    input.value = "";
    if (file) start(file);
  }

  function over(event) {
    event.preventDefault();
    zone.classList.add("survey-over");
  }

  function dropped(event) {
    event.preventDefault();
    zone.classList.remove("survey-over");
    const files = [...event.dataTransfer.files];
    if (files.length > 1) hear.refused(words.one_file);
    else if (files.length) start(files[0]);
  }

  function start(file) {
    if (file.size > tool.most_bytes) {
      hear.refused(fill(words.too_large, { name: file.name, size: megabytes(file.size), most: megabytes(tool.most_bytes) }));
      return;
    }
    const turn = freshId("upload");
    sending = { file, turn };
    hear.started(file);
    talk.ask("begin", { turn, name: file.name, size: file.size });
  }

  // the kernel wants the piece that begins at `at`
  async function want({ turn, at }) {
    if (sending?.turn !== turn) return;
    const { file } = sending;
    hear.progress(file.size ? at / file.size : 1);
    let piece;
    try {
      piece = await file.slice(at, at + PIECE).arrayBuffer();
    } catch {
      if (sending?.turn === turn) hear.refused(fill(words.unreadable, { name: file.name }));
      return;
    }
    if (sending?.turn === turn) talk.ask("piece", { turn, at }, [piece]);
  }

  return { node: zone, input, want, stop: () => (sending = null) };
}

export function megabytes(bytes) {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
