// What page and kernel say to each other about a survey, under "do" (see simulator/protocol.js).
export const PROTOCOL = {
  "page": {
    "begin": ["turn", "name", "size"],
    "piece": ["turn", "at"],
    "example": [],
    "cancel": [],
    "remove": [],
    "map": ["uses", "scale", "answers", "leave_out", "settings"],
    "analyse": ["uses", "scale", "answers", "leave_out", "settings"],
    "state": [],
    "template": ["format"],
    "report": [],
    "word": [],
    "slides": [],
    "tables": [],
    "workbook": []
  },
  "kernel": {
    "want": ["turn", "at"],
    "progress": ["stage", "share"],
    "survey": [
      "new", "name", "rows", "notes", "columns", "roles", "dimensions",
      "uses", "low", "high", "checks", "plan_notes", "questions", "settings"
    ],
    "plan": ["uses", "low", "high", "checks", "plan_notes", "questions", "settings"],
    "result": ["new", "name", "said", "sections"],
    "file": ["name", "type"],
    "problem": ["message", "column"],
    "nothing": []
  }
};
