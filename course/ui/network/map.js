// The people as shapes: what they hold by shape and colour, whether they tell it on by its filling, and the lines it came along.

const SVG = "http://www.w3.org/2000/svg";
// in the order of a network's stories: against, not heard, for, forgiven; the colours are those of people.js
const SHAPES = ["M-2 -1.5H2L0 2Z", "M-0.9 0a0.9 0.9 0 1 0 1.8 0a0.9 0.9 0 1 0 -1.8 0Z", "M-2 1.5H2L0 -2Z", "M0 -2.1L2.1 0L0 2.1L-2.1 0Z"];
const COLOURS = ["below", "within", "above", "unnoticed"];

function drawn(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

const look = (at, tells) => `course-look-${COLOURS[at]} course-story${tells ? " course-telling" : ""}`;

// A shape by itself, for the key. `at`: the place of the story among all.
export function sign(at, tells) {
  const node = drawn("svg", { viewBox: "-3 -3 6 6", class: "course-sign", "aria-hidden": "true" });
  node.append(drawn("path", { d: SHAPES[at], class: look(at, tells) }));
  return node;
}

const line = (from, to) => `M${from.x.toFixed(2)} ${from.y.toFixed(2)}L${to.x.toFixed(2)} ${to.y.toFixed(2)}`;

// `keys`: the stories in order. Returns { node, show(people, now, chosen, known), at(event) }, where `at` is the place of a
// pointer in the map's own measures.
export function networkMap({ width, height }, keys) {
  const node = drawn("svg", { viewBox: `0 0 ${width} ${height}`, class: "course-map-drawing", "aria-hidden": "true" });
  const paths = keys.map((_, at) => [false, true].map((fresh) => drawn("path", { class: `course-way course-look-${COLOURS[at]}${fresh ? " course-fresh" : ""}` })));
  const ties = drawn("path", { class: "course-ties" });
  const ring = drawn("circle", { r: 3.1, class: "course-ring" });
  const crowd = drawn("g", {});
  node.append(ties, ...paths.flat(), crowd, ring);
  let shown = [];

  function stand(people) {
    shown = people.map(() => "");
    crowd.replaceChildren(...people.map((_, at) => drawn("path", { "data-person": at })));
  }

  function dress(person, one, at) {
    const { story, tells, fresh } = person;
    const key = `${story} ${tells} ${fresh} ${one.x} ${one.y}`;
    if (shown[at] === key) return;
    shown[at] = key;
    const kind = keys.indexOf(story);
    const mark = crowd.children[at];
    mark.setAttribute("d", SHAPES[kind]);
    mark.setAttribute("class", `${look(kind, tells)}${fresh ? " course-fresh" : ""}`);
    mark.setAttribute("transform", `translate(${one.x.toFixed(2)} ${one.y.toFixed(2)})`);
    mark.dataset.story = story;
    mark.dataset.tells = tells;
  }

  return {
    node,
    // `chosen`: who is read, or null, and `known` whom they know
    show(people, now, chosen, known) {
      if (shown.length !== people.length) stand(people);
      now.people.forEach((person, at) => dress(person, people[at], at));
      keys.forEach((story, at) =>
        paths[at].forEach((path, fresh) => {
          const lines = now.lines.filter((one) => one.story === story && one.fresh === Boolean(fresh));
          path.setAttribute("d", lines.map((one) => line(people[one.from], people[one.to])).join(""));
        }),
      );
      ring.style.display = chosen === null ? "none" : "";
      ties.setAttribute("d", chosen === null ? "" : known.map((other) => line(people[chosen], people[other])).join(""));
      if (chosen === null) return;
      ring.setAttribute("cx", people[chosen].x);
      ring.setAttribute("cy", people[chosen].y);
    },
    at(event) {
      const box = node.getBoundingClientRect();
      const scale = Math.min(box.width / width, box.height / height);
      const [left, top] = [(box.width - scale * width) / 2, (box.height - scale * height) / 2];
      return [(event.clientX - box.left - left) / scale, (event.clientY - box.top - top) / scale];
    },
  };
}
