// JupyterLab and Notebook send cells to a kernel that is not there yet, and drop them without a word: *Run All* at
// once ran nothing. This cell executor waits for the kernel, then hands on to JupyterLab's own.
//
// And a notebook that is saved carries the pictures that its widgets show, so that whoever opens it without their kernel (GitHub,
// nbviewer, an exported page, JupyterLab tomorrow) sees them. They are put into what is sent to the server, never into the
// open notebook; the browser has drawn them anyway, so nobody waits for a picture but the save.
//
// A federated extension written by hand: a container with `init` and `get`, as module federation asks for it.
(() => {
  const NAME = "course-run-when-ready";
  const NOT_YET = new Set(["unknown", "starting", "restarting", "autorestarting"]);
  let scope;

  async function shared(name) {
    const [offered] = Object.values(scope[name]);
    return (await offered.get())();
  }

  /** Whether waiting would change nothing: the kernel answers, or there is none to wait for. */
  function settled(context) {
    if (context.isDisposed || context.isTerminating) return true;
    const kernel = context.session?.kernel;
    if (!kernel) return true;
    if (kernel.connectionStatus !== "connected") return kernel.connectionStatus === "disconnected";
    return !NOT_YET.has(kernel.status);
  }

  function answers(context) {
    if (settled(context)) return Promise.resolve();
    return new Promise((resolve) => {
      const signals = [context.statusChanged, context.connectionStatusChanged, context.kernelChanged, context.disposed];
      const look = () => {
        if (!settled(context)) return;
        for (const signal of signals) signal.disconnect(look);
        resolve();
      };
      for (const signal of signals) signal.connect(look);
    });
  }

  /** A session whose kernel the learner must choose is never `ready` if they choose none; its beginning ends. */
  function begun(context) {
    return Promise.race([context.ready, ...(context._initPromise ? [context._initPromise.promise] : [])]);
  }

  /** The sign of a cell that waits is a state of its model: one that is drawn later, or again, shows it too. */
  async function ready(cell, context) {
    if (context.isReady && settled(context)) return;
    cell.model.executionState = "running";
    try {
      await begun(context);
      await answers(context);
    } finally {
      if (!cell.isDisposed) cell.model.executionState = "idle";
    }
  }

  async function runWhenReady(runCell, options) {
    const { cell, sessionContext } = options;
    if (cell.model.type === "code" && sessionContext) {
      await ready(cell, sessionContext);
      if (cell.isDisposed) return false;
    }
    return runCell(options);
  }

  const WIDGET = "application/vnd.jupyter.widget-view+json";
  const MOST_BYTES = 60_000;
  const MOST_PICTURES = 3;
  const WIDEST = 640;
  const OURS = /^(?:<p><img src="data:image\/png;base64,[^>]*><\/p>)+/;

  const encoded = (canvas) => new Promise((resolve) => canvas.toBlob(resolve, "image/png"));

  function asAddress(blob) {
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result);
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(blob);
    });
  }

  /** A canvas on the ground it stands on, as small as it must be to be kept; null where it shows nothing. */
  async function pictureOf(canvas) {
    const wide = Math.min(WIDEST, parseFloat(canvas.style.width) || canvas.width);
    const ground = getComputedStyle(canvas.closest(".course")).getPropertyValue("--ground").trim() || "#ffffff";
    for (const scale of [1, 0.75, 0.5]) {
      const copy = document.createElement("canvas");
      copy.width = Math.round(wide * scale);
      copy.height = Math.round((copy.width * canvas.height) / canvas.width);
      const pen = copy.getContext("2d");
      pen.fillStyle = ground;
      pen.fillRect(0, 0, copy.width, copy.height);
      pen.drawImage(canvas, 0, 0, copy.width, copy.height);
      const blob = await encoded(copy);
      if (blob && blob.size <= MOST_BYTES) return { address: await asAddress(blob), wide: Math.round(wide) };
    }
    return null;
  }

  const quoted = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

  /** What an output's area shows, as HTML that every reader of notebooks can draw. */
  async function picturesIn(node) {
    const shown = [...node.querySelectorAll(".course canvas")].filter((one) => one.width && one.height && !one.closest("[hidden]"));
    const lines = [];
    for (const canvas of shown.slice(0, MOST_PICTURES)) {
      const picture = await pictureOf(canvas);
      const said = canvas.closest("[aria-label]")?.getAttribute("aria-label") ?? "";
      if (picture) lines.push(`<p><img src="${picture.address}" width="${picture.wide}" alt="${quoted(said)}"></p>`);
    }
    return lines.join("");
  }

  /** The output of a saved cell with what `area` shows of it before its own text. */
  async function withPictures(output, area) {
    const text = output.data?.["text/html"];
    if (!output.data?.[WIDGET] || !text || !area) return output;
    const found = await picturesIn(area.node);
    const plain = [text].flat().join("").replace(OURS, "");
    return found ? { ...output, data: { ...output.data, "text/html": found + plain } } : output;
  }

  /** A notebook as it is to be saved; `panel` shows it. */
  async function pictured(content, panel) {
    const shown = new Map(panel.content.widgets.map((cell) => [cell.model.id, cell.outputArea?.widgets ?? []]));
    const cells = content.cells.map(async (cell) => {
      const areas = shown.get(cell.id);
      if (!areas?.length || !cell.outputs?.length) return cell;
      return { ...cell, outputs: await Promise.all(cell.outputs.map((output, at) => withPictures(output, areas[at]))) };
    });
    return { ...content, cells: await Promise.all(cells) };
  }

  function leavePictures(contents, tracker) {
    const save = contents.save.bind(contents);
    contents.save = async (path, options) => {
      const panel = options?.type === "notebook" && options.content && tracker.find(({ context }) => context.path === path);
      if (!panel) return save(path, options);
      // a notebook is saved, with pictures or without
      const content = await pictured(options.content, panel).catch(() => options.content);
      return save(path, { ...options, content });
    };
  }

  async function plugins() {
    const { INotebookCellExecutor, INotebookTracker, runCell } = await shared("@jupyterlab/notebook");
    return [
      {
        id: `${NAME}:plugin`,
        description: "Lets cells wait for their kernel.",
        autoStart: true,
        provides: INotebookCellExecutor,
        activate: () => Object.freeze({ runCell: (options) => runWhenReady(runCell, options) }),
      },
      {
        id: `${NAME}:pictures`,
        description: "Leaves a picture of each widget in a saved notebook.",
        autoStart: true,
        requires: [INotebookTracker],
        activate: ({ serviceManager }, tracker) => leavePictures(serviceManager.contents, tracker),
      },
    ];
  }

  globalThis._JUPYTERLAB ??= {};
  globalThis._JUPYTERLAB[NAME] = {
    init(shareScope) {
      scope = shareScope;
    },
    async get() {
      const made = await plugins();
      return () => ({ __esModule: true, default: made });
    },
  };
})();
