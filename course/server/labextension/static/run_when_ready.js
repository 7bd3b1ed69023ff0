// JupyterLab and Notebook send cells to a kernel that is not there yet, and drop them without a word: *Run All* at
// once ran nothing. This cell executor waits for the kernel, then hands on to JupyterLab's own.
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

  async function plugin() {
    const { INotebookCellExecutor, runCell } = await shared("@jupyterlab/notebook");
    return {
      id: `${NAME}:plugin`,
      description: "Lets cells wait for their kernel.",
      autoStart: true,
      provides: INotebookCellExecutor,
      activate: () => Object.freeze({ runCell: (options) => runWhenReady(runCell, options) }),
    };
  }

  globalThis._JUPYTERLAB ??= {};
  globalThis._JUPYTERLAB[NAME] = {
    init(shareScope) {
      scope = shareScope;
    },
    async get() {
      const made = await plugin();
      return () => ({ __esModule: true, default: made });
    },
  };
})();
