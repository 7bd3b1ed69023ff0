// The controls of a simulator: one labelled native slider per parameter, or the editor of a journey, in groups.
import { journeyChange } from "../journey/change.js";
import { journeyEditor } from "../journey/editor.js";
import { amount } from "../page/amounts.js";
import { decimals, element, fill, freshId, say } from "../page/dom.js";
import { slide } from "../page/slide.js";

// The controls of each group: [{ name, open, folded }], both lists of parameters; groups with an open one come first. Where
// nothing is declared open, everything is.
export function arranged(parameters) {
  const declared = parameters.some((one) => one.open);
  const groups = new Map();
  for (const one of parameters) {
    if (!groups.has(one.group)) groups.set(one.group, { name: one.group, open: [], folded: [] });
    groups.get(one.group)[one.open || !declared ? "open" : "folded"].push(one);
  }
  const all = [...groups.values()];
  return [...all.filter(({ open }) => open.length), ...all.filter(({ open }) => !open.length)];
}

// `act`: { moved(name, value) while dragging, settled() when let go, folded(name, open) }. Returns
// { node, show(values), rest(reasons), meet(run), praise(text), warn(text) }.
export function sliders(content, act, unfolded, signal) {
  const controls = new Map();
  let last = null;
  const moved = (name, value) => {
    last = name;
    praise.hidden = true;
    place(warning);
    act.moved(name, value);
  };
  for (const parameter of content.parameters) {
    const control = parameter.journey ? journeyEditor : slider;
    controls.set(parameter.name, control(content, parameter, moved, act.settled, signal));
  }
  const folds = [];
  const pieces = ({ open, folded }) => [
    open.map(({ name }) => controls.get(name).node),
    folded.length ? folds[folds.push(fold(content, folded, controls, open.length > 0, unfolded, act.folded)) - 1].node : null,
  ];
  const node = element(
    "div",
    { class: "course-controls" },
    arranged(content.parameters).map((group) =>
      group.open.length
        ? element("fieldset", { class: "course-group" }, element("legend", {}, group.name || content.words.settings), pieces(group))
        : element("div", { class: "course-group", role: "group", "aria-label": group.name }, pieces(group)),
    ),
  );
  // what a screen reader hears of it, the sentence's live region says
  const praise = element("p", { class: "course-praise", hidden: true, "aria-hidden": "true" });
  // the same is said at the top of the simulator, to a screen reader too, which may be far from where one looks
  const warning = element("p", { class: "course-warning", hidden: true, "aria-hidden": "true" });
  const place = (text) => !text.hidden && (controls.get(last)?.node ?? node).append(text);
  return {
    node,
    show(values) {
      for (const [name, control] of controls) control.show(values[name]);
      for (const each of folds) each.show(values);
    },
    // `reasons`: by name of a control that changes nothing as things are, the key of the reason; `held(name)`: why one cannot
    // be moved at all, "" where it can
    rest(reasons, held) {
      for (const [name, control] of controls) control.rest(content.idle[reasons[name]], held(name));
    },
    // what a control shows of the run that came of it
    meet(run) {
      for (const control of controls.values()) control.run?.(run);
    },
    praise(text) {
      praise.textContent = text;
      praise.hidden = !text;
      place(praise);
    },
    // why nothing moves, under the slider that was moved last, until it is taken back with ""
    warn(text) {
      say(warning, text);
      warning.hidden = !text;
      place(warning);
    },
  };
}

// Controls of a group that are seldom moved. Returns { node, show(values) }.
function fold(content, parameters, controls, inGroup, unfolded, folded) {
  const [{ name, group }] = parameters;
  const moved = element("span", { class: "quiet" });
  const title = inGroup ? fill(content.words.more_levers, { group, count: parameters.length }) : group;
  const node = element(
    "details",
    // tells of what a browser unfolds by itself, as to show what was searched for; it comes late, and never to a page that is left
    { class: "course-fold", "data-fold": name, open: unfolded.includes(name), ontoggle: () => folded(name, node.open) },
    element("summary", { onclick: () => folded(name, !node.open) }, title, " ", moved),
    parameters.map((one) => controls.get(one.name).node),
  );
  return {
    node,
    show(values) {
      const count = parameters.filter((one) => values[one.name] !== one.start).length;
      say(moved, count ? fill(content.words.levers_moved, { count }) : "");
    },
  };
}

// One change of `State.changes`: "Price 3 → 4", or what became of a journey.
export function changeText({ parameter, before, now }, language) {
  if (parameter.journey) return journeyChange(parameter, before, now, language);
  return `${parameter.label} ${showValue(parameter, before, language)} → ${showValue(parameter, now, language)}`;
}

// Which recorded run stands here instead of the one that was asked for.
export function nearestText({ language, parameters, words }, { asked, values, seed }) {
  const changes = parameters
    .map((parameter) => ({ parameter, before: asked.values[parameter.name], now: values[parameter.name] }))
    .filter(({ before, now }) => before !== now)
    .map((change) => changeText(change, language));
  if (asked.seed !== seed) changes.push(`${words.seed} ${asked.seed ?? "?"} → ${seed}`);
  return fill(words.nearest, { changes: changes.join(words.list) || words.nearest_play });
}

export function showValue(parameter, number, language) {
  return amount(number, decimals(parameter.step), parameter.unit, language);
}

function slider(content, parameter, moved, settled) {
  const id = freshId(parameter.name);
  const spoken = (number) => showValue(parameter, number, content.language);
  const output = element("output", { for: id, class: "course-value" });
  let shown = null;
  const help = element("p", { id: `${id}-help`, class: "quiet" }, parameter.help);
  const input = slide({
    id,
    min: parameter.low,
    max: parameter.high,
    step: parameter.step,
    "aria-describedby": `${id}-help`,
    "data-name": parameter.name,
    oninput: () => moved(parameter.name, Number(input.value)),
    onchange: settled,
  });
  const reset = element(
    "button",
    {
      type: "button",
      class: "course-reset",
      "aria-label": fill(content.words.reset, { label: parameter.label }),
      title: fill(content.words.reset, { label: parameter.label }),
      onclick: () => {
        moved(parameter.name, parameter.start);
        settled();
        input.focus();
      },
    },
    "↺",
  );
  const node = element(
    "div",
    { class: "course-control" },
    element("label", { for: id }, parameter.label),
    output,
    reset,
    input,
    help,
  );
  return {
    node,
    rest(reason, held) {
      const why = held || reason;
      node.classList.toggle("course-idle", Boolean(why));
      input.disabled = reset.disabled = Boolean(held);
      say(help, why ?? parameter.help);
    },
    show(number) {
      if (number === shown) return;
      shown = number;
      input.value = number;
      input.setAttribute("aria-valuetext", spoken(number));
      output.textContent = spoken(number);
      reset.style.visibility = number === parameter.start ? "hidden" : "visible";
    },
  };
}
