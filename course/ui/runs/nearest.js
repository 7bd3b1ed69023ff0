// Which recorded run (course/runs/recording.py) is nearest to what was asked. Numbers only: no page, nothing is fetched.
const SAME = 1e-9;

// How far settings lie apart: each slider by its whole length, a journey that is another one by 1.
export function distance(parameters, one, other) {
  const apart = ({ name, low, high, journey }) =>
    journey ? Number(one[name] !== other[name]) : Math.abs(one[name] - other[name]) / (high - low || 1);
  return parameters.reduce((sum, parameter) => sum + apart(parameter), 0);
}

function closest(values, number) {
  return values.reduce((best, value, at) => (Math.abs(value - number) < Math.abs(values[best] - number) ? at : best), 0);
}

const startOf = ({ parameters }, preset) => ({ ...Object.fromEntries(parameters.map(({ name, start }) => [name, start])), ...preset.values });

// Where a run stands: `preset` names its pack, null the common one; `key` the run in it.
function* spots(content, { grid, goals }, asked) {
  for (const preset of content.presets) {
    const start = startOf(content, preset);
    yield { preset: null, key: `start:${preset.key}`, values: start };
    for (const [name, values] of Object.entries(grid)) {
      const at = closest(values, asked.values[name]);
      if (values[at] !== start[name]) yield { preset: preset.key, key: `${name}:${at}`, values: { ...start, [name]: values[at] } };
    }
  }
  for (const { key, values } of goals) yield { preset: null, key, values };
}

function first(found) {
  let best = null;
  for (const spot of found) if (!best || spot.far < best.far - SAME) best = spot;
  return best;
}

// Of settings that were not played: { preset, key, values, exact }.
export function nearest(content, index, asked) {
  const { parameters } = content;
  const all = [...spots(content, index, asked)].map((spot) => ({ ...spot, far: distance(parameters, spot.values, asked.values) }));
  const { far, ...best } = first(all);
  return { ...best, exact: far < SAME && asked.seed === index.seed };
}

// Of a run in play, `asked.decisions` being the levers in each period that is over. Recorded is that nobody touched them.
export function nearestPlay(content, index, asked) {
  const { parameters, play } = content;
  const fixed = parameters.filter(({ name }) => !play.levers.includes(name));
  const moved = parameters.filter(({ name }) => play.levers.includes(name));
  const { decisions } = asked;
  const all = content.presets.map((preset) => {
    const values = startOf(content, preset);
    const past = decisions.reduce((sum, row) => sum + distance(moved, values, row), 0) / (decisions.length || 1);
    return { preset: preset.key, key: `play:${decisions.length}`, values, far: distance(fixed, values, asked.values) + past };
  });
  const { far, ...best } = first(all);
  return { ...best, exact: far < SAME && asked.seed === index.seed };
}
