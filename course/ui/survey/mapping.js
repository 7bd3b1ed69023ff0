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
  const choices = () => ({ uses, scale, answers, leave_out: left() });

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
    return one.items.length ? order(one) : choice(one);
  }

  // words that no scale is known for: a list that the owner puts in order, the least first
  function order(one) {
    const list = element("ol", { class: "survey-order" });
    const given = (one.answer ?? one.suggested).split(",").map(Number);
    const rest = one.items.map((_item, at) => at).filter((at) => !given.includes(at));
    let places = [...given, ...rest];
    const out = new Set(rest);
    const done = element("input", { type: "checkbox", "data-do": "order", checked: one.answer !== null, onchange: keep });

    function keep() {
      const next = { ...answers };
      if (done.checked) next[one.key] = places.filter((at) => !out.has(at)).join(",");
      else delete next[one.key];
      answers = next;
      done.closest("fieldset").classList.remove("survey-open");
      if (done.checked) tell();
    }

    function move(at, step) {
      const from = places.indexOf(at);
      const to = from + step;
      if (to < 0 || to >= places.length) return;
      [places[from], places[to]] = [places[to], places[from]];
      changedOrder();
      list.querySelector(`[data-item="${at}"] [data-step="${step}"]`).focus();
    }

    function changedOrder() {
      // what was confirmed was another order
      done.checked = false;
      keep();
      draw();
    }

    function draw() {
      list.replaceChildren(
        ...places.map((at) => {
          const item = one.items[at];
          const button = (step, sign, label) =>
            element("button", { type: "button", "data-step": step, "aria-label": fill(label, { item }), onclick: () => move(at, step) }, sign);
          const none = element("input", {
            type: "checkbox",
            checked: out.has(at),
            "aria-label": `${item}: ${words.no_answer}`,
            onchange: () => {
              if (none.checked) out.add(at);
              else out.delete(at);
              changedOrder();
              list.querySelector(`[data-item="${at}"] input`).focus();
            },
          });
          return element(
            "li",
            { "data-item": at },
            element("span", { class: "survey-word" }, item),
            button(-1, "↑", words.up),
            button(1, "↓", words.down),
            element("label", {}, none, words.no_answer),
          );
        }),
      );
    }

    draw();
    return element(
      "fieldset",
      { class: "survey-question", "data-question": one.key },
      element("legend", {}, one.text),
      list,
      element("label", {}, done, words.order_done),
    );
  }

  function choice(one) {
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

  const checks = survey.checks.map(({ key, label }) => {
    const input = element("input", { type: "checkbox", "data-check": key, onchange: tell });
    return { key, input, node: element("label", { class: "survey-switch" }, input, label) };
  });
  const left = () => checks.filter(({ input }) => input.checked).map(({ key }) => key);

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
    uses[at] = [role.value, takesDimension.has(role.value) ? dimension.value || null : null];
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
    dimension.value = part ?? "";
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
    checks.forEach(({ input }, at) => (input.checked = plan.checks[at].on));
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
    ),
    element("fieldset", { class: "survey-checks" }, element("legend", {}, words.checks), checks.map(({ node }) => node)),
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
