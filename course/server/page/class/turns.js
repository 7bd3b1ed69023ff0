// The teacher's keys and buttons, one after the other.

/**
 * What is pressed while a command is on its way waits for its end, and means then what it means on the board as it is by
 * then. The same one pressed again meanwhile is a slip of the finger, and does nothing.
 * @param {Record<string, () => unknown>} actions
 * @param {string[]} commands those that take turns
 * @returns {(name: string) => Promise<void>}
 */
export function inTurn(actions, commands) {
  let now = "";
  let next = "";
  return async function press(name) {
    if (!commands.includes(name)) return void actions[name]();
    if (now) {
      if (name !== now) next = name;
      return;
    }
    for (let turn = name; turn; turn = next) {
      [now, next] = [turn, ""];
      await actions[turn]();
    }
    now = "";
  };
}
