// The level of a metric across a picture: where the learner guessed it, and where it is (pen.py, Level).
import { fill } from "../page/dom.js";
import { showMetric } from "./bet.js";

const first = (rows, [frame, column]) => rows[frame]?.[0]?.[column];

// Where a number of the metric stands on the axis of its picture, whose units may be others.
export function placed({ plus, times }, number, rows) {
  return (plus ? first(rows, plus) : 0) + (times ? first(rows, times) : 1) * number;
}

// The position among the views of the picture that shows `metric`; the first where none does.
export function headlineView(views, metric) {
  const at = views.findIndex((view) => view.usermeta?.levels?.some((level) => level.metric === metric));
  return Math.max(at, 0);
}

// The rows of the levels of all views: [{ level, text }] by frame, empty where there is nothing to show.
export function levelRows({ views, metrics, words, language }, { last, headline, unfinished }) {
  const found = {};
  for (const level of views.flatMap((view) => view.usermeta?.levels ?? [])) {
    const metric = metrics.find((one) => one.key === level.metric);
    if (unfinished) {
      found[`${level.metric}@guess`] = [];
      if (level.now) found[`${level.metric}@now`] = [];
      continue;
    }
    const mark = (word, number) => [
      { level: placed(level, number, last.rows), text: fill("{word} {number}", { word, number: showMetric(metric, number, language) }) },
    ];
    const guess = headline?.bet.metric === level.metric ? headline.guess : null;
    found[`${level.metric}@guess`] = guess === null ? [] : mark(words.bet_value, guess);
    if (level.now) found[`${level.metric}@now`] = mark(words.now, last.metrics[level.metric]);
  }
  return found;
}
