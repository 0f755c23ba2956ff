// A registry on this machine: verdaccio, on a free port of loopback, with its files in a temporary folder. What it does
// not have it takes from the registry that npm is set up for.

import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { end, npm, run, start } from "./run.mjs";

const VERDACCIO = "6.10.4";
/** The newest of the line that verdaccio means by a tag, which not every mirror has. */
const NODE_FETCH = "2.6.7";
const START_MS = 60_000;

/** `node` is one that verdaccio runs on, from 22 on. Gives its address, and the environment of its clients. */
export async function startRegistry(folder, node) {
  const home = join(folder, "verdaccio");
  mkdirSync(home);
  const dependencies = { verdaccio: VERDACCIO };
  const manifest = { private: true, dependencies, overrides: { "node-fetch": NODE_FETCH } };
  writeFileSync(join(home, "package.json"), JSON.stringify(manifest));
  const installed = await npm(home, ["install"]);
  if (installed.status !== 0) throw new Error(`verdaccio cannot be installed:\n${installed.text}`);
  const { stdout } = await run("npm", ["config", "get", "registry"], { cwd: home });
  writeFileSync(join(home, "config.yaml"), config(stdout.trim()));

  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const script = join(home, "node_modules/verdaccio/bin/verdaccio");
  const args = [script, "--config", join(home, "config.yaml"), "--listen", `127.0.0.1:${port}`];
  const child = start(node, args, { cwd: home });
  let told = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (told += chunk));
  for (const since = Date.now(); !(await answers(url)); ) {
    if (child.exitCode === null && Date.now() - since < START_MS) continue;
    end(child);
    throw new Error(`verdaccio does not start:\n${told}`);
  }
  // Every user may publish; npm wants a name for it all the same.
  const userconfig = join(folder, "npmrc");
  writeFileSync(userconfig, `registry=${url}\n//127.0.0.1:${port}/:_authToken=rehearsal\n`);
  /** For npm, Deno and Bun alike; with a cache of its own, as these versions are published anew each time. */
  const env = {
    npm_config_userconfig: userconfig,
    npm_config_registry: url,
    NPM_CONFIG_REGISTRY: url,
    npm_config_cache: join(folder, "npm-cache"),
    DENO_DIR: join(folder, "deno-cache"),
    BUN_INSTALL_CACHE_DIR: join(folder, "bun-cache"),
    BUN_CONFIG_REGISTRY: url,
    NO_PROXY: "127.0.0.1,localhost",
    no_proxy: "127.0.0.1,localhost",
  };
  return { url, env };
}

function config(uplink) {
  return `storage: ./storage
auth: { htpasswd: { file: ./htpasswd } }
uplinks: { npm: { url: ${JSON.stringify(uplink)}, timeout: 60s } }
packages:
  "netwright": { access: $all, publish: $all }
  "@netwright/*": { access: $all, publish: $all }
  "**": { access: $all, proxy: npm }
log: { type: stdout, format: pretty, level: warn }
web: { enable: false }
`;
}

async function answers(url) {
  await new Promise((resolve) => setTimeout(resolve, 200));
  return fetch(new URL("-/ping", url)).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
