// Containers that share a disk and the name of the machine: each has process numbers of its own, so that the writer of one is
// not taken for gone by a reader in another.

import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "@jest/globals";
import { ownerMark, thisProcess } from "../../src/node/machine.ts";

const root = await mkdtemp(join(tmpdir(), "netwright-namespaces-"));
afterAll(() => rm(root, { recursive: true, force: true }));

const MACHINE = fileURLToPath(new URL("../../src/node/machine.ts", import.meta.url));
const ESBUILD = fileURLToPath(new URL("../../../../node_modules/.bin/esbuild", import.meta.url));

/** What a process says of itself that has a space of process numbers of its own; null where the system does not allow it. */
async function markInside(more: readonly string[]): Promise<string | null> {
  const script = join(root, "mark.mjs");
  await writeFile(
    join(root, "mark.ts"),
    `import { ownerMark, thisProcess } from ${JSON.stringify(MACHINE)}; console.log(ownerMark(thisProcess()))`,
  );
  const how = ["--bundle", "--platform=node", "--format=esm", "--log-level=error", `--outfile=${script}`];
  execFileSync(ESBUILD, [join(root, "mark.ts"), ...how]);
  const argv = ["--user", "--map-root-user", "--pid", "--fork", ...more, process.execPath, script];
  const child = spawn("unshare", argv, { stdio: ["ignore", "pipe", "ignore"] });
  let told = "";
  child.stdout.on("data", (data) => {
    told += String(data);
  });
  const code = await new Promise((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
  return code === 0 ? told.trim() : null;
}

test.each([[[]], [["--mount-proc"]]])(
  "a process in another space of numbers has another mark: %j",
  async (more) => {
    const inside = await markInside(more);
    // Not every system has such spaces, or lets anybody make one.
    if (inside === null) return;
    const own = ownerMark(thisProcess());
    const machineOf = (mark: string) => mark.slice(mark.indexOf(".") + 1).slice(0, 6);
    expect(machineOf(inside)).not.toBe(machineOf(own));
    expect(ownerMark(thisProcess())).toBe(own);
  },
);
