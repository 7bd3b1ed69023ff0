// A class.csv as the page reads it, like course/ratings/file.py, and what it comes to, like course/ratings/averages.py. `form`
// says what such a file looks like.

export class FileProblem extends Error {
  /** @param {string} why @param {Record<string, string | number>} about */
  constructor(why, about = {}) {
    super(why);
    this.about = about;
  }
}

// The bytes of a file -> { service, people, means }; `FileProblem` where it is none.
export function readFile(bytes, form) {
  if (bytes.byteLength > form.largest) throw new FileProblem("large");
  const [head = [], ...rows] = lines(decoded(bytes));
  const missing = [form.service, ...form.columns].find((name) => !head.includes(name));
  if (missing) throw new FileProblem("column", { column: missing });
  if (rows.length < form.fewest || rows.length > form.most) {
    throw new FileProblem("rows", { rows: rows.length, fewest: form.fewest, most: form.most });
  }
  const places = form.columns.map((name) => head.indexOf(name));
  const answers = rows.map((row, at) => {
    if (row.length !== head.length) throw new FileProblem("fields", { row: at + 2, found: row.length, asked: head.length });
    return places.map((place) => answer(row[place].trim(), { row: at + 2, column: head[place] }, form));
  });
  return { service: named(rows[0][head.indexOf(form.service)], form), people: answers.length, means: means(answers) };
}

function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new FileProblem("text");
  }
}

function answer(cell, place, { low, high, cell: longest }) {
  if (!cell) return null;
  const number = /^[0-9]$/.test(cell) ? Number(cell) : NaN;
  if (!(number >= low && number <= high)) throw new FileProblem("answer", { ...place, cell: cell.slice(0, longest), low, high });
  return number;
}

// CSV: fields between commas, in double quotes where they hold a comma, a quote (doubled) or the end of a line.
function lines(text) {
  const found = [];
  let row = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\r|\n|$)/y;
  while (field.lastIndex < text.length) {
    const match = field.exec(text);
    if (!match) throw new FileProblem("text");
    row.push(match[1]?.replaceAll('""', '"') ?? match[2]);
    if (match[3] === ",") {
      if (field.lastIndex === text.length) row.push("");
      else continue;
    }
    if (row.length > 1 || row[0]) found.push(row);
    row = [];
  }
  return found;
}

// The name of a service as it may stand on a page: one line, bounded, no formula.
export function named(text, { longest }) {
  const plain = [...text].map((letter) => (/[\p{C}\p{Z}]/u.test(letter) ? " " : letter)).join("");
  const words = plain.split(" ").filter(Boolean).join(" ");
  return [...words.replace(/^[=+\-@]+/, "").trim()].slice(0, longest).join("").trim();
}

// By dimension [expected, perceived] over all who gave both, null where nobody did: the first half of a row was expected.
function means(rows) {
  const half = rows[0].length / 2;
  return Array.from({ length: half }, (_, at) => {
    const both = rows.map((row) => [row[at], row[half + at]]).filter((pair) => !pair.includes(null));
    return both.length ? [0, 1].map((part) => both.reduce((sum, pair) => sum + pair[part], 0) / both.length) : null;
  });
}
