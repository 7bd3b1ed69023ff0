// The order in which a learner sees the options of an item: the same for them every time, another for the next learner.

// A number from 0 to 2³² − 1 that depends on every letter of `text` (FNV-1a).
export function hashed(text) {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

// The numbers 0 to count − 1 in an order that depends on `seed` and `key` alone.
export function shuffled(count, seed, key) {
  const rank = Array.from({ length: count }, (_, index) => hashed(`${seed}/${key}/${index}/${hashed(`${index}${seed}${key}`)}`));
  return rank.map((_, index) => index).sort((a, b) => rank[a] - rank[b] || a - b);
}
