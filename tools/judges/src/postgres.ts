// A PostgreSQL server of a judge's own, in a folder that goes when it is done: reached by a socket there, and by nobody else.

import { spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** `nobody`: PostgreSQL does not run as root. */
const NOBODY = 65534;

/** What is given, where it runs; else why there is none. */
export function withPostgres<T>(
  use: (environment: Readonly<Record<string, string>>) => T,
): T | { readonly reason: string } {
  const folder = mkdtempSync(join(tmpdir(), "netwright-pg-"));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const data = join(folder, "data");
  const run = (program: string, ...words: readonly string[]) =>
    spawnSync(program, words, { cwd: folder, stdio: ["ignore", "ignore", "ignore"], ...user });
  try {
    const made = run("initdb", "-D", data, "-U", "judge", "--auth=trust", "-E", "UTF8");
    if (made.status !== 0) return { reason: "there is no initdb on the path that makes a database" };
    const options = `-k ${folder} -c listen_addresses= -c fsync=off`;
    const started = run("pg_ctl", "-D", data, "-w", "-l", join(folder, "log"), "-o", options, "start");
    if (started.status !== 0) return { reason: "PostgreSQL does not start" };
    return use({ PGHOST: folder, PGUSER: "judge" });
  } finally {
    run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop");
    rmSync(folder, { recursive: true, force: true });
  }
}
