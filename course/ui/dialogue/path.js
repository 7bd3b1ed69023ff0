// Where a call stands, from the places of the choices so far ("021"): no page. The kernel worked out every way beforehand.
const FIELDS = ["place", "level", "anger", "heard", "minutes", "effect", "calming"];

// -> { place, level, anger, heard, minutes, effect, calming }: `place` is a scene, or where the call is over, an ending.
export function stateOf(call, path) {
  const values = call.states[path];
  return Object.fromEntries(FIELDS.map((name, at) => [name, values[at]]));
}

export const isOver = (call, path) => stateOf(call, path).place in call.endings;

// What was said and answered so far: [{ who: "caller" | "you", text, level }], the caller first.
export function spoken(call, path) {
  const lines = [];
  for (let turn = 0; turn <= path.length; turn++) {
    const { place, level } = stateOf(call, path.slice(0, turn));
    const ending = call.endings[place];
    lines.push({ who: "caller", level, text: ending ? ending.says : call.scenes[place].says[level] });
    if (turn < path.length) lines.push({ who: "you", level: null, text: call.scenes[place].choices[path[turn]].text });
  }
  return lines;
}

// What each choice did: [{ choice, before, after, others: [{ choice, after }] }].
export function replayed(call, path) {
  return [...path].map((place, turn) => {
    const start = path.slice(0, turn);
    const { choices } = call.scenes[stateOf(call, start).place];
    const others = choices.flatMap((choice, other) =>
      String(other) === place ? [] : [{ choice, after: stateOf(call, `${start}${other}`) }],
    );
    return { choice: choices[place], before: stateOf(call, start), after: stateOf(call, start + place), others };
  });
}

// What the browser kept, as far as it is this call's: { path, met }, `met` the endings seen so far.
export function restored(call, kept) {
  const path = typeof kept?.path === "string" && Object.hasOwn(call.states, kept.path) ? kept.path : "";
  const met = Array.isArray(kept?.met) ? kept.met.filter((key) => Object.hasOwn(call.endings, key)) : [];
  return { path, met: [...new Set(met)] };
}

// The state after one more choice, or after going back to an earlier turn.
export function gone(call, { met }, path) {
  const { place } = stateOf(call, path);
  return { path, met: place in call.endings && !met.includes(place) ? [...met, place] : met };
}
