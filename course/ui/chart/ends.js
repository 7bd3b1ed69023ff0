// Where lines end, their names, each at a height of its own; and along a line its shape, for those whom colours do not help.
//
// A view of ours carries { series: [{ id, frame, x, y, by, names }] } as its `usermeta` (pen.py); what is computed here are the
// rows of the frames `<id>@ends` and `<id>@shapes`.

const APART = 15; // pixels between two names of one line of text
const SHAPES = 6; // along a line, about so many

// The longest that a name may be at this width, in pixels; what is longer goes over two lines.
export const roomFor = (width) => Math.max(60, Math.round(width * 0.26));

// A name over as many lines as it needs, by what `measure(text)` says of its width.
export function folded(name, room, measure) {
  if (measure(name) <= room) return name;
  const pieces = name.includes(" ") ? name.split(" ") : [...name];
  const glue = name.includes(" ") ? " " : "";
  const lines = [""];
  for (const piece of pieces) {
    const longer = lines.at(-1) ? lines.at(-1) + glue + piece : piece;
    if (lines.at(-1) && measure(longer) > room) lines.push(piece);
    else lines[lines.length - 1] = longer;
  }
  return lines.join("\n");
}

// `wanted`: [{ at, size }] in pixels from the top, in any order. Returns where each goes so that none touches another and all
// stay between 0 and `height`, as near to where it was wanted as that allows.
export function apart(wanted, height) {
  const order = wanted.map((_, index) => index).sort((one, other) => wanted[one].at - wanted[other].at);
  const middles = [];
  let floor = -Infinity;
  for (const index of order) {
    const { at, size } = wanted[index];
    middles[index] = Math.max(at, floor + size / 2);
    floor = middles[index] + size / 2;
  }
  let ceiling = height;
  for (const index of order.toReversed()) {
    const { size } = wanted[index];
    middles[index] = Math.min(middles[index], ceiling - size / 2);
    ceiling = middles[index] - size / 2;
  }
  return middles;
}

function groupsOf({ by, names }, rows) {
  return Object.keys(names)
    .map((key) => ({ key, rows: by ? rows.filter((row) => row[by] === key) : rows }))
    .filter((group) => group.rows.length);
}

const last = (rows, x) => rows.reduce((most, row) => (row[x] >= most[x] ? row : most));

// About `SHAPES` rows of a line, the last of them its end; lines beside each other have theirs in different places.
function markers(rows, x, shift) {
  const ordered = rows.toSorted((one, other) => one[x] - other[x]);
  const step = Math.max(1, Math.round(ordered.length / SHAPES));
  return ordered.filter((_, at) => (ordered.length - 1 - at) % step === shift % step || at === ordered.length - 1);
}

// The rows of all names and shapes of a view. `domain`: of its y axis; `write(name)`: the name as it is drawn.
export function endRows({ series = [] }, rows, domain, height, write) {
  const found = {};
  const names = [];
  const [low, high] = domain ?? [0, 1];
  for (const one of series) {
    const here = groupsOf(one, rows[one.frame] ?? []);
    found[`${one.id}@ends`] = [];
    found[`${one.id}@shapes`] = here.flatMap((group, at) => markers(group.rows, one.x, at));
    for (const group of here) {
      const end = last(group.rows, one.x);
      const name = write(one.names[group.key]);
      const at = ((high - end[one.y]) / (high - low)) * height;
      names.push({ one, name, end, at, size: APART * name.split("\n").length });
    }
  }
  const places = apart(names, height);
  names.forEach(({ one, name, end, size }, index) => {
    // where its first line goes: the others follow below
    const at = places[index] - (size - APART) / 2;
    found[`${one.id}@ends`].push({ ...end, name, [one.y]: high - (at / height) * (high - low) });
  });
  return found;
}
