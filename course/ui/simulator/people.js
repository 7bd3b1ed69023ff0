// Some guests of the run, each a figure that can be opened and read: what they expected, what they got, how it felt.
import { element, fill, say } from "../page/dom.js";

// Of the kinds of guests, in the order of their words: shape and colour.
const LOOKS = [["▼", "below"], ["●", "within"], ["▲", "above"], ["◆", "unnoticed"]];

// `ask()` has the kernel pick them. Returns { node, show(people), stale() }; `node` is null where a simulation has no people.
export function peoplePanel(content, ask) {
  const { words, people } = content;
  const kinds = Object.keys(people);
  if (!kinds.length) return { node: null, show: () => {}, stale: () => {} };
  const row = element("div", { class: "course-people", role: "group", "aria-label": words.people });
  const told = element("p", { class: "course-person", role: "status" });
  const key = element("p", { class: "quiet" }, kinds.map((kind, at) => element("span", { class: `course-look-${LOOKS[at][1]}` }, `${LOOKS[at][0]} ${people[kind]} `)));
  const node = element(
    "details",
    { class: "course-people-view", ontoggle: () => node.open && ask() },
    element("summary", {}, words.people),
    key,
    row,
    told,
  );
  let guests = [];
  let chosen = 0;

  function choose(at) {
    chosen = at;
    [...row.children].forEach((button, other) => {
      button.setAttribute("aria-pressed", String(other === at));
      button.tabIndex = other === at ? 0 : -1;
    });
    say(told, guests[at] ? fill(words.guest_reads, { number: at + 1, text: guests[at].text }) : "");
  }

  function walk(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    choose((chosen + step + guests.length) % guests.length);
    row.children[chosen].focus();
  }

  function figure({ kind }, at) {
    const [shape, colour] = LOOKS[kinds.indexOf(kind)];
    const name = fill(words.guest_reads, { number: at + 1, text: people[kind] });
    return element("button", { type: "button", class: `course-look-${colour}`, "aria-label": name, title: name, onclick: () => choose(at) }, shape);
  }

  row.addEventListener("keydown", walk);
  return {
    node,
    // there is another run
    stale: () => node.open && ask(),
    show(found) {
      guests = found;
      const had = row.contains(document.activeElement);
      row.replaceChildren(...guests.map(figure));
      choose(Math.min(chosen, guests.length - 1));
      if (had) row.children[chosen].focus();
    },
  };
}
