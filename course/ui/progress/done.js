// What a learner has done in a module, as this browser remembers it. `module`: { id, quiz, guesses, goals, writings }, each but
// the id a list of keys; `recall(key)` gives what is remembered; `reached`, the challenges met in any of the module's simulators.
const number = (value) => Number.isFinite(value);

export function doneIn(module, recall, reached) {
  const items = recall(`quiz.${module.id}`)?.items ?? {};
  const of = (keys, test) => ({ done: keys.filter(test).length, total: keys.length });
  const guessed = (key) => {
    const kept = recall(`guess.${module.id}.${key}`);
    return number(kept?.guess) || number(kept?.first);
  };
  const text = (key) => recall(`writing.${module.id}.${key}`)?.text;
  return {
    quiz: of(module.quiz, (key) => (items[key]?.right ?? items[key]?.first) === true),
    first: of(module.quiz, (key) => items[key]?.first === true),
    guesses: of(module.guesses, guessed),
    goals: of(module.goals, (key) => reached.includes(key)),
    writings: of(module.writings, (key) => typeof text(key) === "string" && text(key).trim() !== ""),
  };
}

// The sum of what was done in several modules.
export function sumOf(all) {
  const total = { quiz: null, first: null, guesses: null, goals: null, writings: null };
  for (const kind of Object.keys(total)) {
    const add = (name) => all.reduce((sum, each) => sum + each[kind][name], 0);
    total[kind] = { done: add("done"), total: add("total") };
  }
  return total;
}

// Challenges reached in any of a module's simulators: the lesson has several, the dashboard one.
export function reachedIn(number, keys, recall) {
  const mine = keys.filter((key) => key === `sim.${number}` || key.startsWith(`sim.${number}.`));
  return mine.flatMap((key) => {
    const kept = recall(key)?.reached;
    return Array.isArray(kept) ? kept : [];
  });
}
