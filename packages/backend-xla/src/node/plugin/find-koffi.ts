// Where koffi is: installed in the usual way beside this package, or where `netwright setup xla` has put it. Nothing is loaded.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { unusable } from "../../error.ts";
import { type Environment, holdYours, koffiFolder } from "./find-plugin.ts";

/** The version whose functions this package is written for. */
export const KOFFI_VERSION = "3.3.4";

/** Its folder. @throws BackendError where there is none of that version, or others may have put it there */
export function findKoffi(env: Environment, beside: string | null = besideThis()): string {
  const installed = join(koffiFolder(env), "node_modules", "koffi");
  const others: string[] = [];
  for (const folder of [beside, installed]) {
    if (folder === null || !existsSync(join(folder, "package.json"))) continue;
    if (folder === installed) holdYours(env, join(folder, "package.json"));
    const version = versionIn(folder);
    if (version === KOFFI_VERSION) return folder;
    others.push(`; ${folder} has version ${version}`);
  }
  throw unusable(
    `koffi ${KOFFI_VERSION}, which calls the plugin, is not installed beside Netwright${others.join("")}`,
    `Run \`npm install koffi@${KOFFI_VERSION}\` where Netwright is installed, or \`netwright setup xla\`.`,
  );
}

function besideThis(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve("koffi"));
  } catch {
    return null;
  }
}

function versionIn(folder: string): string {
  const parsed: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return String(typeof parsed === "object" && parsed !== null && "version" in parsed ? parsed.version : "?");
}
