// Building elements: element("button", { class: "x", onclick: f }, "text", child)
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "html") node.innerHTML = value;
    // where inline styles are forbidden this is not
    else if (name === "style") node.style.cssText = value;
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

// A text that is set anew has the page laid out anew, even if it is the same.
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

const formats = new Map();

export function rounded(number, digits, language) {
  const key = `${language} ${digits}`;
  if (!formats.has(key)) {
    const format = new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en-US", {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      useGrouping: true,
      signDisplay: "negative",
    });
    formats.set(key, format);
  }
  return formats.get(key).format(number).replace("-", "−");
}

export function decimals(step) {
  const text = String(step);
  return text.includes(".") ? text.split(".")[1].length : 0;
}

// "the *service* only", or **service** -> text with "service" as <em>; `code` as <code>; everything else stays text.
export function emphasised(text) {
  return text.split(/`([^`]+)`/).flatMap((part, index) => (index % 2 ? element("code", {}, part) : stressed(part)));
}

function stressed(text) {
  return text.split(/\*{1,2}([^*\s](?:[^*]*[^*\s])?)\*{1,2}/).map((part, index) => (index % 2 ? element("em", {}, part) : part));
}
