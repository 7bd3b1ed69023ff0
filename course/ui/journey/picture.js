// A journey as a picture to take away: the curve of feeling over the names of its touchpoints, and what the run came to.
//
// It stands on paper and in slides, so it is light whatever the page is, and asks for nothing outside of itself.

const WIDTH = 960;
const LEFT = 64;
const RIGHT = 924;
const TOP = 84;
const BOTTOM = 330;
const NAMES = 132;
const LINE = 22;
const PAPER = { ground: "#fffdf9", ink: "#23201c", soft: "#5b554c", hair: "#ddd5c7", own: "#0f766e", met: "#c2410c" };
const HALO = { "font-size": 12, "font-weight": 600, stroke: PAPER.ground, "stroke-width": 4, "paint-order": "stroke" };
const FONT = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

const escaped = (text) => String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const node = (name, attributes, inside = "") =>
  `<${name}${Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`).join("")}>${inside}</${name}>`;

const text = (x, y, said, more = {}) => node("text", { x, y, fill: PAPER.ink, "font-size": 14, ...more }, escaped(said));

// `title`; `stops`: [{ name, reliability }], texts; `lines`: [{ name, values, met }] of numbers from 0 to `most`, one a stop, where
// `met` is the line of what guests met with; `levels`: [{ name, value }] across; `figures`: texts below. Returns the SVG.
export function journeySvg({ title, axis, most, stops, lines, levels, figures }) {
  const rows = Math.ceil(figures.length / 2);
  const height = BOTTOM + NAMES + rows * LINE + 20;
  const x = (at) => (stops.length === 1 ? (LEFT + RIGHT) / 2 : LEFT + 24 + ((RIGHT - LEFT - 48) * at) / (stops.length - 1));
  const y = (value) => BOTTOM - ((BOTTOM - TOP) * value) / most;
  const grid = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const value = share * most;
    const rule = node("line", { x1: LEFT, x2: RIGHT, y1: y(value), y2: y(value), stroke: PAPER.hair });
    return rule + text(LEFT - 10, y(value) + 5, value, { "text-anchor": "end", fill: PAPER.soft });
  });
  const names = stops.map(({ name, reliability }, at) => {
    const place = { transform: `rotate(-38 ${x(at)} ${BOTTOM + 22})`, "text-anchor": "end" };
    return text(x(at), BOTTOM + 22, `${name} ${reliability}`, { ...place, "font-size": 13 });
  });
  const curves = lines.map(({ name, values, met }, nth) => {
    const colour = met ? PAPER.met : PAPER.own;
    const points = values.map((value, at) => `${x(at)},${y(value)}`).join(" ");
    const line = node("polyline", { points, fill: "none", stroke: colour, "stroke-width": 3, ...(met ? { "stroke-dasharray": "7 5" } : {}) });
    const dots = values.map((value, at) => node("circle", { cx: x(at), cy: y(value), r: 5, fill: colour }));
    const sample = node("line", { x1: LEFT + nth * 300, x2: LEFT + 28 + nth * 300, y1: 56, y2: 56, stroke: colour, "stroke-width": 3, ...(met ? { "stroke-dasharray": "7 5" } : {}) });
    return line + dots.join("") + sample + text(LEFT + 36 + nth * 300, 61, name);
  });
  const across = levels.map(({ name, value }, nth) => {
    const rule = node("line", { x1: LEFT, x2: RIGHT, y1: y(value), y2: y(value), stroke: PAPER.ink, "stroke-dasharray": "2 4" });
    return rule + text(nth ? RIGHT : LEFT + 4, y(value) - 5, name, { "text-anchor": nth ? "end" : "start", ...HALO });
  });
  const told = figures.map((figure, at) => text(at % 2 ? WIDTH / 2 : LEFT, BOTTOM + NAMES + Math.floor(at / 2) * LINE, figure));
  const head = text(LEFT, 34, title, { "font-size": 20, "font-weight": 600 });
  const up = text(16, (TOP + BOTTOM) / 2, axis, { transform: `rotate(-90 16 ${(TOP + BOTTOM) / 2})`, "text-anchor": "middle", fill: PAPER.soft });
  const ground = node("rect", { width: WIDTH, height, fill: PAPER.ground });
  const whole = { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${WIDTH} ${height}`, width: WIDTH, height, "font-family": FONT, role: "img", "aria-label": title };
  return node("svg", whole, [ground, head, up, ...grid, ...across, ...curves, ...names, ...told].join(""));
}

// The same as a PNG, twice as fine as it is large, for programs that draw no SVG. Resolves to a Blob.
export async function pngOf(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * 2;
  canvas.height = image.height * 2;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
