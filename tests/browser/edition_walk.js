// What a reader does on a page of an edition, done by the page itself: tests/browser/test_edition_walk.py asks for it and judges
// what comes back.
globalThis.walk = (() => {
  const pause = () => new Promise((resolve) => setTimeout(resolve, 10));
  const PATIENCE = 180_000;
  async function until(there) {
    const end = performance.now() + PATIENCE;
    for (;;) {
      const found = there();
      if (found) return found;
      if (performance.now() > end) throw new Error(`never: ${there} ${JSON.stringify(last?.asked ?? last?.values)}`);
      await pause();
    }
  }
  // the newest run that was drawn; of two in a row the first may be heard of last
  let last = null;
  addEventListener("course-drawn", ({ detail }) => (last = detail.number < last?.number ? last : detail));
  const text = (node) => node?.textContent ?? "";
  const put = (input, value, kind = "input") => {
    input.value = String(value);
    input.dispatchEvent(new Event(kind, { bubbles: true }));
  };

  // --- questions
  function answer(node, item, chosen) {
    if (item.kind === "number") put(node.querySelector("input"), chosen);
    else {
      for (const box of node.querySelectorAll("[data-option]")) {
        box.checked = chosen.includes(Number(box.dataset.option));
        box.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
    node.querySelector("button").click();
    return { state: node.dataset.state, said: text(node.querySelector(".quiz-feedback")) };
  }

  // Everything that one may choose, and what is right.
  function* choices(item) {
    if (item.kind === "number") {
      for (const { value, feedback } of item.traps) yield [value, "wrong", [feedback]];
      yield [item.answer + 1000 * (item.tolerance + 1), "wrong", [item.miss]];
      return yield [item.answer, "right", [item.hit]];
    }
    const right = item.options.flatMap((option, at) => (option.right ? [at] : []));
    for (const [at, { feedback }] of item.options.entries()) {
      if (!right.includes(at)) yield [[at], "wrong", [feedback]];
    }
    yield [right, "right", right.map((at) => item.options[at].feedback)];
  }

  function quiz(root, content) {
    return content.items.map((item) => {
      const node = root.querySelector(`.quiz-item[data-key="${item.key}"]`);
      const told = [...choices(item)].map(([chosen, state, expected]) => ({ ...answer(node, item, chosen), wanted: state, expected }));
      return { key: item.key, told, summary: text(root.querySelector(".quiz-summary")), progress: root.querySelector("progress").value };
    });
  }

  function prediction(place, content) {
    put(place.querySelector("input[type=range]"), content.low);
    const before = text(place.querySelector(".prediction-reveal"));
    place.querySelector("button.main").click();
    const [verdict, reveal] = ["verdict", "reveal"].map((name) => text(place.querySelector(`.prediction-${name}`)));
    return { key: content.key, before, verdict, reveal, expected: content.reveal };
  }

  function writing(place, content) {
    const field = place.querySelector("textarea");
    if (!field) return { key: content.key, said: text(place) };
    put(field, "It depends on whom one asks.");
    for (const button of place.querySelectorAll("button")) button.click();
    return { key: content.key, said: text(place) };
  }

  // --- bets: a number on a slider, or a line of two points
  async function bet(root) {
    const card = root.querySelector(".course-bet");
    if (!card) return null;
    const points = card.querySelectorAll("[role=slider]");
    if (points.length) {
      for (const point of [points[0], points[points.length - 1]]) point.dispatchEvent(new KeyboardEvent("keydown", { key: "PageUp", bubbles: true }));
    } else put(card.querySelector("input[type=range]"), card.querySelector("input").min);
    const hidden = Boolean(root.querySelector(".course-veiled"));
    card.querySelector(".main").click();
    const outcome = await until(() => root.querySelector(".course-bet-result"));
    return { path: points.length > 0, hidden, said: text(outcome), veiled: Boolean(root.querySelector(".course-veiled")) };
  }

  // --- simulators
  // what is shown; a picture that is not on the screen is drawn later, and one of what nobody knows yet is not there
  const headOf = (root) => root.querySelector(".course-main .course-views > .course-views:not([hidden])");
  const spokenOf = (root) => headOf(root)?.querySelector("[role=graphics-document]")?.getAttribute("aria-label") ?? "";
  function shown(root) {
    const rows = [...root.querySelectorAll("tr[data-metric]")];
    return {
      tell: text(root.querySelector(".course-tell")),
      nearest: root.querySelector(".course-nearest").hidden ? "" : text(root.querySelector(".course-nearest")),
      title: text(headOf(root)?.querySelector(".course-view-title")),
      spoken: spokenOf(root),
      picture: headOf(root)?.querySelector("canvas").toDataURL() ?? null,
      painted: headOf(root)?.querySelector("canvas").width ?? null,
      figures: Object.fromEntries(rows.map((row) => [row.dataset.metric, text(row.cells[1])])),
      story: text(root.querySelector(".course-story")),
      notices: [...root.querySelectorAll(".notice:not([hidden], .course-nearest)")].map(text),
      reached: [...root.querySelectorAll(".course-goals > ol > li")].map((goal) => goal.classList.contains("course-met")),
    };
  }

  const numberOf = (root) => Number(root.querySelector("[data-drawn]")?.dataset.drawn ?? 0);
  const newer = (root, before) => until(() => numberOf(root) > before);
  // the picture of a run is there when it says the run's sentence
  const settled = (root) => until(() => !headOf(root) || spokenOf(root).endsWith(text(root.querySelector(".course-tell"))));

  async function choose(root, preset) {
    const before = numberOf(root);
    root.querySelector(`[data-preset="${preset}"]`).click();
    await newer(root, before);
    const guessed = await bet(root);
    await settled(root);
    const pressed = [...root.querySelectorAll("[data-preset][aria-pressed=true]")].map((button) => button.dataset.preset);
    return { preset, pressed, bet: guessed, ...shown(root) };
  }

  // Every setting at once, as another part of the page hands them over; of the runs on the way only the last counts.
  async function set(root, module, values) {
    const taken = !dispatchEvent(new CustomEvent("course-settings", { detail: { module, values }, cancelable: true }));
    if (!taken) throw new Error(`settings of ${module} were not taken`);
    const wanted = (run) => run && Object.entries(values).every(([name, value]) => (run.asked ?? run).values[name] === value);
    await until(() => wanted(last));
    await settled(root);
    return shown(root);
  }

  return {
    // `beyond`: settings that were not recorded
    async dashboard(module, number, beyond) {
      const root = await until(() => document.querySelector(".course-simulator")?.parentElement);
      await until(() => numberOf(document));
      const presets = [...root.querySelectorAll("[data-preset]")].map((button) => button.dataset.preset);
      const situations = [];
      for (const preset of presets) situations.push(await choose(document, preset));
      await choose(document, presets[0]);
      const goals = [];
      for (const { key, values } of globalThis.__course.edition.runs[module].goals) goals.push({ key, ...(await set(document, number, values)) });
      return { situations, goals, between: await set(document, number, beyond) };
    },

    async lesson() {
      const found = { prediction: [], quiz: [], writing: [], simulator: [] };
      for (const place of document.querySelectorAll(".live")) {
        const { part } = place.dataset;
        const content = JSON.parse(text(place.querySelector("script")) || "null");
        if (!(part in found)) continue;
        if (part === "simulator") {
          place.scrollIntoView();
          await until(() => numberOf(place));
          const guessed = await bet(place);
          await settled(place);
          found.simulator.push({ preset: place.dataset.preset, bet: guessed, ...(await shown(place)) });
          continue;
        }
        await until(() => place.querySelector("div > *"));
        const act = { prediction, quiz, writing }[part];
        found[part].push(act(place, content));
      }
      await globalThis.__course.whole();
      // the dashboard asks its bets of somebody new
      localStorage.clear();
      return { ...found, charts: document.querySelectorAll(".live[data-part=chart] canvas").length };
    },

    async selfTest() {
      const root = await until(() => document.querySelector(".quiz-item")?.closest("#widget"));
      const content = JSON.parse(text(document.getElementById("content")));
      const asked = [...root.querySelectorAll(".quiz-item")].map((node) => node.dataset.key);
      return quiz(root, { ...content, items: asked.map((key) => content.items.find((item) => item.key === key)) });
    },
  };
})();
