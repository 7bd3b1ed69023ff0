// Building elements: element("button", { class: "x", onclick: f }, "text", child)
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "html") node.innerHTML = value;
    else if (name in node && ["value", "checked", "disabled", "hidden", "open"].includes(name)) node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

let lastId = 0;

// An id that is new in this page, for label/for and aria-describedby.
export function freshId(stem) {
  lastId += 1;
  return `course-${stem}-${lastId}`;
}

// "{a} of {b}" with { a: 1, b: 2 } -> "1 of 2"
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

export function rounded(number, digits, language) {
  const shown = new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: Math.abs(number) >= 10000,
    signDisplay: "negative",
  }).format(number);
  return shown.replace("-", "−");
}

export function decimals(step) {
  const text = String(step);
  return text.includes(".") ? text.split(".")[1].length : 0;
}

// "the *service* only", or **service** -> text with "service" as <em>; everything else stays text.
export function emphasised(text) {
  return text.split(/\*{1,2}([^*\s](?:[^*]*[^*\s])?)\*{1,2}/).map((part, index) => (index % 2 ? element("em", {}, part) : part));
}
