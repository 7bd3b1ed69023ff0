// What the columns hold: a table of selects, the ends of the scale, and the questions that only the owner can answer.
import { element, fill, freshId } from "../page/dom.js";

// `survey`: as described by the kernel. `changed(choices)` after every change. Returns
// { node, choices(), show(plan), mark(column), firstOpen() }; `choices()` are { uses, scale, answers } as the kernel takes them.
export function mapping(tool, survey, changed, level) {
  const words = tool.words;
  const uses = survey.uses.map((use) => [...use]);
  const takesDimension = new Set(survey.roles.filter((role) => role.dimension).map((role) => role.key));
  let answers = {};
  let scale = null;

  const tell = () => changed(choices());
  const choices = () => ({ uses, scale, answers, drop_straight: straight.checked });

  // --- questions
  const questions = element("div", { class: "survey-questions" });
  let asked = "";

  function showQuestions(list) {
    answers = Object.fromEntries(list.filter((one) => one.answer !== null).map((one) => [one.key, one.answer]));
    // drawn anew only when they changed, so that the focus stays
    const now = JSON.stringify(list.map(({ answer: _given, ...rest }) => rest));
    if (now === asked) return;
    asked = now;
    questions.replaceChildren(
      ...(list.length ? [element(level, {}, words.questions), ...list.map(question)] : []),
    );
  }

  function question(one) {
    const name = freshId("survey-question");
    return element(
      "fieldset",
      { class: "survey-question", "data-question": one.key },
      element("legend", {}, one.text),
      one.choices.map((choice) => {
        const input = element("input", {
          type: "radio",
          name,
          value: choice.value,
          checked: one.answer === choice.value,
          onchange: () => {
            answers = { ...answers, [one.key]: choice.value };
            input.closest("fieldset").classList.remove("survey-open");
            tell();
          },
        });
        return element(
          "label",
          {},
          input,
          element(
            "span",
            {},
            choice.label,
            choice.value === one.suggested && element("span", { class: "survey-suggested" }, ` ${words.suggested}`),
            choice.effect && element("span", { class: "quiet survey-effect" }, choice.effect),
          ),
        );
      }),
    );
  }

  // --- scale
  const ends = ["low", "high"].map((end) =>
    element("input", { type: "number", step: 1, id: freshId(`survey-${end}`), "data-end": end, onchange: rescale }),
  );

  function rescale() {
    if (ends.some((input) => !Number.isInteger(input.valueAsNumber))) return;
    scale = ends.map((input) => input.valueAsNumber);
    tell();
  }

  const straight = element("input", { type: "checkbox", "data-do": "straight", onchange: tell });

  // --- columns
  const rows = survey.columns.map((column, at) => {
    const named = { name: column.name };
    const dimension = element(
      "select",
      { "aria-label": fill(words.dimension_of, named), onchange: () => use(at) },
      survey.dimensions.map(({ key, label }) => element("option", { value: key }, label)),
    );
    const role = element(
      "select",
      { "aria-label": fill(words.role_of, named), onchange: () => use(at) },
      survey.roles.map(({ key, label }) => element("option", { value: key }, label)),
    );
    const node = element(
      "tr",
      {},
      element("th", { scope: "row" }, column.name),
      element("td", { class: "survey-samples" }, column.samples.join(" · ")),
      element("td", {}, role),
      element("td", {}, dimension),
    );
    return { node, role, dimension };
  });

  function use(at) {
    const { role, dimension } = rows[at];
    uses[at] = [role.value, takesDimension.has(role.value) ? dimension.value : null];
    showUse(at);
    count();
    tell();
  }

  function count() {
    const numbers = survey.roles.map(({ key, label }) => [uses.filter(([role]) => role === key).length, label]);
    const list = numbers.filter(([number]) => number).map(([number, label]) => `${number} × ${label}`);
    counted.textContent = fill(words.columns, { list: list.join(words.list_comma) });
  }

  function showUse(at) {
    const { node, role, dimension } = rows[at];
    const [now, part] = uses[at];
    role.value = now;
    if (part) dimension.value = part;
    dimension.parentElement.classList.toggle("survey-without", !takesDimension.has(now));
    node.classList.toggle("survey-unused", now === "ignore");
  }

  const heads = [words.column, words.samples, words.role, words.dimension];
  const counted = element("summary");
  const notes = element("ul", { class: "quiet" });

  function show(plan) {
    plan.uses.forEach((given, at) => (uses[at] = [...given]));
    uses.forEach((_use, at) => showUse(at));
    count();
    ends[0].value = plan.low;
    ends[1].value = plan.high;
    straight.checked = plan.drop_straight;
    showQuestions(plan.questions);
    notes.replaceChildren(...[...survey.notes, ...plan.plan_notes].map((note) => element("li", {}, note)));
    notes.hidden = !notes.childElementCount;
  }

  function mark(column) {
    if (column !== null) node.querySelector("details").open = true;
    rows.forEach(({ node }, at) => node.classList.toggle("survey-wrong", at === column));
  }

  function firstOpen() {
    const open = [...questions.querySelectorAll("fieldset")].filter((one) => !one.querySelector(":checked"));
    for (const one of open) one.classList.add("survey-open");
    return open[0]?.querySelector("input");
  }

  const node = element(
    "div",
    { class: "survey-mapping" },
    element("p", {}, fill(words.read, { name: survey.name, rows: survey.rows.toLocaleString("en"), columns: survey.columns.length })),
    notes,
    questions,
    element(
      "fieldset",
      { class: "survey-scale" },
      element("legend", {}, words.scale),
      element("label", { for: ends[0].id }, words.scale_low),
      ends[0],
      element("label", { for: ends[1].id }, words.scale_high),
      ends[1],
      element("label", { class: "survey-switch" }, straight, words.drop_straight),
    ),
    element(
      "details",
      // on a phone the list is long, and the guess mostly right
      { open: innerWidth > 700 },
      counted,
      element(
        "div",
        { class: "course-scroll survey-columns", tabindex: "0", role: "group", "aria-label": words.map_head },
        element(
          "table",
          {},
          element("thead", {}, element("tr", {}, heads.map((head) => element("th", { scope: "col" }, head)))),
          element("tbody", {}, rows.map((row) => row.node)),
        ),
      ),
    ),
  );
  show(survey);
  return { node, choices, show, mark, firstOpen };
}
