import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { peoplePanel } from "../../../course/ui/simulator/people.js";
import { fakeDocument } from "./fakes.js";

const content = {
  words: { people: "Twenty guests", guest_reads: "Guest {number}: {text}" },
  people: { left: "left", stayed: "stayed" },
};
const found = ["left", "stayed", "left"].map((kind, at) => ({ kind, text: `story ${at}` }));

// The panel with three guests in it, its row of buttons and the sentence below.
function shown() {
  const asked = [];
  const panel = peoplePanel(content, () => asked.push(true));
  panel.show(found);
  const [, , row, told] = panel.node.children;
  return { panel, row, told, asked };
}

beforeEach(() => {
  globalThis.document = fakeDocument();
});

test("each guest is a button with shape and name, and the first is read", () => {
  const { row, told } = shown();
  assert.deepEqual(row.children.map((one) => one.textContent), ["▼", "●", "▼"]);
  assert.equal(row.children[1].getAttribute("aria-label"), "Guest 2: stayed");
  assert.equal(told.textContent, "Guest 1: story 0");
});

test("who is pressed is read, and alone is pressed and in the order of Tab", () => {
  const { row, told } = shown();
  row.children[2].dispatch("click");
  assert.equal(told.textContent, "Guest 3: story 2");
  assert.deepEqual(row.children.map((one) => one.getAttribute("aria-pressed")), ["false", "false", "true"]);
  assert.deepEqual(row.children.map((one) => one.tabIndex), [-1, -1, 0]);
});

test("the arrow keys go round, and take the focus along", () => {
  const { row, told } = shown();
  row.dispatch("keydown", { key: "ArrowLeft" });
  assert.equal(told.textContent, "Guest 3: story 2");
  assert.equal(globalThis.document.activeElement, row.children[2]);
  row.dispatch("keydown", { key: "ArrowRight" });
  assert.equal(told.textContent, "Guest 1: story 0");
  row.dispatch("keydown", { key: "a" });
  assert.equal(told.textContent, "Guest 1: story 0");
});

test("another run keeps the place where it can, and the focus", () => {
  const { panel, row, told } = shown();
  row.dispatch("keydown", { key: "ArrowLeft" });
  panel.show(found.slice(0, 2));
  assert.equal(told.textContent, "Guest 2: story 1");
  assert.equal(globalThis.document.activeElement, row.children[1]);
});

test("the kernel is asked only while the panel is open; without kinds there is no panel", () => {
  const { panel, asked } = shown();
  panel.stale();
  assert.equal(asked.length, 0);
  panel.node.open = true;
  panel.stale();
  panel.node.dispatch("toggle");
  assert.equal(asked.length, 2);
  assert.equal(peoplePanel({ ...content, people: {} }, () => {}).node, null);
});
