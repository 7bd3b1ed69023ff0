// What a learner takes away of a journey, and brings back: a picture, a table, and the table again.
import { amount } from "../page/amounts.js";
import { decimals, element, fill } from "../page/dom.js";
import { download } from "../page/page.js";
import { showMetric } from "../simulator/bet.js";
import { journeySvg, pngOf } from "./picture.js";
import { journeyCsv, readCsv } from "./sheet.js";
import { nameOf } from "./touchpoints.js";

// bytes; a journey has a few hundred
const LARGEST = 100_000;

// What the picture shows of the touchpoints `list` and the run that came of them.
export function pictured(content, journey, list, run) {
  const { language } = content;
  const percent = (number) => amount(number, decimals(number), "%", language);
  const metric = (key) => content.metrics.find((one) => one.key === key);
  const of = (one) => `${one.label}${language === "zh" ? "：" : ": "}${showMetric(one, run.metrics[one.key], language)}`;
  const curve = run.rows.curve;
  return {
    title: fill(journey.words.picture_of, { title: content.title, count: list.length }),
    axis: journey.words.feeling,
    most: journey.feeling.high,
    stops: list.map((one) => ({ name: nameOf(one, journey), reliability: percent(one.reliability) })),
    lines: [
      { name: journey.words.as_meant, values: list.map(({ feeling }) => feeling), met: false },
      { name: journey.words.as_met, values: curve.filter(({ line }) => line === "met").map(({ felt }) => felt), met: true },
    ],
    levels: journey.levels.map((key) => ({ name: of(metric(key)), value: run.metrics[key] })),
    figures: content.metrics.map(of),
  };
}

// `now()` returns { list, run }, `brought(list)` gets what a file holds, `told(text)` says what came of it.
export function takeaways(content, journey, now, brought, told) {
  const { words } = journey;
  const stem = `${content.module}-${words.file}`;
  const svg = () => {
    const { list, run } = now();
    return journeySvg(pictured(content, journey, list, run));
  };
  const button = (key, label, act) => element("button", { type: "button", "data-do": `journey-${key}`, onclick: act }, label);
  const box = element("input", { type: "file", accept: ".csv,text/csv", hidden: true, "aria-label": words.bring, onchange: bring });

  async function bring() {
    const [file] = box.files;
    box.value = "";
    if (!file) return;
    if (file.size > LARGEST) return told(words.bring_large);
    const { list, line, problem } = readCsv(await file.text(), journey);
    if (list) return brought(list);
    const { most, reliability, feeling } = journey;
    told(fill(words[`bring_${problem}`], { line, most, low: problem === "feeling" ? feeling.low : reliability.low, high: problem === "feeling" ? feeling.high : reliability.high }));
  }

  return element(
    "div",
    { class: "course-buttons course-journey-take" },
    button("png", words.png, async () => download(`${stem}.png`, await pngOf(svg()), "image/png")),
    button("svg", words.svg, () => download(`${stem}.svg`, svg(), "image/svg+xml;charset=utf-8")),
    button("csv", words.csv, () => download(`${stem}.csv`, journeyCsv(now().list, journey), "text/csv;charset=utf-8")),
    button("bring", words.bring, () => box.click()),
    box,
  );
}
