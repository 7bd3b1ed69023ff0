// The line that a learner drew, in the picture that tells what came of it: it stays there in every later run.
import { isDrawing, placesOf } from "../drawing/line.js";
import { headlineView } from "./levels.js";

const frameOf = (bet) => `guess@${bet.key}`;

// The position among the views of the picture that a bet is about.
export function viewOfBet(views, bet) {
  const drawn = bet?.path ? views.findIndex((view) => view.usermeta?.key === bet.path.picture) : -1;
  return drawn < 0 ? headlineView(views, bet?.metric) : drawn;
}

// The views, those that a line was asked for with a layer over the rest.
export function withGuesses(views, bets) {
  const drawn = bets.filter((bet) => bet.path);
  return views.map((view) => {
    const layers = drawn.filter((bet) => bet.path.picture === view.usermeta?.key).map((bet) => layerOf(bet, view));
    if (!layers.length) return view;
    const { mark, encoding, data, layer = [{ mark, encoding, data }], ...rest } = view;
    return { ...rest, layer: [...layer, ...layers] };
  });
}

// Along the axes that are there: a scale of its own would move the picture.
function layerOf(bet, { layer, encoding }) {
  const axes = (layer ?? [{ encoding }]).map((one) => one.encoding ?? {});
  const along = (channel) => axes.find((one) => one[channel]?.scale?.domain)?.[channel] ?? {};
  const axis = (channel, field) => {
    const { scale, axis: look, title } = along(channel);
    return { field, type: "quantitative", ...(scale && { scale }), ...(look && { axis: look }), ...(title && { title }) };
  };
  return {
    data: { name: frameOf(bet) },
    mark: { type: "line", point: false, color: "var(--warm)", strokeWidth: 2.5, strokeDash: [2, 3], tooltip: null },
    encoding: { x: axis("x", bet.path.across), y: axis("y", bet.path.up) },
  };
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
