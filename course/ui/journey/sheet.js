// A journey as a table in a file, and back.
import { csvLine, csvText } from "../simulator/tables.js";
import { cleanName, nameOf } from "./touchpoints.js";

const COLUMNS = 4;

// One line a touchpoint, under heads in both languages: number, name, how often it goes right, how it feels.
export function journeyCsv(list, journey) {
  const lines = list.map((one, at) => csvLine([at + 1, nameOf(one, journey), one.reliability, one.feeling]));
  return csvText([csvLine(journey.heads), ...lines]);
}

// What stands between the fields: spreadsheets of half the world write a semicolon, because their numbers have a comma.
const between = (head) => [",", ";", "\t"].find((sign) => fieldsOf(head, sign).length >= COLUMNS) ?? ",";

// Fields of one line, where quotation marks hold a field together and two of them stand for one.
function fieldsOf(line, sign) {
  const fields = [""];
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    if (character === sign && !quoted) fields.push("");
    else fields[fields.length - 1] += character;
  }
  return fields.map((field) => field.trim()).map((field) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field));
}

const numberOf = (text, sign) => (text ? Number((sign === "," ? text : text.replace(",", ".")).replace("%", "")) : NaN);

// The touchpoints of such a file, as a spreadsheet may have saved it since. Returns { list } or { line, problem }: the number of
// the first line that cannot be read, and which of "count", "reliability", "feeling", "name" is wrong with it. A name of ours
// comes back as one.
export function readCsv(text, journey) {
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  const sign = between(lines[0]);
  const rows = lines.map((line, at) => ({ number: at + 1, fields: fieldsOf(line, sign) })).filter(({ fields }) => fields.some(Boolean)).slice(1);
  if (!rows.length || rows.length > journey.most) return { line: lines.length, problem: "count" };
  const ours = new Map(Object.entries(journey.names).map(([key, name]) => [name, `@${key}`]));
  const list = [];
  for (const { number, fields } of rows) {
    const [, typed = "", ...figures] = fields;
    const [reliability, feeling] = figures.map((figure) => numberOf(figure, sign));
    const name = cleanName(typed.replace(/^'(?=[=+\-@])/, ""), journey.longest);
    const within = ({ low, high }, value) => value >= low && value <= high;
    if (!name) return { line: number, problem: "name" };
    if (!within(journey.reliability, reliability)) return { line: number, problem: "reliability" };
    if (!within(journey.feeling, feeling)) return { line: number, problem: "feeling" };
    list.push({ reliability, feeling, name: ours.get(name) ?? name });
  }
  return { list };
}
