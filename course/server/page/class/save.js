// Saving a picture for slides, or a table, from the page.

const SCALE = 2;

function give(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** @param {SVGElement} svg @param {string} name */
export function saveSvg(svg, name) {
  give(new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" }), `${name}.svg`);
}

/** @param {SVGSVGElement} svg @param {string} name */
export async function savePng(svg, name) {
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const copy = /** @type {SVGElement} */ (svg.cloneNode(true));
  copy.setAttribute("width", String(width * SCALE));
  copy.setAttribute("height", String(height * SCALE));
  const address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  canvas.getContext("2d").drawImage(image, 0, 0);
  URL.revokeObjectURL(address);
  canvas.toBlob((blob) => give(blob, `${name}.png`), "image/png");
}

/** @param {string} path @param {string} token @param {string} name */
export async function saveTable(path, token, name) {
  const answer = await fetch(path, { headers: { Authorization: `Bearer ${token}` }, credentials: "omit", cache: "no-store" });
  if (answer.ok) give(await answer.blob(), name);
  return answer.ok;
}
