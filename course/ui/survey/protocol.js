// What page and kernel say to each other about a survey, under "do" (see simulator/protocol.js).
export const PROTOCOL = {
  "page": {
    "begin": ["turn", "name", "size"],
    "piece": ["turn", "at"],
    "example": [],
    "cancel": [],
    "remove": [],
    "map": ["uses", "scale", "answers", "leave_out"],
    "analyse": ["uses", "scale", "answers", "leave_out"],
    "state": [],
    "template": ["format"],
    "report": [],
    "word": [],
    "slides": [],
    "tables": []
  },
  "kernel": {
    "want": ["turn", "at"],
    "progress": ["stage", "share"],
    "survey": [
      "new", "name", "rows", "notes", "columns", "roles", "dimensions",
      "uses", "low", "high", "checks", "plan_notes", "questions"
    ],
    "plan": ["uses", "low", "high", "checks", "plan_notes", "questions"],
    "result": ["new", "name", "said", "sections"],
    "file": ["name", "type"],
    "problem": ["message", "column"],
    "nothing": []
  }
};
