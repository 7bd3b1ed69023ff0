import { columnHead } from "../page/amounts.js";

// What a mark says when it is pointed at or tapped: its columns and names in the learner's language, numbers rounded.

const FORMATS = new Map();

function shown(value, { names, language }) {
  if (typeof value !== "number") return names[value];
  if (!FORMATS.has(language)) {
    FORMATS.set(language, new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en-US", { maximumSignificantDigits: 4 }));
  }
  return FORMATS.get(language).format(value).replace("-", "−");
}

// The rows of a tooltip, [label, text], for one datum: the columns that have a label, in their order;
// a text that the picture has no name for says nothing to a learner.
export function tooltipRows(datum, about) {
  return Object.entries(about.columns)
    .filter(([name]) => typeof datum[name] === "number" || datum[name] in about.names)
    .map(([name, label]) => {
      const { head, read } = columnHead(label);
      return [head, shown(read(datum[name]), about)];
    });
}
