// Programs of the rehearsal: run to their end within a limit, in an environment that knows nothing of this workspace.

import { spawn } from "node:child_process";

const LIMIT_MS = 300_000;

/** Without what `npm run` tells its children, which an npm in another folder would heed. */
export const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) && name !== "NODE_OPTIONS"),
);

const running = new Set();

/** A process of a group of its own, so that it ends with its children. */
export function start(command, args, { cwd, env = {} } = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { ...environment, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  running.add(child);
  child.on("close", () => running.delete(child));
  return child;
}

/** Whatever still runs. */
export function endAll() {
  for (const child of running) end(child, "SIGKILL");
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, () => {
    endAll();
    process.exit(1);
  });
}

/** Gives exit code and output, whatever they are; `text` is all that was printed. */
export function run(command, args, { cwd, env = {}, limit = LIMIT_MS } = {}) {
  return new Promise((resolve) => {
    const child = start(command, args, { cwd, env });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    const timer = setTimeout(() => end(child, "SIGKILL"), limit);
    const finish = (status, more = "") => {
      clearTimeout(timer);
      resolve({ status, stdout, stderr, text: `${stdout}${stderr}${more}` });
    };
    child.on("error", (error) => finish(null, error.message));
    child.on("close", (status, signal) => finish(status, signal === null ? "" : `ended by ${signal}\n`));
  });
}

/** A process that was started here, with its children. */
export function end(child, signal = "SIGTERM") {
  try {
    process.kill(-child.pid, signal);
  } catch {}
}

/** `npm` in a folder. */
export function npm(cwd, args, env) {
  return run("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], { cwd, env });
}
