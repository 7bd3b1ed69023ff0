// The line that a learner drew, in the picture that tells what came of it: it stays there in every later run.
import { isDrawing, placesOf } from "../drawing/line.js";
import { headlineView } from "./levels.js";

const frameOf = (bet) => `guess@${bet.key}`;

// The position among the views of the picture that a bet is about.
export function viewOfBet(views, bet) {
  const drawn = bet?.path ? views.findIndex((view) => view.usermeta?.key === bet.path.picture) : -1;
  return drawn < 0 ? headlineView(views, bet?.metric) : drawn;
}

// The views; those that a line was asked for have it over the rest, with its `name` where it ends (ends.js).
export function withGuesses(views, bets, name) {
  const drawn = bets.filter((bet) => bet.path);
  return views.map((view) => {
    const here = drawn.filter((bet) => bet.path.picture === view.usermeta?.key);
    if (!here.length) return view;
    const { mark, encoding, data, layer = [{ mark, encoding, data }], ...rest } = view;
    const series = [...(view.usermeta.series ?? []), ...here.map((bet) => seriesOf(bet, name))];
    return { ...rest, layer: [...layer, ...here.flatMap((bet) => layersOf(bet, view))], usermeta: { ...view.usermeta, series } };
  });
}

function seriesOf(bet, name) {
  const frame = frameOf(bet);
  return { id: frame, frame, x: bet.path.across, y: bet.path.up, by: null, names: { guess: name } };
}

// Along the axes that are there: a scale of its own would move the picture.
function layersOf(bet, { layer, encoding }) {
  const axes = (layer ?? [{ encoding }]).map((one) => one.encoding ?? {});
  const along = (channel) => axes.find((one) => one[channel]?.scale?.domain)?.[channel] ?? {};
  const axis = (channel, field) => {
    const { scale, axis: look, title } = along(channel);
    return { field, type: "quantitative", ...(scale && { scale }), ...(look && { axis: look }), ...(title && { title }) };
  };
  const x = axis("x", bet.path.across);
  const y = axis("y", bet.path.up);
  const look = { color: "var(--warm)", strokeWidth: 2.5, strokeDash: [2, 3], tooltip: null };
  const ends = { name: `${frameOf(bet)}@ends` };
  const atEnd = { x: { value: "width" }, y };
  return [
    { data: { name: frameOf(bet) }, mark: { type: "line", point: false, ...look }, encoding: { x, y } },
    { data: ends, mark: { type: "point", shape: "stroke", filled: false, opacity: 1, size: 200, xOffset: 10, ...look }, encoding: atEnd },
    {
      data: ends,
      mark: { type: "text", align: "left", baseline: "middle", dx: 20, fontSize: 12, lineBreak: "\n", color: "var(--ink)", tooltip: null },
      encoding: { ...atEnd, text: { field: "name", type: "nominal" } },
    },
  ];
}

// The rows of those layers: the line of the situation that is on, none for the others.
export function guessRows(content, { current, guesses }) {
  const rows = {};
  for (const bet of content.bets) {
    if (!bet.path) continue;
    const kept = guesses[bet.key];
    const here = bet.preset === current.preset && isDrawing(bet.path, kept);
    rows[frameOf(bet)] = here
      ? placesOf(bet.path).map((place, at) => ({ [bet.path.across]: place, [bet.path.up]: kept[at] }))
      : [];
  }
  return rows;
}
