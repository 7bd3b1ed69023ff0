// The simulator: controls on one side, a picture that moves on the other, and one sentence that says what happened.
import { decimals, element, fill, freshId, say } from "../page/dom.js";
import { copy, followKernel, isReload } from "../page/page.js";
import { drawViews } from "../chart/chart.js";
import { sliders } from "./controls.js";
import { keeper, timeline } from "./memory.js";
import { readTables, tableView } from "./tables.js";
import { betCard, betResult } from "./bet.js";
import { figureTable, goalList } from "./figures.js";
import { studyPanel } from "./study.js";
import { conversation } from "./talk.js";

const SPOKEN_AFTER = 500;
// so long after the last picture nobody is in the midst of a movement
const FORESEE_AFTER = 60;
// browsers refuse more than about three changes of address a second
const ADDRESS_AFTER = 400;

export function renderSimulator({ model, el }) {
  return startSimulator(model, model.get("content"), el, { inApp: false });
}

// `inApp`: the page is ours alone, so its address carries the settings.
export function startSimulator(model, described, root, { inApp }) {
  const content = { ...described, level: inApp ? "h2" : "h4" };
  const frame = root.closest(".course");
  const words = content.words;
  const starts = Object.fromEntries(content.parameters.map((one) => [one.name, one.start]));
  const presets = new Map(content.presets.map((preset) => [preset.key, preset]));
  const presetState = (key) => ({ values: { ...starts, ...presets.get(key).values }, seed: 1, preset: key });

  const live = (globalThis.__course.live ??= new Map());
  const keep = keeper(content.slot, offerOther);
  const redrawn = live.get(content.slot);
  const kept = redrawn ?? keep.read();
  let guesses = kept?.guesses ?? {};
  const steps = timeline(usable(kept?.state) ?? presetState(content.preset), (state) => show(state, true));
  let state = steps.current;
  let ownCodes = kept?.codes ?? [];
  let last = null;
  let pinned = null;
  let drawing = null;
  let main = null;
  let rest = null;
  let pinnedViews = null;
  let veiled = false;
  let stopped = false;
  let spoken = 0;
  let addressing = 0;
  let foreseeing = 0;
  let likely = null;

  function usable(old) {
    if (!old?.values || !presets.has(old.preset)) return null;
    if (Object.keys(old.values).length !== content.parameters.length) return null;
    const fits = content.parameters.every((one) => old.values[one.name] >= one.low && old.values[one.name] <= one.high);
    return fits ? old : null;
  }

  // --- what stands on the page
  const notices = element("div", { class: "course-notices", role: "alert" });
  const story = element("p", { class: "course-story" });
  const presetButtons = content.presets.map((preset) =>
    element("button", { type: "button", "data-preset": preset.key, onclick: () => choose(preset.key) }, preset.label),
  );
  const betPlace = element("div", { class: "course-bet-place" });
  const betOutcome = element("div");
  const controls = sliders(content, moved, settled);
  const mainPlace = element("div", { class: "course-views" });
  const restPlace = element("div", { class: "course-views" });
  const pinnedPlace = element("div", { class: "course-views" });
  const pinnedFigure = element("figure", { class: "course-pinned", hidden: true }, element("figcaption", {}, words.pinned_chart), pinnedPlace);
  const sentence = element("p", { class: "course-tell" }, words.starting);
  const spokenPlace = element("p", { class: "unseen", role: "status", "aria-live": "polite" });
  const figures = figureTable(content);
  const goals = goalList(content);
  const study = studyPanel(model, content);
  const tables = tableView(content);
  const undo = element("button", { type: "button", onclick: steps.undo, "data-do": "undo" }, words.undo);
  const redo = element("button", { type: "button", onclick: steps.redo, "data-do": "redo" }, words.redo);
  const resetAll = element("button", { type: "button", "data-do": "reset", onclick: () => choose(state.preset) }, words.reset_all);
  const pin = element("button", { type: "button", "data-do": "pin", onclick: togglePin }, words.pin);
  const copied = element("span", { class: "course-copied", role: "status" });
  const share = element("button", { type: "button", "data-do": "share", onclick: () => give(address()) }, words.share);
  const code = element("button", { type: "button", "data-do": "code", onclick: () => give(last?.code ?? "") }, words.code);
  const seedId = freshId("seed");
  const seed = element("input", {
    id: seedId,
    type: "number",
    min: 0,
    max: content.largest_seed,
    step: 1,
    "aria-describedby": `${seedId}-help`,
    onchange: () => step({ ...state, seed: seed.value === "" ? null : Math.round(Number(seed.value)) }),
  });
  const redraw = element(
    "button",
    { type: "button", "data-do": "seed", onclick: () => step({ ...state, seed: Math.floor(Math.random() * content.largest_seed) }) },
    words.redraw,
  );
  const picture = element(
    "div",
    { class: "course-picture" },
    element("div", { class: "course-main" }, mainPlace),
    sentence,
  );
  const more = element(
    "div",
    { class: "course-more" },
    restPlace,
    pinnedFigure,
    element("div", { class: "course-scroll", tabindex: "0", role: "group", "aria-label": words.figures }, figures.node),
    study.node,
  );
  const side = element(
    "div",
    { class: "course-side" },
    element("div", { class: "course-buttons course-tools" }, undo, redo, resetAll, pin),
    controls.node,
    element(
      "div",
      { class: "course-seed" },
      element("label", { for: seedId }, words.seed),
      seed,
      redraw,
      element("p", { id: `${seedId}-help`, class: "quiet" }, content.seed_help),
    ),
  );
  const take = element("div", { class: "course-buttons" }, share, code, copied);
  const stage = element("div", { class: "course-stage" }, picture, side, more);
  root.append(
    // groups, not landmarks: a lesson shows several simulators, and landmarks of one name confuse
    element(
      "div",
      { class: "course-simulator", role: "group", "aria-label": content.title, onkeydown: keys },
      inApp ? null : element("h3", { class: "course-title" }, content.title),
      notices,
      element("div", { class: "course-presets", role: "group", "aria-label": words.situations }, presetButtons),
      story,
      betPlace,
      betOutcome,
      stage,
      spokenPlace,
      goals.node,
      tables.node,
      take,
      element("p", { class: "quiet course-note" }, content.note),
    ),
  );

  // --- talking with the kernel
  const talk = conversation(model, {
    result: receive,
    problem(message) {
      notice("problem", message);
      if (last) steps.replace(settings(last));
      show(steps.current, !last);
      if (!last) offerBet();
    },
    slow: () => (sentence.textContent = words.busy),
    silent: () => notice("silent", words.silent, reloadButton()),
  });
  const unfollow = followKernel(model, {
    gone: () => notice("dead", words.dead, reloadButton()),
    lost: () => notice("lost", words.lost, reloadButton()),
    back() {
      clearNotice("lost");
      talk.again();
    },
  });

  async function draw() {
    try {
      [main, rest] = await Promise.all([
        drawViews(model, mainPlace, content.views.slice(0, 1), frame, last.rows),
        drawViews(model, restPlace, content.views.slice(1), frame, last.rows),
      ]);
      if (stopped) finishViews();
      root.dataset.ready = "true";
    } catch {
      notice("chart", words.no_chart);
    }
  }

  function finishViews() {
    for (const views of [main, rest, pinnedViews]) views?.finish();
  }

  function run() {
    study.cancel();
    talk.ask({ kind: "run", values: state.values, seed: state.seed });
  }

  async function receive(message, buffers) {
    for (const kind of ["silent", "dead", "lost"]) clearNotice(kind);
    last = { ...message, rows: readTables(message.tables, buffers) };
    // the kernel may have been asked by code or link: its settings are the true ones
    if (message.opened) adopt(settings(message));
    figures.show(message.metrics, pinned?.metrics);
    tables.show(last.rows);
    say(sentence, message.tell);
    clearTimeout(spoken);
    spoken = setTimeout(() => !veiled && (spokenPlace.textContent = message.tell), SPOKEN_AFTER);
    if (!veiled) {
      const reached = goals.show(message.goals);
      if (reached.length) spokenPlace.textContent = fill(words.goal_done, { label: reached.join("; ") });
    }
    drawing ??= draw();
    await drawing;
    await Promise.all([main?.push(last.rows), rest?.push(last.rows)]);
    // redrawn meanwhile in another language: what this one remembers is old
    if (stopped) return;
    if (inApp) {
      clearTimeout(addressing);
      addressing = setTimeout(writeAddress, ADDRESS_AFTER);
    }
    clearTimeout(foreseeing);
    foreseeing = setTimeout(() => likely && talk.foresee({ values: { ...state.values, ...likely }, seed: state.seed }), FORESEE_AFTER);
    root.dataset.drawn = message.number;
    root.dispatchEvent(new CustomEvent("course-drawn", { detail: message, bubbles: true }));
  }

  // --- moving through settings
  function moved(name, number) {
    clearNotice("problem");
    likely = following(name, state.values[name], number);
    state = { ...state, values: { ...state.values, [name]: number } };
    run(); // first: the kernel works while the page is drawn
    controls.show(state.values);
  }

  // Who has gone one step will probably go another in the same direction.
  function following(name, before, now) {
    const { low, high, step } = content.parameters.find((one) => one.name === name);
    if (Math.abs(Math.abs(now - before) - step) > step / 1000) return null;
    const then = Number((2 * now - before).toFixed(decimals(step)));
    return then >= low && then <= high ? { [name]: then } : null;
  }

  function settled() {
    steps.commit(state);
    save();
    refresh();
  }

  function step(next) {
    clearNotice("problem");
    state = next;
    settled();
    show(state, true);
  }

  const settings = (result) => ({ values: result.values, seed: result.seed, preset: state.preset });

  function adopt(next) {
    steps.commit(next);
    betPlace.replaceChildren();
    veil(false);
    show(next, false);
  }

  function choose(key) {
    clearNotice("problem");
    betOutcome.replaceChildren();
    state = presetState(key);
    settled();
    show(state, true);
    offerBet();
  }

  function show(next, andRun) {
    state = next;
    controls.show(state.values);
    seed.value = state.seed ?? "";
    for (const button of presetButtons) button.setAttribute("aria-pressed", String(button.dataset.preset === state.preset));
    story.textContent = presets.get(state.preset)?.story ?? "";
    refresh();
    save();
    if (andRun) run();
  }

  function refresh() {
    undo.disabled = !steps.canUndo;
    redo.disabled = !steps.canRedo;
  }

  function save() {
    if (stopped) return;
    live.set(content.slot, { state, guesses, codes: ownCodes });
    if (!keep.write(state, guesses, ownCodes)) notice("memory", words.not_kept);
  }

  // --- the bet
  function offerBet() {
    const bet = content.bets.find((one) => one.preset === state.preset);
    const untouched = bet && JSON.stringify(state) === JSON.stringify(presetState(state.preset));
    const open = Boolean(untouched) && !(bet.key in guesses);
    betPlace.replaceChildren(...(open ? [betCard(content, bet, (guess) => reveal(bet, guess))] : []));
    veil(open);
  }

  function veil(on) {
    veiled = on;
    stage.classList.toggle("course-veiled", on);
    tables.node.hidden = on;
    take.hidden = on;
    if (goals.node) goals.node.hidden = on;
  }

  function reveal(bet, guess) {
    guesses = { ...guesses, [bet.key]: guess };
    save();
    betPlace.replaceChildren();
    veil(false);
    if (guess !== null && last) {
      const outcome = betResult(content, bet, guess, last.metrics[bet.metric]);
      outcome.tabIndex = -1;
      betOutcome.replaceChildren(outcome);
      outcome.focus();
    } else presetButtons.find((button) => button.dataset.preset === state.preset)?.focus();
    if (last) {
      goals.show(last.goals);
      spokenPlace.textContent = last.tell;
    }
  }

  // --- pin and compare
  async function togglePin() {
    if (pinned || !last) {
      pinned = null;
      pinnedViews?.finish();
      pinnedViews = null;
      pinnedFigure.hidden = true;
    } else {
      pinned = { metrics: last.metrics, rows: last.rows };
      pinnedFigure.hidden = false;
      pinnedViews = await drawViews(model, pinnedPlace, content.views, frame, pinned.rows).catch(() => null);
    }
    pin.textContent = pinned ? words.unpin : words.pin;
    pin.setAttribute("aria-pressed", String(Boolean(pinned)));
    if (last) figures.show(last.metrics, pinned?.metrics);
  }

  // --- links and codes
  function address() {
    const here = inApp ? new URL(location.href) : new URL(content.app, new URL(".", globalThis.__course.serverUrl()?.href.replace(/static\/$/, "") ?? location.href));
    here.searchParams.set("lang", content.language);
    here.hash = `run=${last?.code ?? ""}`;
    return here.href;
  }

  async function give(text) {
    if (await copy(text)) {
      copied.replaceChildren(words.copied);
      setTimeout(() => copied.replaceChildren(), 3000);
      return;
    }
    const box = element("input", { value: text, readonly: true, "aria-label": words.copy_by_hand });
    copied.replaceChildren(`${words.copy_by_hand} `, box);
    box.focus();
    box.select();
  }

  function writeAddress() {
    if (ownCodes[0] !== last.code) ownCodes = [last.code, ...ownCodes.slice(0, 1)];
    save();
    history.replaceState(history.state, "", `#run=${last.code}`);
  }

  function openAddress() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const preset = asked.get("preset") ?? new URLSearchParams(location.search).get("preset");
    // a reload that follows close upon a change of address loads the one before
    const own = isReload() ? ownCodes : ownCodes.slice(0, 1);
    if (own.includes(asked.get("run"))) return false;
    if (asked.get("run")) talk.ask({ kind: "open", code: asked.get("run") });
    else if (preset && presets.has(preset)) choose(preset);
    else if (preset) talk.ask({ kind: "open", preset });
    else return false;
    return true;
  }

  // --- notices
  function notice(kind, text, ...further) {
    clearNotice(kind);
    notices.append(element("div", { class: "notice", "data-kind": kind }, element("p", {}, text), further));
  }

  function clearNotice(kind) {
    notices.querySelector(`[data-kind="${kind}"]`)?.remove();
  }

  function reloadButton() {
    return inApp ? [element("button", { type: "button", onclick: () => location.reload() }, words.reload)] : [];
  }

  function offerOther(other) {
    if (!usable(other.state)) return;
    notice(
      "other",
      words.other_tab,
      element(
        "div",
        { class: "course-buttons" },
        element("button", { type: "button", onclick: () => { clearNotice("other"); step(other.state); } }, words.take_other),
        element("button", { type: "button", onclick: () => clearNotice("other") }, words.keep_mine),
      ),
    );
  }

  function keys(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    event.stopPropagation();
    if (key === "y" || event.shiftKey) steps.redo();
    else steps.undo();
  }

  // --- begin
  const onHash = () => openAddress();
  if (inApp) addEventListener("hashchange", onHash);
  show(state, false);
  if (redrawn || !inApp || !openAddress()) {
    run();
    offerBet();
  }
  globalThis.__course.load(model, model.get("_vega")).catch(() => {});
  return () => {
    stopped = true;
    removeEventListener("hashchange", onHash);
    clearTimeout(spoken);
    clearTimeout(addressing);
    clearTimeout(foreseeing);
    talk.stop();
    study.stop();
    unfollow();
    keep.stop();
    finishViews();
  };
}
