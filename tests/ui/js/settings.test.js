import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { settingFields } from "../../../course/ui/survey/settings.js";
import { fakeDocument } from "./fakes.js";

const before = globalThis.document;
beforeEach(() => (globalThis.document = fakeDocument()));
afterEach(() => (globalThis.document = before));

const hours = { key: "time", label: "When", value: 600, low: 0, high: 1440, choices: [{ value: 600, label: "10:00" }, { value: 630, label: "10:30" }] };
const wish = { key: "target", label: "Share", value: 80, low: 1, high: 99, choices: [] };

const field = (node, key) => node.children.flatMap((each) => each.children ?? []).find((each) => each.getAttribute?.("data-setting") === key);

test("a tool without settings shows no fields and sends none", () => {
  const fields = settingFields({}, () => {});
  fields.show([]);
  assert.equal(fields.node.hidden, true);
  assert.deepEqual(fields.choices(), { settings: {} });
});

test("what is in the fields is sent as numbers, an empty field not at all", () => {
  const fields = settingFields({ settings: "Wishes" }, () => {});
  fields.show([hours, wish]);
  assert.equal(fields.node.hidden, false);
  assert.deepEqual(fields.choices(), { settings: { time: 600, target: 80 } });
  field(fields.node, "time").value = "630";
  field(fields.node, "target").value = "";
  assert.deepEqual(fields.choices(), { settings: { time: 630 } });
});

test("fields are drawn anew only where others are asked for, and the focus stays", () => {
  const fields = settingFields({ settings: "Wishes" }, () => {});
  fields.show([hours, wish]);
  const first = field(fields.node, "target");
  first.focus();
  fields.show([hours, { ...wish, value: 99 }]);
  assert.equal(field(fields.node, "target"), first);
  assert.equal(first.value, 99);
  fields.show([wish, hours, { ...wish, key: "weeks" }]);
  assert.notEqual(field(fields.node, "target"), first);
  assert.equal(document.activeElement, field(fields.node, "target"));
});
