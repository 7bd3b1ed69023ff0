// The survey tool: a file in, its columns mapped, findings out. What the page shows is what the kernel holds.
import { element, fill } from "../page/dom.js";
import { download, followKernel } from "../page/page.js";
import { filePicker } from "./upload.js";
import { mapping } from "./mapping.js";
import { findings } from "./results.js";
import { surveyTalk } from "./talk.js";

export function startTool(model, tool, root, { inApp }) {
  const words = tool.words;
  const frame = root.closest(".course");
  const [heading, small] = inApp ? ["h2", "h3"] : ["h4", "h5"];
  let map = null;
  let shown = null;
  let name = "";

  if (!document.getElementById("course-survey-styles"))
    document.head.append(element("style", { id: "course-survey-styles" }, TOOL_STYLES));

  // --- what stands on the page
  const notices = element("div", { class: "course-notices", role: "alert" });
  const spoken = element("p", { class: "unseen", role: "status", "aria-live": "polite" });
  const bar = element("progress", { max: 1 });
  const doing = element("span");
  const cancel = element("button", { type: "button", "data-do": "cancel", onclick: stopWork }, words.cancel);
  const work = element("div", { class: "survey-work", hidden: true }, doing, bar, cancel);
  const fileStep = element("section", { class: "survey-step" });
  const columns = element("section", { class: "survey-step", hidden: true });
  const results = element("section", { class: "survey-step", hidden: true });

  const talk = surveyTalk(model, {
    heard: () => clear("silent"),
    want: (message) => picker.want(message),
    progress: ({ stage, share }) => advance(share, stage === "read" ? fill(words.reading, { name }) : words.analysing),
    survey: showSurvey,
    plan: (message) => map?.show(message),
    result: showResult,
    problem: (message) => trouble(message.message, message.column),
    file: save,
    nothing: () => {},
    silent: () => notice("silent", words.silent, reloadButton()),
  });
  const picker = filePicker(talk, tool, {
    started(file) {
      name = file.name;
      begin(fill(words.uploading, { name }));
    },
    progress: (share) => advance(share),
    refused(text) {
      fileStep.append(notices, work);
      trouble(text);
    },
  });
  const unfollow = followKernel(model, {
    gone() {
      end();
      notice("dead", words.dead, reloadButton());
    },
    lost: () => notice("lost", words.lost, reloadButton()),
    back() {
      clear("lost");
      talk.again();
    },
  });
  const give = (what, label, details = {}) =>
    element("button", { type: "button", "data-do": what, ...mark(details), onclick: () => talk.ask(what, details) }, label);

  root.append(
    element(
      "div",
      { class: "course-survey", role: "group", "aria-label": words.title },
      inApp ? null : element("h3", { class: "course-title" }, words.title),
      element("p", {}, words.lead),
      element(
        "div",
        { class: "survey-privacy" },
        element("strong", {}, words.privacy_head),
        element("p", {}, words.privacy),
        element("p", { class: "quiet" }, words.privacy_reload),
      ),
      fileStep,
      columns,
      results,
      spoken,
    ),
  );
  fileStep.append(
    element(heading, {}, words.file_head),
    picker.node,
    element(
      "div",
      { class: "course-buttons" },
      element("span", {}, words.no_file),
      element("button", { type: "button", "data-do": "example", onclick: tryExample }, words.example),
      give("template", words.template_csv, { format: "csv" }),
      give("template", words.template_xlsx, { format: "xlsx" }),
    ),
    element("p", { class: "quiet" }, words.example_about),
    notices,
    work,
  );

  // --- work that takes a while; its progress and problems stand where it was begun
  function begin(text, step = fileStep) {
    step.append(notices, work);
    for (const kind of ["problem", "silent", "lost"]) clear(kind);
    doing.textContent = text;
    bar.setAttribute("aria-label", text);
    bar.value = 0;
    work.hidden = false;
    spoken.textContent = text;
  }

  function advance(share, text = doing.textContent) {
    bar.value = share;
    if (doing.textContent === text) return;
    doing.textContent = text;
    bar.setAttribute("aria-label", text);
  }

  function end() {
    picker.stop();
    work.hidden = true;
  }

  function stopWork() {
    end();
    talk.ask("cancel");
    spoken.textContent = words.cancelled;
    picker.input.focus();
  }

  function tryExample() {
    picker.stop();
    name = tool.example;
    begin(fill(words.reading, { name }));
    talk.ask("example");
  }

  // --- what the kernel answers
  function showSurvey(survey) {
    fileStep.append(notices, work);
    map = mapping(tool, survey, (choices) => talk.ask("map", choices), small);
    const head = element(heading, { tabindex: "-1" }, words.map_head);
    const analyse = element("button", { type: "button", class: "main", "data-do": "analyse", onclick: start }, words.analyse);
    const remove = element("button", { type: "button", "data-do": "remove", onclick: forget }, words.remove);
    columns.replaceChildren(head, map.node, element("div", { class: "course-buttons" }, analyse, remove));
    columns.hidden = false;
    if (!survey.new) return;
    end();
    spoken.textContent = words.map_head;
    head.focus();
  }

  function start() {
    const open = map.firstOpen();
    if (open) {
      columns.append(notices, work);
      trouble(words.answer_first);
      open.focus();
      return;
    }
    begin(words.analysing, columns);
    cancel.focus();
    talk.ask("analyse", map.choices());
  }

  function showResult(result) {
    map?.mark(null);
    shown?.stop();
    shown = findings(model, tool, result, frame, small, () => notice("chart", words.chart_failed));
    const head = element(heading, { tabindex: "-1" }, fill(words.results_head, { name: result.name }));
    const take = element("div", { class: "course-buttons" }, give("report", words.report), give("word", words.word), give("slides", words.slides), give("tables", words.tables));
    results.replaceChildren(head, take, shown.node);
    results.hidden = false;
    shown.draw();
    if (!result.new) return;
    end();
    spoken.textContent = words.done;
    head.focus();
  }

  function save(message, buffers) {
    download(message.name, buffers[0], message.type);
    spoken.textContent = fill(words.saved, { name: message.name });
  }

  function forget() {
    talk.ask("remove");
    fileStep.append(notices, work);
    clear("problem");
    shown?.stop();
    shown = map = null;
    for (const section of [columns, results]) {
      section.hidden = true;
      section.replaceChildren();
    }
    spoken.textContent = words.removed;
    picker.input.focus();
  }

  // --- notices
  function trouble(text, column = null) {
    const hadFocus = document.activeElement === cancel;
    end();
    const shownNotice = notice("problem", text);
    map?.mark(column);
    if (hadFocus) shownNotice.focus();
  }

  function notice(kind, text, ...further) {
    clear(kind);
    const node = element("div", { class: "notice", "data-kind": kind, tabindex: "-1" }, element("p", {}, text), further);
    notices.append(node);
    node.scrollIntoView({ block: "nearest" });
    return node;
  }

  function clear(kind) {
    notices.querySelector(`[data-kind="${kind}"]`)?.remove();
  }

  function reloadButton() {
    return inApp ? [element("button", { type: "button", onclick: () => location.reload() }, words.reload)] : [];
  }

  talk.ask("state");
  return () => {
    talk.stop();
    picker.stop();
    unfollow();
    shown?.stop();
  };
}

function mark(details) {
  return details.format ? { "data-format": details.format } : {};
}
