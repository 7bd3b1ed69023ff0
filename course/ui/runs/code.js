// Run codes (course/simulations/codes.py) read in the page: { values, seed, decisions? }. An error where one cannot be read.
export function readCode(code, { module, parameters, play }) {
  const text = atob(code.trim().replaceAll("-", "+").replaceAll("_", "/"));
  const { m, s = 1, v, d = null } = JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
  if (m !== module) throw new RangeError("a code of another module");
  const values = Object.fromEntries(parameters.map(({ name, start }) => [name, v[name] ?? start]));
  const fits = ({ name, low, high, journey }) => (journey ? typeof values[name] === "string" : values[name] >= low && values[name] <= high);
  if (!parameters.every(fits)) throw new RangeError("a code out of bounds");
  if (d === null) return { values, seed: s };
  let row = null;
  const decisions = d.map((one) => Object.fromEntries(play.levers.map((name, at) => [name, (row = one === 0 ? row : one)[at]])));
  return { values, seed: s, decisions };
}
