// Stands in every page before its own scripts: `watched.picture` is when the first picture was painted, and `watched.steps`
// when each arrow key was pressed and when the last change was painted that followed it. All in ms since navigation began.
(() => {
  const QUIET = 300; // a picture that does not change for so long has arrived
  const SMALL = 150; // canvases below are for measuring texts
  const PAINTS = ["fill", "stroke", "fillRect", "strokeRect", "clearRect", "fillText", "drawImage", "putImageData"];

  const watched = (globalThis.watched = { picture: 0, steps: [] });
  const roots = [];
  const stale = new WeakSet();
  const sums = new WeakMap();
  let stirred = false;
  let before = "";
  let step = null;

  const stirs = new MutationObserver(() => (stirred = true));
  function follow(root) {
    roots.push(root);
    stirs.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    return root;
  }
  follow(document);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    return follow(attach.call(this, options));
  };

  for (const name of PAINTS) {
    const paint = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...how) {
      stale.add(this.canvas);
      stirred = true;
      return paint.apply(this, how);
    };
  }

  function sum(canvas) {
    if (canvas.width < SMALL || !canvas.height) return 0;
    if (stale.delete(canvas)) {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      sums.set(canvas, new Uint32Array(data.buffer).reduce((all, pixel) => (Math.imul(all, 31) + pixel) | 0, 0));
    }
    return sums.get(canvas) ?? 0;
  }

  // All canvases that were drawn on and all of Vega's drawings, if they can be seen, in whatever shadow they stand
  function pictures() {
    return roots
      .filter((root) => root === document || root.host.isConnected)
      .flatMap((root) => [...root.querySelectorAll("canvas, svg.marks")])
      .filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .map((one) => (one instanceof HTMLCanvasElement ? sum(one) : one.outerHTML))
      .filter(Boolean)
      .join("|");
  }

  // A message that is posted while a frame is made arrives once it is painted; looking at the pictures costs no measured time
  const painted = new MessageChannel();
  painted.port1.onmessage = () => {
    const now = performance.now();
    if (stirred) {
      stirred = false;
      const seen = pictures();
      if (seen && seen !== before) {
        before = seen;
        watched.picture ||= now;
        if (step) step.end = now;
      }
    }
    if (step?.end && now - step.end > QUIET) {
      watched.steps.push(step);
      step = null;
    }
    requestAnimationFrame(next);
  };
  const next = () => painted.port2.postMessage(null);
  requestAnimationFrame(next);

  const press = ({ key, timeStamp }) => {
    if (key.startsWith("Arrow")) step ??= { begun: timeStamp, end: 0 };
  };
  addEventListener("keydown", press, { capture: true });
})();
