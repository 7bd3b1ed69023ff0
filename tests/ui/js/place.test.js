import assert from "node:assert/strict";
import { test } from "node:test";
import { placeAt } from "../../../course/ui/reader/place.js";

test("a place is the last cell that begins above the edge of the window", () => {
  const tops = [["story", -500], ["goals", -120.4], ["theory", 300]];
  assert.deepEqual(placeAt(tops, 1), { place: "goals", offset: 121 });
  assert.equal(placeAt([["story", 200]], 1), null);
});
