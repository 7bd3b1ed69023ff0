// The kinds of questions, one table: a kind is a file in kinds/, and one in course/classroom/kinds.
//
// Each: `input(about)` -> what a phone answers with, { nodes, read() -> value or null, show(value), empty?, wrong?(), grouped? };
// `shown(question, value, language)` -> an answer in words; `draw(body, top, about, how)` -> the foot of the board's picture;
// `spoken(about, how)` -> the picture in words; `answered(about, how)` -> what is announced when it is revealed;
// `tall` for a picture that stands beside what is told;
// `told(view, how)` and `revealed(about, how)` -> what a phone and the board show then.
import { challenge } from "./kinds/challenge.js";
import { number } from "./kinds/number.js";
import { decision, options } from "./kinds/options.js";
import { path } from "./kinds/path.js";
import { ratings } from "./kinds/ratings.js";
import { slider } from "./kinds/slider.js";
import { strategy } from "./kinds/strategy.js";

const KINDS = {
  slider,
  choice: options,
  several: options,
  number,
  path,
  decision,
  challenge,
  strategy,
  ratings,
};

export const kindOf = (question) => KINDS[question.kind];

/** An answer in words: "3.4 stars", "B", "A, C". */
export const shown = (question, value, language) => kindOf(question).shown(question, value, language);
