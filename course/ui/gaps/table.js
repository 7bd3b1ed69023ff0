// Five lines, the class above the hotel: what was expected as a ring, what was got as a dot, and the numbers.
import { element, fill } from "../page/dom.js";

// `gaps`: the class's, null where there are none; `write(number)` is a number in the reader's language.
export function table(tool, gaps, write) {
  const { words, form, hotel, lines } = tool;
  const scale = fill(words.scale, { low: form.low, high: form.high });
  const whose = [...(gaps ? [["yours", words.yours, gaps.means]] : []), ["hotel", words.hotel, hotel.means]];
  const head = [words.whose, scale, words.expected, words.perceived, words.gap];
  return element(
    "div",
    { class: "course-scroll", tabindex: "0", role: "group", "aria-label": tool.title },
    element(
      "table",
      { class: "gaps-table" },
      element("thead", {}, element("tr", {}, head.map((text) => element("th", { scope: "col" }, text)))),
      lines.map((line, at) =>
        element(
          "tbody",
          {},
          element("tr", {}, element("th", { scope: "rowgroup", colspan: head.length, class: "gaps-line" }, line)),
          whose.map(([key, name, means]) => row({ key, name, pair: means[at] }, { form, words, write })),
        ),
      ),
    ),
  );
}

function row({ key, name, pair }, { form, words, write }) {
  const about = element("th", { scope: "row" }, name);
  if (!pair) return element("tr", { "data-whose": key }, about, element("td", { colspan: 4, class: "quiet" }, words.none));
  const [expected, perceived] = pair;
  const gap = perceived - expected;
  const cells = [write(expected), write(perceived), gap > 0 ? `+${write(gap)}` : write(gap)];
  return element("tr", { "data-whose": key }, about, element("td", { "aria-hidden": "true" }, track(pair, form)), cells.map((text) => element("td", {}, text)));
}

function track([expected, perceived], { low, high }) {
  const at = (number) => (100 * (number - low)) / (high - low);
  const [left, right] = [at(Math.min(expected, perceived)), at(Math.max(expected, perceived))];
  return element(
    "div",
    { class: "gaps-track", "data-short": perceived < expected },
    element("div", { class: "gaps-bar", style: `left:${left}%;width:${right - left}%` }),
    element("div", { class: "gaps-ring", style: `left:${at(expected)}%` }),
    element("div", { class: "gaps-dot", style: `left:${at(perceived)}%` }),
  );
}
