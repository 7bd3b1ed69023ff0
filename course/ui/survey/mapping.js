// What the columns hold: a table of selects, the ends of the scale, and the questions that only the owner can answer.
import { element, fill, freshId } from "../page/dom.js";
import { questionList } from "./questions.js";
import { settingFields } from "./settings.js";

// `survey`: as described by the kernel. `changed(choices)` after every change. Returns
// { node, choices(), show(plan), mark(column), firstOpen(), chosen(question) }; `choices()` are { uses, scale, answers, … } as the kernel takes them.
export function mapping(tool, survey, changed, level) {
  const words = tool.words;
  const tell = () => changed(choices());
  const choices = () => ({ uses: columns.uses(), answers: questions.answers(), ...scale.choices(), ...checks.choices(), ...settings.choices() });
  const questions = questionList(words, level, tell);
  const scale = scaleEnds(words, tell);
  const columns = columnTable(words, survey, tell);
  const checks = careChecks(words, survey.checks, tell);
  const settings = settingFields(words, tell);
  const notes = element("ul", { class: "quiet" });

  function show(plan) {
    columns.show(plan.uses);
    scale.show(plan);
    checks.show(plan.checks);
    settings.show(plan.settings);
    questions.show(plan.questions);
    notes.replaceChildren(...[...survey.notes, ...plan.plan_notes].map((note) => element("li", {}, note)));
    notes.hidden = !notes.childElementCount;
  }

  const node = element(
    "div",
    { class: "survey-mapping" },
    element("p", {}, fill(words.read, { name: survey.name, rows: survey.rows.toLocaleString("en"), columns: survey.columns.length })),
    notes,
    questions.node,
    settings.node,
    scale.node,
    checks.node,
    columns.node,
  );
  show(survey);
  return { node, choices, show, mark: columns.mark, firstOpen: questions.firstOpen, chosen: questions.chosen };
}

// The ends of the scale. `scale` is null until somebody changes it.
function scaleEnds(words, tell) {
  let scale = null;
  const rescale = () => {
    if (ends.some((input) => !Number.isInteger(input.valueAsNumber))) return;
    scale = ends.map((input) => input.valueAsNumber);
    tell();
  };
  const ends = ["low", "high"].map((end) =>
    element("input", { type: "number", step: 1, id: freshId(`survey-${end}`), "data-end": end, onchange: rescale }),
  );
  const node = element(
    "fieldset",
    { class: "survey-scale" },
    element("legend", {}, words.scale),
    element("label", { for: ends[0].id }, words.scale_low),
    ends[0],
    element("label", { for: ends[1].id }, words.scale_high),
    ends[1],
  );
  return {
    node,
    choices: () => ({ scale }),
    show(plan) {
      // a tool whose answers have one scale asks for none
      node.hidden = plan.low === null;
      ends[0].value = plan.low;
      ends[1].value = plan.high;
    },
  };
}

// Whom to leave out for lack of care: a choice, nothing is ticked at first.
function careChecks(words, checks, tell) {
  const inputs = checks.map(({ key }) => element("input", { type: "checkbox", "data-check": key, onchange: tell }));
  const labels = checks.map(({ label }, at) => element("label", { class: "survey-switch" }, inputs[at], label));
  return {
    node: element("fieldset", { class: "survey-checks", hidden: !checks.length }, element("legend", {}, words.checks), labels),
    choices: () => ({ leave_out: checks.filter((_check, at) => inputs[at].checked).map(({ key }) => key) }),
    show: (now) => now.forEach(({ on }, at) => (inputs[at].checked = on)),
  };
}

// A row for each column, with its role and its dimension.
function columnTable(words, survey, tell) {
  const takesDimension = new Set(survey.roles.filter((role) => role.dimension).map((role) => role.key));
  const counted = element("summary");
  const changed = () => {
    count();
    tell();
  };
  const rows = survey.columns.map((column) => columnRow(words, survey, column, takesDimension, changed));
  const uses = () => rows.map((row) => row.use());

  function count() {
    const roles = uses().map(([role]) => role);
    const numbers = survey.roles.map(({ key, label }) => [roles.filter((role) => role === key).length, label]);
    const list = numbers.filter(([number]) => number).map(([number, label]) => `${number} × ${label}`);
    counted.textContent = fill(words.columns, { list: list.join(words.list_comma) });
  }

  // a tool that sorts no columns has no names to sort them under
  const sorted = survey.dimensions.length > 0;
  const heads = [words.column, words.samples, words.role, sorted && words.dimension].filter(Boolean).map((head) => element("th", { scope: "col" }, head));
  const table = element(
    "table",
    {},
    element("thead", {}, element("tr", {}, heads)),
    element("tbody", {}, rows.map((row) => row.node)),
  );
  const scroll = { class: "course-scroll survey-columns", tabindex: "0", role: "group", "aria-label": words.map_head };
  // on a phone the list is long, and the guess mostly right
  const node = element("details", { open: innerWidth > 700 }, counted, element("div", scroll, table));
  return {
    node,
    uses,
    show(given) {
      given.forEach((use, at) => rows[at].show(use));
      count();
    },
    mark(column) {
      if (column !== null) node.open = true;
      rows.forEach((row, at) => row.node.classList.toggle("survey-wrong", at === column));
    },
  };
}

function columnRow(words, survey, column, takesDimension, changed) {
  const named = { name: column.name };
  const select = (label, options) =>
    element(
      "select",
      { "aria-label": label, onchange: () => choose([role.value, dimension.value]) },
      options.map(({ key, label: text }) => element("option", { value: key }, text)),
    );
  const dimension = select(fill(words.dimension_of, named), survey.dimensions);
  const role = select(fill(words.role_of, named), survey.roles);
  let use = ["ignore", null];
  const node = element(
    "tr",
    {},
    element("th", { scope: "row" }, column.name),
    element("td", { class: "survey-samples" }, column.samples.join(" · ")),
    element("td", {}, role),
    survey.dimensions.length ? element("td", {}, dimension) : null,
  );

  function show([now, part]) {
    use = [now, part];
    role.value = now;
    dimension.value = part ?? "";
    dimension.parentElement?.classList.toggle("survey-without", !takesDimension.has(now));
    node.classList.toggle("survey-unused", now === "ignore");
  }

  function choose([now, part]) {
    show([now, takesDimension.has(now) ? part || null : null]);
    changed();
  }

  return { node, show, use: () => [...use] };
}
