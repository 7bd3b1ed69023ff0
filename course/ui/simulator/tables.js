// Columns from the kernel as rows, as HTML tables, and as CSV files.
import { layersOf } from "../chart/axes.js";
import { columnHead } from "../page/amounts.js";
import { element, fill, rounded } from "../page/dom.js";
import { download } from "../page/page.js";

const SHOWN_ROWS = 100;
const SIGNIFICANT = 6; // digits of a number in a file
const READ = 4; // and of one in a table

// Binary columns -> { frame: [row, …] }
export function readTables(tables, buffers) {
  const frames = {};
  let next = 0;
  for (const table of tables) {
    const columns = table.columns.map((column) => {
      const view = buffers[next++];
      // buffers need not be aligned to 8 bytes
      const bytes = view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
      if (!column.texts) return new Float64Array(bytes);
      return Array.from(new Uint32Array(bytes), (code) => column.texts[code]);
    });
    const names = table.columns.map((column) => column.name);
    frames[table.name] = Array.from({ length: table.rows }, (_, row) =>
      Object.fromEntries(names.map((name, at) => [name, columns[at][row]])),
    );
  }
  return frames;
}

// A cell that a spreadsheet would take for a formula is written as text.
function csvCell(value) {
  if (typeof value === "number") return Number.isFinite(value) ? String(Number(value.toPrecision(SIGNIFICANT))) : "";
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvLine = (cells) => cells.map(csvCell).join(",");

// A file of such lines; the mark at its start tells spreadsheets that it is UTF-8.
export const csvText = (lines) => `\ufeff${lines.join("\r\n")}\r\n`;

// The columns as readers of the language count and speak: [head, the cells from the first row on], one for each column.
// A column of texts that no picture has a name for only colours a picture, and is left out. The last is its name.
function columnsOf(rows, labels, texts) {
  const names = Object.keys(rows[0] ?? {}).filter((name) => typeof rows[0][name] === "number" || rows[0][name] in texts);
  return names.map((name) => {
    // a unit that counts, "point|points", heads a column of many
    const { head, read } = columnHead((labels[name] ?? name).split("|").at(-1));
    const cell = (value) => (typeof value === "number" ? read(value) : (texts[value] ?? value));
    return [head, rows.map((row) => cell(row[name])), name];
  });
}

// `labels`: the heads by column; `texts`: what the texts in the cells are called.
export function asCsv(rows, labels, texts) {
  const columns = columnsOf(rows, labels, texts);
  return csvText([csvLine(columns.map(([head]) => head)), ...rows.map((_, at) => csvLine(columns.map(([, cells]) => cells[at])))]);
}

// The columns of a table whose numbers its pictures show in percent.
export function percentColumns(views, name) {
  const drawn = views.flatMap(layersOf).filter((layer) => layer.data?.name === name);
  const parts = drawn.flatMap((layer) => Object.values(layer.encoding ?? {}));
  return new Set(parts.filter((part) => part.axis?.format?.includes("%")).map((part) => part.field));
}

// A number to READ digits, as readers of the language write it.
export function cellText(value, percent, language) {
  if (typeof value !== "number") return value;
  const number = percent ? value * 100 : value;
  const before = number === 0 ? 1 : Math.floor(Math.log10(Math.abs(number))) + 1;
  const digits = Math.min(Math.max(READ - before, 0), READ);
  const text = rounded(number, Number.isInteger(number) ? 0 : digits, language);
  return percent ? `${text}%` : text;
}

// One table, with what downloads it.
function section(content, [name, label], rows) {
  const words = content.words;
  const texts = content.texts[name] ?? {};
  const columns = columnsOf(rows.slice(0, SHOWN_ROWS), content.columns, texts);
  const percents = percentColumns(content.views, name);
  const kind = (column) => (typeof column[1][0] === "string" ? { class: "course-words" } : {});
  const heads = columns.map((column) => element("th", { scope: "col", ...kind(column) }, column[0]));
  const cell = (column, at) => element("td", kind(column), cellText(column[1][at], percents.has(column[2]), content.language));
  const lines = rows.slice(0, SHOWN_ROWS).map((_, at) => element("tr", {}, columns.map((column) => cell(column, at))));
  return element(
    "section",
    {},
    element(
      "div",
      { class: "course-scroll", tabindex: "0", role: "group", "aria-label": fill(words.table_of, { name: label }) },
      element(
        "table",
        {},
        element("caption", {}, label),
        element("thead", {}, element("tr", {}, heads)),
        element("tbody", {}, lines),
      ),
    ),
    rows.length > SHOWN_ROWS &&
      element("p", { class: "quiet" }, fill(words.more_rows, { shown: SHOWN_ROWS, all: rows.length })),
    element(
      "button",
      {
        type: "button",
        onclick: () =>
          download(`${content.module}-${name}.csv`, asCsv(rows, content.columns, texts), "text/csv;charset=utf-8"),
      },
      fill(words.csv, { name: label }),
    ),
  );
}

// Returns { node, show(frames) }. Tables are only built while the reader has them open.
export function tableView(content) {
  const words = content.words;
  let frames = {};
  const body = element("div", { class: "course-tables" });
  const details = element(
    "details",
    { class: "course-table-view", ontoggle: () => build() },
    element("summary", {}, words.table),
    body,
  );

  function build() {
    if (!details.open) return;
    const known = Object.entries(content.tables).filter(([name]) => frames[name]?.length);
    body.replaceChildren(...known.map((one) => section(content, one, frames[one[0]])));
  }

  return {
    node: details,
    show(newest) {
      frames = newest;
      build();
    },
  };
}
