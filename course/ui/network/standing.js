// Who has heard what by the evening of a day, and who is next to whom: no page, no kernel.

export const UNHEARD = "unheard";
// no teller: was there
const NOBODY = -1;

// Each person by the end of `day`: { story, since, teller, tells, told, fresh }, where `since` is the day (0: never), `tells`
// whether it is being told on still, `told` how many were told so far, `fresh` whether it is of this very day; and the lines
// along which the stories came: { from, to, story, fresh }. Who has taken a story up tells for `lasts` days.
export function standing({ people, tellings }, day, lasts) {
  const stands = people.map(() => ({ story: UNHEARD, since: 0, teller: NOBODY, tells: false, told: 0, fresh: false }));
  let heard = 0;
  let fresh = 0;
  for (const telling of tellings) {
    if (telling.day > day) break;
    if (telling.teller !== NOBODY) stands[telling.teller].told += 1;
    if (!telling.story) continue;
    const one = stands[telling.person];
    if (one.story === UNHEARD) {
      heard += 1;
      if (telling.day === day) fresh += 1;
    }
    one.story = telling.story;
    one.since = telling.day;
    one.teller = telling.teller;
    one.tells = telling.tells === 1 && day - telling.day < lasts;
    one.fresh = telling.day === day;
  }
  const lines = stands.flatMap((one, to) => (one.since && one.teller !== NOBODY ? [{ from: one.teller, to, story: one.story, fresh: one.fresh }] : []));
  return { people: stands, lines, heard, fresh };
}

// For each person, whom they know.
export function acquaintances({ people, ties }) {
  const known = people.map(() => []);
  for (const { first, second } of ties) {
    known[first].push(second);
    known[second].push(first);
  }
  return known;
}

// Who stands nearest to (x, y), or null where nobody is within `most`.
export function nearest(people, x, y, most = Infinity) {
  let best = null;
  let least = most ** 2;
  people.forEach((one, at) => {
    const far = (one.x - x) ** 2 + (one.y - y) ** 2;
    if (far <= least) [best, least] = [at, far];
  });
  return best;
}

// Whom an arrow key leads to from `at`: the next in that direction, rather straight ahead than near; `at` where nobody is.
export function ahead(people, at, [across, down]) {
  const from = people[at];
  let best = at;
  let least = Infinity;
  people.forEach((one, other) => {
    const [x, y] = [one.x - from.x, one.y - from.y];
    const along = x * across + y * down;
    const aside = Math.abs(x * down - y * across);
    if (along <= 0.01 || aside > 2 * along) return;
    const far = along + 2 * aside;
    if (far < least) [best, least] = [other, far];
  });
  return best;
}
