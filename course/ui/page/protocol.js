// What every page of ours and its kernel say to each other, whatever the page shows (see simulator/protocol.js).
export const PROTOCOL = {
  "page": {
    "language": ["language"],
    "asset": ["name"]
  },
  "kernel": {
    "asset": ["name"]
  }
};
