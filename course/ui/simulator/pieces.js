// The pieces of a simulator, and what each of them asks of it.
import { element } from "../page/dom.js";
import { notices } from "../page/notices.js";
import { takeAway } from "./address.js";
import { sliders } from "./controls.js";
import { figureTable } from "./figures.js";
import { goalList } from "./goals.js";
import { handingPanel } from "./handing.js";
import { pictures } from "./pictures.js";
import { scorecardPanel } from "./scorecard.js";
import { studyPanel } from "./study.js";
import { tableView } from "./tables.js";
import { fixSeed, seedRests, shown, taskCard } from "./tasked.js";
import { dice, sentence, situations, tools } from "./view.js";

// `simulator`: a Simulator (simulator.js) that knows its state already. The layout of view.js takes the pieces by these names.
export function pieces(simulator) {
  const { content, model, state, signal, inApp, asides, playing } = simulator;
  const frame = simulator.root.closest(".course");
  const walk = (way) => () => state[way]() && simulator.show(true);
  return {
    notices: notices(),
    situations: situations(content, (preset) => simulator.choose(preset)),
    tools: tools(content, {
      undo: walk("undo"),
      redo: walk("redo"),
      reset: () => simulator.choose(state.current.preset),
      pin: () => simulator.togglePin(),
    }),
    controls: sliders(
      { ...content, parameters: shown(content) },
      {
        moved: (name, value) => simulator.move(name, value),
        settled: () => simulator.settle(),
        folded: (name, open) => simulator.fold(name, open),
      },
      state.unfolded,
      signal,
    ),
    dice: seedDice(simulator),
    task: taskCard(content),
    handing: handingPanel(model, content, state, signal),
    pictures: pictures(model, content, frame, signal, asides.people.node),
    sentence: sentence(content.words),
    figures: figureTable(content, asides.why),
    goals: goalList(content),
    study: studyPanel(model, content, signal, (luck) => simulator.meetLuck(luck)),
    scorecard: scorecardPanel(
      model,
      content,
      state,
      frame,
      { save: () => simulator.save(), open: (code) => simulator.talk.ask("open", { code }) },
      signal,
    ),
    tables: tableView(content),
    play: playing.bar,
    take: takeAway(content, () => state.last, inApp),
  };
}

// The seed, which a task may fix or hide.
function seedDice(simulator) {
  const { content, state } = simulator;
  const made = dice(content, (seed) => simulator.step({ ...state.current, seed }));
  const rests = seedRests(content);
  if (rests === "fixed") fixSeed(made.node, content.words);
  return rests === "hidden" ? { ...made, node: element("div") } : made;
}
