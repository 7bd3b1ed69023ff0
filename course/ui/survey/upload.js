// Choosing a file, by button, by dropping it or by keyboard, and carrying it to the kernel in pieces.
import { element, fill, freshId } from "../page/dom.js";

// one websocket message; servers refuse more than some megabytes at once
const PIECE = 512 * 1024;

// `hear`: { started(file), progress(share), refused(text) }. Returns { node, input, want(message), stop() }.
export function filePicker(talk, tool, hear) {
  const sending = carrier(talk, tool, hear);
  const zone = dropZone(tool, (files) => {
    if (files.length > 1) hear.refused(tool.words.one_file);
    else if (files.length) sending.start(files[0]);
  });
  return { ...zone, want: sending.want, stop: sending.stop };
}

function dropZone(tool, taken) {
  const words = tool.words;
  const id = freshId("survey-file");
  const over = (on) => node.classList.toggle("survey-over", on);
  const chosen = () => {
    const files = [...input.files];
    // the same file, mended, may be chosen again
    input.value = "";
    taken(files);
  };
  const input = element("input", { id, type: "file", class: "unseen", accept: tool.accept, onchange: chosen, "aria-describedby": `${id}-limits` });
  const ondragover = (event) => {
    event.preventDefault();
    over(true);
  };
  const ondrop = (event) => {
    event.preventDefault();
    over(false);
    taken([...event.dataTransfer.files]);
  };
  const node = element(
    "div",
    { class: "survey-drop", ondragover, ondragleave: () => over(false), ondrop },
    input,
    element("label", { for: id, class: "button main" }, words.choose),
    element("span", { class: "survey-or" }, words.or_drop),
    element("p", { id: `${id}-limits`, class: "quiet" }, words.limits),
  );
  return { node, input };
}

function carrier(talk, tool, hear) {
  const words = tool.words;
  let sending = null;

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

  return { start, want, stop: () => (sending = null) };
}

export function megabytes(bytes) {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
