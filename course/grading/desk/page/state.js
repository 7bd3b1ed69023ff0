// The desk as values: which answer is shown, what was given, what waits to be saved. Nothing here draws or asks.

/**
 * @typedef {{key: string, text: string, language: string, group: number, place: number, size: number, items: number[],
 *   comment: string, points: number | null, open: boolean, again: boolean, elsewhere: boolean, version: string}} Answer
 * @typedef {{id: number, texts: {[language: string]: string}, points: number}} Item
 * @typedef {{answers: Answer[], rubric: Item[], revision: number, top: number, comments: string[], out_of: number,
 *   at: number}} Desk
 * @typedef {{keys: string[], items?: number[], comment?: string}} Order
 */

/** The first answer that waits, or the first of all. @param {any} sheet @param {string} [key] @returns {Desk} */
export function opened(sheet, key) {
  const wanted = sheet.answers.findIndex((/** @type {Answer} */ one) => one.key === key);
  const open = sheet.answers.findIndex((/** @type {Answer} */ one) => one.open);
  return { ...sheet, at: wanted >= 0 ? wanted : Math.max(open, 0) };
}

/** @param {Desk} desk @returns {Answer | undefined} */
export function shown(desk) {
  return desk.answers[desk.at];
}

/** @param {Desk} desk */
export function done(desk) {
  return desk.answers.filter((one) => !one.open).length;
}

/** One answer further, or back; the ends stay the ends. @param {Desk} desk @param {number} by @returns {Desk} */
export function moved(desk, by) {
  const last = Math.max(desk.answers.length - 1, 0);
  return { ...desk, at: Math.min(Math.max(desk.at + by, 0), last) };
}

/** The next answer that waits, from the one shown on and around; the same desk if none does. @param {Desk} desk @returns {Desk} */
export function toOpen(desk) {
  const count = desk.answers.length;
  for (let step = 1; step <= count; step += 1) {
    const at = (desk.at + step) % count;
    if (desk.answers[at].open) return { ...desk, at };
  }
  return desk;
}

/** Items add up, within what the task is worth. @param {Desk} desk @param {number[]} items */
export function reckoned(desk, items) {
  const sum = desk.rubric.filter((item) => items.includes(item.id)).reduce((total, item) => total + item.points, 0);
  return Math.min(Math.max(Math.round(sum * 100) / 100, 0), desk.out_of);
}

/** What an item says to who reads that language; in another one where it says nothing in theirs.
 * @param {Item} item @param {string} language */
export function said(item, language) {
  return item.texts[language] || Object.values(item.texts)[0] || "";
}

/** The order that gives the answer shown the item of a key, or takes it away; null where no item has that key.
 * @param {Desk} desk @param {number} number @returns {Order | null} */
export function toggle(desk, number) {
  const [answer, item] = [shown(desk), desk.rubric[number - 1]];
  if (!answer || !item) return null;
  const items = answer.items.includes(item.id) ? answer.items.filter((one) => one !== item.id) : [...answer.items, item.id];
  return { keys: [answer.key], items: items.sort((one, other) => one - other) };
}

/** The order that keeps a mark as it is, where an answer that has one waits to be looked at again.
 * @param {Desk} desk @returns {Order | null} */
export function keep(desk) {
  const answer = shown(desk);
  if (!answer || !answer.again || answer.elsewhere) return null;
  return { keys: [answer.key], items: answer.items };
}

/** The order that gives all alike answers the mark of the one shown; null where it has none or is alone.
 * @param {Desk} desk @returns {Order | null} */
export function spread(desk) {
  const answer = shown(desk);
  if (!answer || answer.size < 2 || answer.points === null || answer.elsewhere) return null;
  const keys = desk.answers.filter((one) => one.group === answer.group).map((one) => one.key);
  return { keys, items: answer.items, comment: answer.comment };
}

/** The desk as it will be when an order has been carried out. @param {Desk} desk @param {Order} order @returns {Desk} */
export function foreseen(desk, order) {
  const answers = desk.answers.map((one) => {
    if (!order.keys.includes(one.key)) return one;
    const comment = order.comment ?? one.comment;
    if (order.items === undefined) return { ...one, comment };
    const points = reckoned(desk, order.items);
    return { ...one, comment, items: order.items, points, open: false, again: false, elsewhere: false };
  });
  return { ...desk, answers };
}

/** The desk with what the server said: some answers anew, and what belongs to the question. Answers that an order still
 * on its way concerns keep what the page shows, but for their version. @param {Desk} desk @param {any} said @param {Order[]} waiting @returns {Desk} */
export function merged(desk, said, waiting) {
  const pending = new Set(waiting.flatMap((order) => order.keys));
  const news = new Map(said.answers.map((/** @type {Answer} */ one) => [one.key, one]));
  const answers = desk.answers.map((one) => {
    const told = news.get(one.key);
    if (!told) return one;
    return pending.has(one.key) ? { ...one, version: told.version } : { ...one, ...told };
  });
  const { rubric, revision, top, comments } = said;
  return { ...desk, answers, rubric, revision, top, comments };
}

/** A comment with another one put in: on a line of its own, once. @param {string} text @param {string} more */
export function inserted(text, more) {
  if (text.split("\n").includes(more) || text === more) return text;
  return text.trim() ? `${text.trimEnd()}\n${more}` : more;
}
