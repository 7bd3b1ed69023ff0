// A hub serves all its users from one origin, and a browser in a computer room serves them all: what it remembers is kept apart
// by the user in the page's address. A session on Binder makes up a user of its own, so there it is the browser's, as elsewhere.
// `home.js`, `explore.js` and `start.js` of `server/` run before any module and say the same; a test compares them.
export function whose({ host, pathname }) {
  const [base] = pathname.split(/\/(?:course|lab|tree|notebooks|voila)(?:\/|$)/);
  const user = /\/user\/([^/]+)/.exec(base)?.[1];
  return user && !/binder/i.test(host + base) ? `@${user}/` : "";
}
