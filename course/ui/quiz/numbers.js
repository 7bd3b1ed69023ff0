// What a learner means who answers with a number in words of their own: "55 分", "36 %", "−4,500", "０．３６".

// -> { value, percent } or null. A unit may follow the number; one in front of it (¥, $) as well.
export function readNumber(text) {
  const plain = text
    .normalize("NFKC")
    .replace(/[−–—]/g, "-")
    .replace(/[\s_'’]/g, "")
    .replace(/(?<=\d)。(?=\d)/g, ".")
    .replace(/。$/, "");
  const parts = /^[^\d+.,-]{0,6}([+-]?(?:\d[\d,]*\.?\d*|\.\d+))([^\d]{0,24})$/.exec(plain);
  if (!parts) return null;
  const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(parts[1]);
  const digits = grouped ? parts[1].replaceAll(",", "") : parts[1].replace(",", ".");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits)) return null;
  return { value: Number(digits), percent: parts[2].startsWith("%") };
}

// The values that an answer may stand for in `unit`, the most literal first: 36 and 0.36 where percent are asked for.
export function meanings(text, unit) {
  const read = readNumber(text);
  if (read === null) return [];
  const { value, percent } = read;
  const inPercent = unit.normalize("NFKC").includes("%");
  if (percent && !inPercent) return [value / 100, value];
  if (!percent && inPercent && Math.abs(value) <= 1) return [value, value * 100];
  return [value];
}
