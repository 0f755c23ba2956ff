// `netwright setup native`: a working tfjs-node in the user's cache folder. Every step looks first whether it
// is done, so a setup that was interrupted goes on where it stopped, and one that is complete does nothing.

import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { YOURS_ALONE } from "@netwright/runtime/node";
import { cacheFolder, type Environment, packageFolder as packageIn } from "../library/cache-folder.ts";
import { findLibrary, isBuilt } from "../library/find-library.ts";
import { buildAddon, tryAddon } from "./addon.ts";
import { installPackage, runInstallScript } from "./package-steps.ts";
import { findTools, missingOf, type Tool, type Tools } from "./tools.ts";
import { downloadWheel, extractWheel, isExtracted, removeWheel } from "./wheel.ts";

export interface SetupOptions {
  readonly env: Environment;
  /** Called with a line for the user when something begins or is found. */
  readonly say: (line: string) => void;
}

export type SetupResult =
  | {
      readonly ok: true;
      readonly folder: string;
      /** Of TensorFlow. */
      readonly version: string;
      /** Nothing had to be done. */
      readonly wasReady: boolean;
    }
  /** Sentences: what is wrong and what to do. */
  | { readonly ok: false; readonly problems: readonly string[] };

export async function setupNative({ env, say }: SetupOptions): Promise<SetupResult> {
  const found = findLibrary(env);
  if (found.state === "foreign") return failure(`${found.reason}.`, YOURS_ALONE);
  if (found.state === "built") {
    const tried = await tryAddon(found.folder);
    if ("version" in tried) return { ok: true, folder: found.folder, version: tried.version, wasReady: true };
    say(`The library in ${found.folder} does not work: ${tried.reason}`);
    if (found.folder !== packageIn(cacheFolder(env))) {
      return failure(`Remove the @tensorflow/tfjs-node in ${found.folder}, then set up again.`);
    }
    await rm(cacheFolder(env), { recursive: true, force: true });
  }
  const folder = cacheFolder(env);
  const tools = await findTools(folder, env);
  account(tools, say);
  const lacking = missingOf(tools.always);
  if (lacking.length > 0) return failure(...lacking.map(sentence));
  return install(folder, tools, say);
}

/** Removes what `setupNative` has made; gives the folder, and whether there was one. */
export async function removeNative(env: Environment): Promise<{ folder: string; existed: boolean }> {
  const folder = cacheFolder(env);
  const existed = existsSync(folder);
  await rm(folder, { recursive: true, force: true });
  return { folder, existed };
}

async function install(folder: string, tools: Tools, say: SetupOptions["say"]): Promise<SetupResult> {
  const target = packageIn(folder);
  say("1/5 Installing the npm package @tensorflow/tfjs-node without its install script");
  const installed = await installPackage(folder, target);
  if (installed !== undefined) return failure(installed, "Check the network and run the command again.");

  if (!isExtracted(target)) {
    say("2/5 Running its install script, which downloads TensorFlow");
    const refused = await runInstallScript(target);
    if (refused === undefined && isBuilt(target)) return finish(folder, target);
    say(`    It could not: ${refused ?? "it ended without an addon"}`);
  }
  const { python, compiler } = tools;
  const lacking = missingOf(tools.build);
  if (lacking.length > 0 || python === undefined || compiler === undefined) {
    return failure(
      "TensorFlow could not be downloaded from where tfjs-node has it, and building it from tensorflow-cpu needs more.",
      ...lacking.map(sentence),
    );
  }
  say("3/5 Downloading tensorflow-cpu with pip (274 MB) and checking its hash");
  const downloaded = isExtracted(target) ? undefined : await downloadWheel(folder, python);
  if (downloaded !== undefined) return failure(downloaded, "Check the network and run the command again.");
  say("4/5 Taking the library and its headers out of it (850 MB)");
  const extracted = await extractWheel(folder, target, python);
  if (extracted !== undefined) return failure(extracted);
  say("5/5 Compiling the addon");
  const built = await buildAddon(folder, target, compiler);
  if (built !== undefined) return failure(built);
  return finish(folder, target);
}

async function finish(folder: string, target: string): Promise<SetupResult> {
  const tried = await tryAddon(target);
  if ("reason" in tried) {
    return failure(
      `the library in ${target} does not work on this machine: ${tried.reason}`,
      "Take another backend.",
    );
  }
  await removeWheel(folder);
  return { ok: true, folder: target, version: tried.version, wasReady: false };
}

/** What there is and what is missing, before anything starts. */
function account({ always, build }: Tools, say: SetupOptions["say"]): void {
  for (const { what, found } of always)
    say(`${found === undefined ? "missing" : "found"}  ${what}${told(found)}`);
  say("And in case that TensorFlow cannot be downloaded from where tfjs-node has it:");
  for (const { what, found } of build)
    say(`${found === undefined ? "missing" : "found"}  ${what}${told(found)}`);
}

function told(found: string | undefined): string {
  return found === undefined ? "" : ` (${found})`;
}

function sentence({ what, remedy }: Tool): string {
  return `Missing: ${what}. ${remedy}`;
}

function failure(...problems: readonly string[]): SetupResult {
  return { ok: false, problems };
}
