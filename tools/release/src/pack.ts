// Tarballs of staged packages, as `npm publish` would send them.

import { execFileSync } from "node:child_process";
import type { StagedPackage } from "./stage/stage.ts";

/** Writes `<out>/netwright-ir-0.1.0.tgz` and so on. */
export function packAll(staged: readonly StagedPackage[], out: string): void {
  const folders = staged.map(({ folder }) => folder);
  const quiet = ["--silent", "--ignore-scripts", "--workspaces=false"];
  execFileSync("npm", ["pack", ...folders, "--pack-destination", out, ...quiet], { cwd: out, stdio: "pipe" });
}
