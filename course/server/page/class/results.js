// After the end: what came, to save; and then to delete.
import { addressOf } from "../../../ui/gaps/link.js";
import { element, emphasised, fill, freshId, say } from "../../../ui/page/dom.js";
import { copy } from "../../../ui/page/page.js";
import { LIGHT } from "./draw.js";
import { picture } from "./picture.js";
import { savePng, saveSvg, saveTable } from "./save.js";
import { ask } from "./talk.js";

/** @param {any} view @param {{words: any, language: string, token: string, code: string, confirmed: Function, leave: Function}} about */
export function results(view, { words, language, token, code, confirmed, leave }) {
  const place = (/** @type {string} */ id) => document.getElementById(id);
  const remove = () => confirmed(words.deleteSure, words.deleteYes, leave);
  place("head").replaceChildren(element("h1", {}, words.ended));
  place("keys").replaceChildren(
    element("button", { type: "button", class: "main", onclick: () => saveTable("board/answers.csv", token, `${code}.csv`) }, words.saveTable),
    element("button", { type: "button", onclick: remove }, words.delete),
  );
  const cards = view.results.map((one, index) => card(one, { name: `${code}-${index + 1}`, words, language }));
  place("main").replaceChildren(
    ...(view.ratings ? [ratingsFile(view.ratings, words, token)] : []),
    cards.length ? element("ol", { class: "results" }, ...cards) : element("p", { class: "big" }, words.nothingCame),
  );
}

// What the class said of a service, as the lessons read it.
function ratingsFile({ count, fewest }, words, token) {
  if (count < fewest) return element("p", { class: "quiet" }, fill(words.ratingsFew, { count, fewest }));
  const [id, at] = [freshId("service"), freshId("dashboard")];
  const name = element("input", { id, type: "text", maxlength: 60 });
  const dashboard = element("input", { id: at, type: "url", "aria-describedby": `${at}-how` });
  const said = element("p", { role: "status", class: "quiet" });
  const about = () => new URLSearchParams({ service: name.value });
  const save = () => saveTable(`board/class.csv?${about()}`, token, "class.csv");
  async function link() {
    const { status, said: means } = await ask(`board/means?${about()}`, { token });
    const address = status === 200 ? addressOf(dashboard.value.trim(), means.code) : "";
    if (!address) return say(said, words.linkBad);
    const done = await copy(address);
    return said.replaceChildren(done ? words.linkCopied : words.linkByHand, " ", element("a", { href: address, target: "_blank", rel: "noopener" }, address));
  }
  const row = (label, field, text, onclick) =>
    element("p", { class: "row" }, element("label", { for: field.id }, label), field, element("button", { type: "button", onclick }, text));
  return element(
    "div",
    { class: "ratings" },
    row(words.serviceName, name, words.saveRatings, save),
    row(words.dashboard, dashboard, words.linkGaps, link),
    element("p", { id: `${at}-how`, class: "quiet" }, words.dashboardHow),
    said,
  );
}

function card(one, { name, words, language }) {
  const svg = picture(one, { words, language, palette: LIGHT, titled: true });
  const button = (label, save) => element("button", { type: "button", onclick: () => save(svg, name) }, label, element("span", { class: "unseen" }, ` ${name}`));
  return element(
    "li",
    {},
    element("h2", {}, emphasised(one.question.text)),
    element("p", { class: "quiet" }, fill(words.answersCount, { count: one.tallies.at(-1).count })),
    svg,
    element("p", { class: "row" }, button(words.savePng, savePng), button(words.saveSvg, saveSvg)),
  );
}
