// Which key asks for what. Letters count by what they write, digits by where they are: with Shift, they write signs.

const LETTERS = { a: "alike", c: "comment", e: "edit", j: "next", k: "previous", n: "open", u: "undo" };
const NAMED = { Enter: "enter", ArrowRight: "next", ArrowLeft: "previous" };
const FIELDS = ["INPUT", "TEXTAREA", "SELECT"];
const PRESSED = ["BUTTON", "A", "SUMMARY"];

/** What a key pressed on the page asks for: [action, number], or null where it is not for us.
 * @param {{key: string, code?: string, shiftKey?: boolean, ctrlKey?: boolean, metaKey?: boolean, altKey?: boolean,
 *   isComposing?: boolean, target?: any}} event
 * @returns {[string, number] | null} */
export function wish(event) {
  const tag = event.target?.tagName ?? "";
  if (event.isComposing || event.altKey || (FIELDS.includes(tag) && event.target.type !== "checkbox")) return null;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === "z" && !event.shiftKey ? ["undo", 0] : null;
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code ?? "")?.[1] ?? (/^[0-9]$/.test(event.key) ? event.key : "");
  if (digit) {
    const number = Number(digit);
    if (number === 0) return event.shiftKey ? null : ["none", 0];
    return [event.shiftKey && event.code?.startsWith("Digit") ? "insert" : "toggle", number];
  }
  // a button that has the focus is pressed by Enter, as everywhere
  if (event.key === "Enter" && PRESSED.includes(tag)) return null;
  const named = NAMED[/** @type {keyof typeof NAMED} */ (event.key)];
  const letter = LETTERS[/** @type {keyof typeof LETTERS} */ (event.key.toLowerCase())];
  const action = named ?? letter;
  return action ? [action, 0] : null;
}
