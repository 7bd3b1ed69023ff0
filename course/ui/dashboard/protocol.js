// What the instructor's page asks of its kernel, which answers with new content (see simulator/protocol.js).
export const PROTOCOL = {
  "page": {
    "assignment": ["id"],
    "again": []
  },
  "kernel": {}
};
