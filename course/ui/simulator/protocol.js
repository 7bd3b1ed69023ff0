// What page and kernel say to each other about a simulation. The kernel reads this file too (protocol.py), so what stands
// between the outer braces is JSON: each kind of message with its fields; one with ? may be left out.
export const PROTOCOL = {
  "page": {
    "run": ["number", "values", "seed", "decisions?"],
    "set": ["values", "seed", "decisions?"],
    "foresee": ["number", "values", "seed"],
    "open": ["number", "code?", "preset?"],
    "study": [],
    "study_cancel": [],
    "why": ["number", "values", "seed", "before", "before_seed"],
    "people": ["number", "values", "seed", "decisions?"],
    "strategies": ["kept"],
    "debrief": ["number", "values", "seed", "decisions?"],
    "qr": ["text"]
  },
  "kernel": {
    "result": ["number", "values", "seed", "period", "decisions", "metrics", "asides", "tell", "titles", "goals", "code", "idle", "tables", "milliseconds", "asked?"],
    "problem": ["number", "message", "of?"],
    "study": ["done", "all", "metrics?", "draws?", "sentences?", "tables?"],
    "why": ["number", "before", "after", "alone", "together"],
    "people": ["number", "people"],
    "strategies": ["runs", "tables"],
    "debrief": ["number", "rows", "text"],
    "qr": ["text", "svg"]
  }
};
