import assert from "node:assert/strict";
import { test } from "node:test";
import { framesOf, merged, sameRows, wrapTitle } from "../../../course/ui/chart/specification.js";
import { pack, unpack } from "../../../course/ui/live/wire.js";
import { decimals, fill, rounded } from "../../../course/ui/page/dom.js";
import { asCsv, cellText, percentColumns, readTables } from "../../../course/ui/simulator/tables.js";
import { megabytes } from "../../../course/ui/survey/upload.js";

const MESSAGE = { channel: "shell", header: { msg_type: "comm_msg" }, parent_header: {}, metadata: {}, content: { text: "期望 ✓" } };

test("a message with buffers comes out as it went in", () => {
  const buffers = [new Uint8Array([1, 2, 3]), new DataView(new ArrayBuffer(4), 1, 2), new ArrayBuffer(0)];
  const { buffers: back, ...rest } = unpack(pack({ ...MESSAGE, buffers }).buffer);
  assert.deepEqual(rest, MESSAGE);
  assert.deepEqual(back.map((view) => view.byteLength), [3, 2, 0]);
  assert.equal(back[0].getUint8(2), 3);
});

test("parts that are left out are empty ones", () => {
  const back = unpack(pack({ channel: "iopub" }).buffer);
  assert.deepEqual(back, { channel: "iopub", header: {}, parent_header: {}, metadata: {}, content: {}, buffers: [] });
});

test("a message begins with its number of offsets, as Jupyter's protocol has it", () => {
  const view = new DataView(pack(MESSAGE).buffer);
  const count = Number(view.getBigUint64(0, true));
  assert.equal(count, 6);
  assert.equal(Number(view.getBigUint64(8, true)), 8 * (count + 1));
  assert.equal(Number(view.getBigUint64(8 * count, true)), view.byteLength);
});

const numbers = (...values) => new DataView(new Float64Array(values).buffer);
const codes = (...values) => new DataView(new Uint32Array(values).buffer);
const TABLES = [{ name: "path", rows: 2, columns: [{ name: "month" }, { name: "line", texts: ["yours", "honest"] }] }];

test("columns become rows, codes their texts", () => {
  assert.deepEqual(readTables(TABLES, [numbers(1, 2), codes(1, 0)]), {
    path: [{ month: 1, line: "honest" }, { month: 2, line: "yours" }],
  });
});

test("buffers need not be aligned", () => {
  const bytes = new Uint8Array(3 + 16);
  bytes.set(new Uint8Array(new Float64Array([1.5, -2]).buffer), 3);
  const view = new DataView(bytes.buffer, 3, 16);
  assert.deepEqual(readTables([{ name: "a", rows: 2, columns: [{ name: "x" }] }], [view]).a, [{ x: 1.5 }, { x: -2 }]);
});

test("a table without rows is one without rows", () => {
  assert.deepEqual(readTables([{ name: "a", rows: 0, columns: [{ name: "x" }] }], [numbers()]), { a: [] });
});

test("a download names its columns, and says that it is UTF-8", () => {
  assert.equal(asCsv([{ month: 1, line: "a" }], { month: "月" }, { a: "乙" }), "\ufeff月,line\r\n1,乙\r\n");
});

test("a column of millions is read in 万", () => {
  assert.equal(asCsv([{ profit: 34.6 }, { profit: -2 }], { profit: "利润（百万元）" }, {}), "\ufeff利润（万元）\r\n3460\r\n-200\r\n");
});

test("a column that only colours a picture is not in the file", () => {
  assert.equal(asCsv([{ month: 1, mood: "glad" }], {}, {}), "\ufeffmonth\r\n1\r\n");
});

test("a cell that a spreadsheet would run is text; a missing number is blank", () => {
  assert.equal(asCsv([{ a: "one", b: "two", c: NaN, d: -5 }], {}, { one: "=1+1", two: 'say "x", y' }).split("\r\n")[1], `'=1+1,"say ""x"", y",,-5`);
});

test("a title that has room stays one line", () => {
  const specification = { title: "Guests" };
  wrapTitle(specification, 300);
  assert.equal(specification.title, "Guests");
});

test("a long title breaks between words, and none is lost", () => {
  const text = "Visits move what regulars expect, and newcomers hear of it";
  const specification = { title: { text, anchor: "start" } };
  wrapTitle(specification, 300);
  assert.ok(specification.title.text.length > 1);
  assert.equal(specification.title.text.join(" "), text);
  assert.equal(specification.title.anchor, "start");
});

test("a Chinese title breaks anywhere but before a mark", () => {
  const text = "常客的期望随每次来访移动，新客人听说以后也跟着移动，直到没有差别。";
  const specification = { title: text };
  wrapTitle(specification, 208);
  assert.equal(specification.title.text.join(""), text);
  for (const line of specification.title.text) assert.doesNotMatch(line, /^[，。]/);
});

test("a view's tables are known by name", () => {
  assert.deepEqual([...framesOf({ layer: [{ data: { name: "path" } }, { data: { name: "dots" } }, { data: { name: "path" } }] })], ["path", "dots"]);
});

test("a specification's own wishes give way to the theme one by one", () => {
  const both = merged({ config: { axis: { grid: false, labelColor: "red" }, bar: { size: 3 } } }, { axis: { labelColor: "ink" } });
  assert.deepEqual(both, { axis: { grid: false, labelColor: "ink" }, bar: { size: 3 } });
});

test("rows are the same if each field is, whatever Vega added", () => {
  assert.ok(sameRows([{ x: 1, y: NaN }], [{ x: 1, y: NaN, more: 2 }]));
  assert.ok(!sameRows([{ x: 1 }], [{ x: 2 }]));
  assert.ok(!sameRows([{ x: 1 }], []));
  assert.ok(!sameRows([{ x: 1 }], undefined));
});

test("a text is filled with what there is", () => {
  assert.equal(fill("{a} of {b}", { a: 1 }), "1 of {b}");
});

test("numbers are written as readers expect them", () => {
  assert.equal(rounded(-0.04, 1, "en"), "0.0", "no minus nought");
  assert.equal(rounded(-2.5, 1, "en"), "−2.5");
  assert.equal(rounded(12345, 0, "zh"), "12,345");
  assert.equal(rounded(1234, 0, "en"), "1,234");
});

test("a step says how many digits it has", () => {
  assert.deepEqual([1, 0.5, 0.25, 10].map(decimals), [0, 1, 2, 0]);
});

test("a file's size is told in megabytes", () => {
  assert.deepEqual([megabytes(1_500_000), megabytes(12_000_000)], ["1.5", "12"]);
});

test("a table's numbers are written as readers of the language write them, shares in percent", () => {
  assert.equal(cellText(-12.3456, false, "zh"), "−12.35");
  assert.equal(cellText(-60, false, "en"), "−60");
  assert.equal(cellText(12345, false, "en"), "12,345");
  assert.equal(cellText(-0, false, "en"), "0");
  assert.equal(cellText(0.004567, false, "en"), "0.0046");
  assert.equal(cellText(0.6207, true, "zh"), "62.07%");
  assert.equal(cellText(0, true, "en"), "0%");
  assert.equal(cellText("熟客", false, "zh"), "熟客");
});

test("a column is headed by the plural of its unit", () => {
  assert.ok(asCsv([{ points: 3 }], { points: "point|points" }, {}).startsWith("\ufeffpoints\r\n"));
});

test("in percent is what a picture of the table has in percent", () => {
  const view = { layer: [{ data: { name: "sources" }, encoding: { x: { field: "weight", axis: { format: "%" } }, y: { field: "who" } } }] };
  assert.deepEqual([...percentColumns([view], "sources")], ["weight"]);
  assert.deepEqual([...percentColumns([view], "path")], []);
});
