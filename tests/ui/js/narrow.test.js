import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsFor, narrowed } from "../../../course/ui/chart/narrow.js";

const measure = (text) => text.length * 6;

test("a legend has as many words beside each other as there is room for, and no more than it asks for", () => {
  const labels = ["two days early or more", "on time", "late"];
  assert.equal(columnsFor(labels, 3, 400, measure), 3);
  assert.equal(columnsFor(labels, 2, 400, measure), 2);
  assert.equal(columnsFor(labels, 3, 250, measure), 2);
  assert.equal(columnsFor(labels, 3, 100, measure), 1);
});

test("legends of a narrow picture and a title longer than its axis go over more lines", () => {
  const view = () => ({
    height: 100,
    usermeta: { names: { early: "two days early or more", late: "late" } },
    layer: [
      {
        encoding: {
          y: { title: "share of all the parcels" },
          color: { legend: { orient: "top" }, scale: { domain: ["early", "late"] } },
        },
      },
    ],
  });
  const [narrow, wide] = [200, 700].map((width) => narrowed(view(), width, measure).layer[0].encoding);
  assert.deepEqual(narrow.y.title, ["share of all the", "parcels"]);
  assert.equal(narrow.color.legend.columns, 1);
  assert.equal(wide.color.legend.columns, 2);
});
