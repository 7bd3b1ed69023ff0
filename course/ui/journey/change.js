// What became of a journey, in words.
import { fill } from "../page/dom.js";
import { difference, read } from "./touchpoints.js";

// "The journey: 1 added, 2 changed, in another order"
export function journeyChange({ label, journey }, before, now, language) {
  const { added, removed, changed, reordered } = difference(read(before, journey) ?? [], read(now, journey) ?? []);
  const parts = [
    added && fill(journey.words.change_added, { count: added }),
    removed && fill(journey.words.change_removed, { count: removed }),
    changed && fill(journey.words.change_changed, { count: changed }),
    reordered && journey.words.change_reordered,
  ].filter(Boolean);
  return `${label}${language === "zh" ? "：" : ": "}${parts.join(language === "zh" ? "，" : ", ")}`;
}
