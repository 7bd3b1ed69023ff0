// A class's means in an address, behind #class=; course/ratings/averages.py writes the same.
import { named } from "./file.js";

const NAME = "class";
const DIGITS = 1e4;

// { service, people, means } -> a text for an address.
export function written({ service, people, means }) {
  const short = means.map((pair) => pair && pair.map((one) => Math.round(one * DIGITS) / DIGITS));
  const bytes = new TextEncoder().encode(JSON.stringify([service, people, short]));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// What the fragment of an address holds: { service, people, means }, null where it asks for nothing, undefined where that
// cannot be read.
export function linked(fragment, form) {
  const code = new URLSearchParams(fragment.slice(1)).get(NAME);
  if (code === null) return null;
  try {
    const bytes = Uint8Array.from(atob(code.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
    const [service, people, means] = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return whole({ service, people, means }, form);
  } catch {
    return undefined;
  }
}

// Means as they may be shown, undefined where they are none: they come from an address, from a browser's memory or a server.
export function whole(found, form) {
  const { service, people, means } = found ?? {};
  const inside = (one) => typeof one === "number" && one >= form.low && one <= form.high;
  const pair = (one) => one === null || (Array.isArray(one) && one.length === 2 && one.every(inside));
  const fits =
    typeof service === "string" &&
    Number.isInteger(people) &&
    people >= form.fewest &&
    people <= form.most &&
    Array.isArray(means) &&
    means.length === form.columns.length / 2 &&
    means.every(pair) &&
    means.some(Boolean);
  return fits ? { service: named(service, form), people, means } : undefined;
}

// The address of a dashboard that shows what stands in `code`, "" where `dashboard` is the address of no page.
export function addressOf(dashboard, code) {
  if (!URL.canParse(dashboard) || !/^(https?|file):/.test(dashboard)) return "";
  const address = new URL(dashboard);
  address.searchParams.set("tool", "gaps");
  address.hash = `${NAME}=${code}`;
  return address.href;
}
