// The caller's anger, sentence by sentence: a picture of what the list below it says, so hidden from screen readers.
const NAMESPACE = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, EDGE] = [320, 90, 10];

function drawn(tag, attributes, ...children) {
  const node = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

// Where each anger (0 to 100) stands: [{ x, y }], left to right, the angriest at the top.
export function places(angers) {
  const step = (WIDTH - 2 * EDGE) / Math.max(angers.length - 1, 1);
  return angers.map((anger, at) => ({ x: EDGE + at * step, y: EDGE + ((100 - anger) / 100) * (HEIGHT - 2 * EDGE) }));
}

export function curve(angers) {
  const dots = places(angers);
  const line = dots.map(({ x, y }) => `${x},${y}`).join(" ");
  return drawn(
    "svg",
    { class: "dialogue-curve", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" },
    drawn("line", { class: "dialogue-floor", x1: EDGE, x2: WIDTH - EDGE, y1: HEIGHT - EDGE, y2: HEIGHT - EDGE }),
    drawn("polyline", { points: line }),
    ...dots.map(({ x, y }) => drawn("circle", { cx: x, cy: y, r: 4 })),
  );
}
