// What a quiz thinks of an answer, and what it remembers of it: no page.
import { fill } from "../page/dom.js";
import { meanings } from "./numbers.js";

// Two records of the same quiz -> one: the newer answer to each item counts, and nothing from before the last reset.
// A record is { reset: ms, items: { key: { answer, told, tries, first, at: ms } } }: the answer as it stands, the one last
// checked, how often one was, and whether the first was right.
export function merge(mine, theirs) {
  const time = (value) => (Number.isFinite(value) ? value : 0);
  const reset = Math.max(time(mine?.reset), time(theirs?.reset));
  const items = {};
  for (const record of [mine, theirs]) {
    for (const [key, item] of Object.entries(record?.items ?? {})) {
      if (time(item?.at) > reset && item.at >= time(items[key]?.at)) items[key] = item;
    }
  }
  return { reset, items };
}

// A moment later than anything in `record`, even where the clock has stood still.
export function moment(record) {
  return Math.max(Date.now(), record.reset + 1, ...Object.values(record.items).map((item) => item.at + 1));
}

// What to say about a record of `item`: { judged, fresh }; not fresh where the answer has changed since it was checked.
export function standing(item, record, words) {
  const judged = record?.tries > 0 ? judge(item, record.told, words) : null;
  const fresh = JSON.stringify(record?.answer) === JSON.stringify(record?.told);
  return judged && !judged.problem && (fresh || !judged.right) ? { judged, fresh } : { judged: null, fresh: true };
}

function isEmpty(item, answer) {
  if (item.kind === "several") return !Array.isArray(answer) || answer.length === 0;
  if (item.kind === "number") return typeof answer !== "string" || answer.trim() === "";
  return !item.options[answer];
}

function judgeNumber(item, answer, words) {
  const numbers = meanings(answer, item.unit);
  if (numbers.length === 0) return { problem: fill(words.notNumber, { answer }) };
  const near = (value, tolerance) =>
    numbers.some((number) => Math.abs(number - value) <= tolerance + 1e-9 * Math.max(1, Math.abs(value)));
  if (near(item.answer, item.tolerance)) return { right: true, notes: [{ mark: "right", text: item.hit }] };
  const trap = item.traps.find((each) => near(each.value, each.tolerance));
  return { right: false, notes: [{ mark: "wrong", text: trap ? trap.feedback : item.miss }] };
}

function judgeSeveral(item, answer, words) {
  const ticked = new Set(answer);
  const right = item.options.every((option, index) => option.right === ticked.has(index));
  const notes = item.options.flatMap((option, index) => {
    if (!ticked.has(index)) return [];
    const named = (label) => fill(label, { option: option.text });
    if (right) return [{ mark: "right", lead: named(words.named), text: option.feedback }];
    if (option.right) return [{ mark: "right", lead: named(words.belongs), text: "" }];
    return [{ mark: "wrong", lead: named(words.wrong), text: option.feedback }];
  });
  // which ones are missing, and how many, is for the learner to find
  if (item.options.some((option, index) => option.right && !ticked.has(index))) notes.push({ mark: "missed", text: words.more });
  return { right, notes };
}

// { problem } where the answer cannot be judged yet, else { right, notes: [{ mark, lead, text }] }
export function judge(item, answer, words) {
  if (isEmpty(item, answer)) return { problem: words[`empty_${item.kind}`] };
  if (item.kind === "number") return judgeNumber(item, answer, words);
  if (item.kind === "several") return judgeSeveral(item, answer, words);
  const option = item.options[answer];
  return { right: option.right, notes: [{ mark: option.right ? "right" : "wrong", text: option.feedback }] };
}

// What the record of one item becomes when `answer` is checked; the same answer checked again is no further try.
export function checked(before, answer, right) {
  const again = JSON.stringify(before.told) === JSON.stringify(answer);
  const tries = (before.tries ?? 0) + (again ? 0 : 1);
  return { answer, told: answer, tries, first: tries === 1 ? right : before.first, right };
}
