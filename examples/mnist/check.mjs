// Writes the table and trains the example on it; fails where it does not reach what it expects. A check of the repository.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const out = mkdtempSync(join(tmpdir(), "netwright-mnist-"));
const steps = [
  [here("digits.mjs")],
  [here("../../apps/netwright/dist/main.js"), "train", here("mnist.net"), "--out", out],
];
const failed = steps.find((step) => spawnSync(process.execPath, step, { stdio: "inherit" }).status !== 0);
rmSync(out, { recursive: true, force: true });
process.exitCode = failed === undefined ? 0 : 1;
