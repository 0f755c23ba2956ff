// The browsers of this machine: each opens the page that Vite built, and the page posts what it found.

import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { availableParallelism } from "node:os";
import { extname, join, normalize } from "node:path";
import { end, run, start } from "./run.mjs";

const LIMIT_MS = 120_000;

const PLACES = {
  Chromium: [
    process.env.NETWRIGHT_CHROMIUM ?? "",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ],
  Firefox: ["/usr/bin/firefox-esr", "/usr/bin/firefox"],
  WebKitGTK: [
    "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    "/usr/lib/x86_64-linux-gnu/webkitgtk-6.0/MiniBrowser",
  ],
};

const SCREEN = ["xvfb-run", "--auto-servernum"];

/** How each tells its version, and how it is started with a profile of its own, without a screen. */
const COMMANDS = {
  Chromium: (path, profile) => ({
    version: [path, "--no-sandbox", "--version"],
    command: [path, "--headless", "--no-sandbox", "--disable-gpu", `--user-data-dir=${profile}`],
  }),
  Firefox: (path, profile) => ({
    version: [path, "--version"],
    command: [path, "--headless", "--no-remote", "--profile", profile],
  }),
  WebKitGTK: (path, profile) => ({
    version: [...SCREEN, path, "--version"],
    command: [...SCREEN, path, "--private"],
    // It lets pages share memory only when it is asked to.
    env: { JSC_useSharedArrayBuffer: "1", XDG_DATA_HOME: profile, XDG_CACHE_HOME: profile },
  }),
};

/** Debian's packages, for who reads that one is skipped. */
const PACKAGES = { Chromium: "chromium", Firefox: "firefox-esr", WebKitGTK: "webkit2gtk-driver" };

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

/** With these, pages may share memory with their workers. */
const ISOLATION = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/** `site` is what Vite has written. */
export async function checkBrowsers(folder, site, report) {
  for (const [name, places] of Object.entries(PLACES)) {
    const path = places.find((place) => place !== "" && existsSync(place));
    if (path === undefined) {
      report.skip(name, `it is not here; Debian has it in ${PACKAGES[name]}`);
      continue;
    }
    if (name === "WebKitGTK" && !existsSync("/usr/bin/xvfb-run")) {
      report.skip(name, "it needs a screen; Debian has one without hardware in xvfb and xauth");
      continue;
    }
    const profile = join(folder, name);
    mkdirSync(profile);
    const { version, ...how } = COMMANDS[name](path, profile);
    const { stdout } = await run(version[0], version.slice(1));
    const title = `${name} ${/[\d.]+/.exec(stdout)?.[0] ?? ""}`;
    const { results, failure } = await visit(how, site);
    if (failure !== null || results.length < 2) report.fail(`${title}, built by Vite`, String(failure));
    else report.pass(`${title}, built by Vite`);
    for (const result of results) report.row(title, result);
    const threads = results.map((one) => one.threads).join(" and ");
    const wanted = `1 and ${Math.min(2, availableParallelism())}`;
    if (failure === null && threads !== wanted)
      report.fail(`${title}: ${wanted} threads`, `it had ${threads}`);
  }
}

/** Gives what the page posted, or a failure that says what the browser printed. */
async function visit({ command, env = {} }, site) {
  const { server, url, posted } = await serve(site);
  const [first, ...args] = [...command, url];
  const child = start(first, args, { env });
  let told = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (told += chunk));
  const nothing = (why) => ({ results: [], failure: `${why}\n${told.slice(-2000)}` });
  let timer;
  const outcome = await Promise.race([
    posted,
    new Promise((resolve) => child.on("error", (error) => resolve(nothing(error.message)))),
    new Promise((resolve) => child.on("close", () => resolve(nothing("it ended before the page was done")))),
    new Promise((resolve) => (timer = setTimeout(() => resolve(nothing("the page did not end")), LIMIT_MS))),
  ]);
  clearTimeout(timer);
  end(child, "SIGKILL");
  server.closeAllConnections();
  server.close();
  return outcome;
}

async function serve(site) {
  let post = () => {};
  const posted = new Promise((resolve) => (post = resolve));
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (pathname === "/result") {
      let body = "";
      for await (const chunk of request) body += chunk;
      response.end();
      return post(JSON.parse(body));
    }
    const file = join(site, normalize(pathname === "/" ? "/index.html" : pathname));
    if (!existsSync(file)) return response.writeHead(404).end();
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { ...ISOLATION, "content-type": type }).end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${server.address().port}/`, posted };
}
