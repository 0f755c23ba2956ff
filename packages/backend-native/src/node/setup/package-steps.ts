// The npm package of tfjs-node in a folder of its own, and its own install script.

import { existsSync, readdirSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeOwnFolder, runCommand } from "@netwright/runtime/node";
import { TFJS_NODE_VERSION } from "../library/cache-folder.ts";

const PACKAGES = [`@tensorflow/tfjs-node@${TFJS_NODE_VERSION}`, "node-api-headers@1"] as const;

/** Milliseconds without any progress after which a download is given up: some networks swallow packets. */
const PATIENCE = 45_000;

/** Without install scripts. @returns why it failed, or undefined */
export async function installPackage(folder: string, packageFolder: string): Promise<string | undefined> {
  const marker = join(folder, "node_modules", "node-api-headers", "package.json");
  if (existsSync(join(packageFolder, "package.json")) && existsSync(marker)) return undefined;
  makeOwnFolder(folder);
  // npm would otherwise look for a project in the folders above.
  await writeFile(join(folder, "package.json"), '{ "name": "netwright-native", "private": true }\n');
  const quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
  const result = await runCommand(
    "npm",
    ["install", "--prefix", folder, "--ignore-scripts", "--workspaces=false", ...quiet, ...PACKAGES],
    { cwd: folder },
  );
  return result.ok ? undefined : `npm could not install ${PACKAGES[0]}: ${result.reason}`;
}

/** Downloads what tfjs-node's authors have built. @returns why it failed, or undefined */
export async function runInstallScript(packageFolder: string): Promise<string | undefined> {
  let size = 0;
  const alive = (): boolean => {
    const now = sizeOf(join(packageFolder, "deps"));
    const grew = now !== size;
    size = now;
    return grew;
  };
  const { ok, reason } = await runCommand(process.execPath, [join("scripts", "install.js")], {
    cwd: packageFolder,
    // The script calls programs of packages beside it, as npm lets it.
    env: { ...process.env, PATH: `${join(packageFolder, "..", "..", ".bin")}:${process.env["PATH"] ?? ""}` },
    idleLimit: PATIENCE,
    alive,
  });
  return ok ? undefined : reason;
}

function sizeOf(path: string): number {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
