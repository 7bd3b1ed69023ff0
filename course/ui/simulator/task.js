// A teacher's task as a text for an address, where all of it stands: where it starts, what is left to be moved, a goal, a
// question. No page and no kernel.
//
// Version, check, and JSON in base64url: { m: module, p: situation, v: values that differ from it, s: seed, f: fixed levers,
// h: hidden ones, k: further situations, g: goal, q: question by language }. “seed” may be fixed or hidden as a lever is.
import { read } from "../journey/touchpoints.js";

const VERSION = "1";
const CHECK_LENGTH = 7;
const LONGEST_GOAL = 1e12;
export const LONGEST_QUESTION = 300;
export const LONGEST_CODE = 1_800;
export const SEED = "seed";
export const SIGNS = [">=", "<="];
// the situation that a task starts with
export const START = "task";
// Signs that nobody sees, or that turn a text around; line breaks are among them.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

// What is wrong with a text that should hold a task: `why` is "damaged", "newer", "module" or "unknown"; `what` tells more.
export class TaskError extends Error {
  constructor(why, what = "") {
    super(`${why} ${what}`);
    this.why = why;
    this.what = what;
  }
}

// FNV-1a, 32 bits: finds a code that was cut off or mistyped.
function check(text) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36).padStart(CHECK_LENGTH, "0");
}

export const cleanText = (text) => text.replace(UNSEEN, " ").replace(/\s+/g, " ").trim();

function packed(fields) {
  const bytes = new TextEncoder().encode(JSON.stringify(fields));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function unpacked(text) {
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
}

// A situation's values of all levers.
export function wholeValues({ parameters }, preset) {
  return { ...Object.fromEntries(parameters.map(({ name, start }) => [name, start])), ...preset?.values };
}

// `task`: { preset, values, seed, fixed, hidden, presets, goal: { metric, sign, bound } or null, question: { en, zh } }
export function writeTask(content, task) {
  const own = wholeValues(content, content.presets.find(({ key }) => key === task.preset));
  const values = Object.fromEntries(Object.entries(task.values).filter(([name, value]) => value !== own[name]));
  const question = Object.fromEntries(Object.entries(task.question).map(([tag, text]) => [tag, cleanText(text)]).filter(([, text]) => text));
  const { fixed: f, hidden: h, presets: k, goal } = task;
  const fields = { m: content.module, p: task.preset, v: values, s: task.seed, f, h, k, g: goal && [goal.metric, goal.sign, goal.bound], q: question };
  const full = (one) => one && (typeof one !== "object" || Object.keys(one).length > 0);
  const text = packed(Object.fromEntries(Object.entries(fields).filter(([name, one]) => name === "s" || full(one))));
  return VERSION + check(text) + text;
}

// The task of a code, as `writeTask` takes it. Throws `TaskError`.
export function readTask(content, code) {
  if (code.length > LONGEST_CODE) throw new TaskError("damaged");
  const text = code.slice(1 + CHECK_LENGTH);
  if (check(text) !== code.slice(1, 1 + CHECK_LENGTH)) throw new TaskError("damaged");
  if (code[0] !== VERSION) throw new TaskError(/^[2-9]$/.test(code[0]) ? "newer" : "damaged");
  let fields = null;
  try {
    fields = unpacked(text);
  } catch {
    throw new TaskError("damaged");
  }
  if (typeof fields?.m !== "string") throw new TaskError("damaged");
  if (fields.m !== content.module) throw new TaskError("module", fields.m.slice(0, 20));
  return {
    preset: among(content.presets.map(({ key }) => key), fields.p),
    values: readValues(content, fields),
    seed: readSeed(content, fields.s),
    ...readRests(content, fields),
    presets: list(fields.k, content.presets.map(({ key }) => key)),
    goal: readGoal(content, fields.g),
    question: readQuestion(content, fields.q),
  };
}

function unknown(what) {
  throw new TaskError("unknown", String(typeof what === "object" ? JSON.stringify(what) : what).slice(0, 40));
}

const among = (known, one) => (known.includes(one) ? one : unknown(one));

function list(found, known) {
  if (found === undefined) return [];
  if (!Array.isArray(found) || new Set(found).size < found.length) unknown(found);
  return found.map((one) => among(known, one));
}

function readValues(content, { p, v = {} }) {
  if (typeof v !== "object" || v === null) unknown(v);
  for (const [name, value] of Object.entries(v)) {
    const one = content.parameters.find((parameter) => parameter.name === name) ?? unknown(name);
    const fits = one.journey ? read(value, one.journey) !== null : Number.isFinite(value) && value >= one.low && value <= one.high;
    if (!fits) unknown(name);
  }
  return { ...wholeValues(content, content.presets.find(({ key }) => key === p)), ...v };
}

function readSeed({ largest_seed }, seed) {
  return Number.isInteger(seed) && seed >= 0 && seed <= largest_seed ? seed : unknown(seed);
}

function readRests({ parameters }, { f, h }) {
  const names = [...parameters.map(({ name }) => name), SEED];
  const [fixed, hidden] = [list(f, names), list(h, names)];
  for (const name of fixed) {
    // a journey cannot be shown without its editor
    if (hidden.includes(name) || parameters.some((one) => one.name === name && one.journey)) unknown(name);
  }
  return { fixed, hidden };
}

function readGoal({ metrics }, goal) {
  if (goal === undefined) return null;
  if (!Array.isArray(goal) || goal.length !== 3) unknown(goal);
  const [metric, sign, bound] = goal;
  among(metrics.map(({ key }) => key), metric);
  among(SIGNS, sign);
  return Math.abs(bound) <= LONGEST_GOAL && Number.isFinite(bound) ? { metric, sign, bound } : unknown(bound);
}

function readQuestion({ language_names }, question = {}) {
  if (typeof question !== "object" || question === null) unknown(question);
  const sound = (text) => typeof text === "string" && [...text].length <= LONGEST_QUESTION;
  const entries = Object.entries(question);
  for (const [tag, text] of entries) if (!Object.hasOwn(language_names, tag) || !sound(text)) unknown(tag);
  return Object.fromEntries(entries.map(([tag, text]) => [tag, cleanText(text)]).filter(([, text]) => text));
}

// Situations that leave what is fixed or hidden as the task has it.
export function fitting(content, { values, fixed, hidden }) {
  const held = [...fixed, ...hidden].filter((name) => name !== SEED);
  return content.presets.filter((preset) => {
    const own = wholeValues(content, preset);
    return held.every((name) => own[name] === values[name]);
  });
}

// Whether a run's figures meet a goal; null where it is not known yet, because a run is being played.
export function meets({ metric, sign, bound }, metrics) {
  const found = metrics[metric];
  if (!Number.isFinite(found)) return null;
  return sign === ">=" ? found >= bound : found <= bound;
}
