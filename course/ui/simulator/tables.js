// Columns from the kernel as rows, as HTML tables, and as CSV files.
import { columnHead } from "../page/amounts.js";
import { element, fill } from "../page/dom.js";
import { download } from "../page/page.js";

const SHOWN_ROWS = 100;
const SIGNIFICANT = 6; // digits of a number in a file

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

// The columns as readers of the language count: [head, the cells from the first row on], one for each column.
function columnsOf(rows, labels) {
  return Object.keys(rows[0] ?? {}).map((name) => {
    const { head, times } = columnHead(labels[name] ?? name);
    return [head, rows.map((row) => (times === 1 ? row[name] : row[name] * times))];
  });
}

export function asCsv(rows, labels) {
  const columns = columnsOf(rows, labels);
  const lines = [columns.map(([head]) => csvCell(head)), ...rows.map((_, at) => columns.map(([, cells]) => csvCell(cells[at])))];
  // the mark at the start tells spreadsheets that this is UTF-8
  return `\ufeff${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
}

function cellText(value) {
  if (typeof value !== "number") return value;
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
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

  function table([name, label]) {
    const rows = frames[name] ?? [];
    const columns = columnsOf(rows.slice(0, SHOWN_ROWS), content.columns);
    const heads = columns.map(([head]) => element("th", { scope: "col" }, head));
    const lines = rows
      .slice(0, SHOWN_ROWS)
      .map((_, at) => element("tr", {}, columns.map(([, cells]) => element("td", {}, cellText(cells[at])))));
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
            download(`${content.module}-${name}.csv`, asCsv(frames[name] ?? [], content.columns), "text/csv;charset=utf-8"),
        },
        fill(words.csv, { name: label }),
      ),
    );
  }

  function build() {
    if (!details.open) return;
    const known = Object.entries(content.tables).filter(([name]) => frames[name]?.length);
    body.replaceChildren(...known.map(table));
  }

  return {
    node: details,
    show(newest) {
      frames = newest;
      build();
    },
  };
}
