// `netwright setup xla`: koffi and a plugin for this user, in the cache folder. A plugin that the user names is linked there;
// without one the CPU plugin is taken out of its wheel, on the systems for which there is one.

import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { BackendError } from "@netwright/runtime";
import { downloadWheel, makeOwnFolder, runCommand, runPython, usesGlibc } from "@netwright/runtime/node";
import { keepLoaded, loadNative } from "../pjrt/native.ts";
import { KOFFI_VERSION } from "../plugin/find-koffi.ts";
import {
  cacheFolder,
  type Environment,
  holdYours,
  koffiFolder,
  librariesIn,
  PLUGIN_VARIABLE,
  pluginFolder,
} from "../plugin/find-plugin.ts";
import { createXlaBackend } from "../xla-backend.ts";
import { ACCELERATORS } from "./accelerators.ts";
import { BY_HAND, libraryIn, WHEEL } from "./cpu-wheel.ts";
import { isCurrent, linkPlugin, writePlugin } from "./installed-plugin.ts";

export interface XlaSetupOptions {
  readonly env: Environment;
  /** Called with a line for the user when something begins or is found. */
  readonly say: (line: string) => void;
  /** The library of a plugin that is here. */
  readonly plugin?: string;
  /** The wheel of the CPU plugin, fetched by the user. */
  readonly wheel?: string;
}

export type XlaSetupResult =
  | {
      readonly ok: true;
      readonly plugin: string;
      /** Of PJRT, as the plugin has it. */
      readonly version: string;
      readonly device: string;
      /** Nothing had to be done. */
      readonly wasReady: boolean;
    }
  /** Sentences: what is wrong and what to do. */
  | { readonly ok: false; readonly problems: readonly string[] };

export async function setupXla(options: XlaSetupOptions): Promise<XlaSetupResult> {
  const { env, say, plugin, wheel } = options;
  const impossible = impossibleHere(options);
  if (impossible !== undefined) return failure(...impossible);
  const koffi = await provideKoffi(env, say);
  if (koffi !== undefined) return failure(koffi, "Check the network and run the command again.");
  if (plugin !== undefined) return link(resolve(plugin), env);
  const present = wheel === undefined ? await triedPresent(env, say) : undefined;
  if (present !== undefined) return present;
  const fetched = wheel === undefined ? await fetchWheel(env, say) : { path: resolve(wheel) };
  const found = "path" in fetched ? libraryIn(fetched.path) : fetched;
  if ("reason" in found) return failure(found.reason, ...byHand());
  say("Taking the library out of it (202 MB)");
  const path = await writePlugin(found.library, env);
  if (wheel === undefined && "path" in fetched) await rm(fetched.path, { force: true });
  return tried(path, false);
}

/** Removes what `setupXla` has made, and the compiled programs; gives the folder, and whether there was one. */
export async function removeXla(env: Environment): Promise<{ folder: string; existed: boolean }> {
  const folder = cacheFolder(env);
  const existed = existsSync(folder);
  await rm(folder, { recursive: true, force: true });
  return { folder, existed };
}

/** Why nothing that could be installed would work: asked before anything is. */
function impossibleHere({ env, plugin, wheel }: XlaSetupOptions): readonly string[] | undefined {
  try {
    keepLoaded();
    holdYours(env, cacheFolder(env));
  } catch (error) {
    if (error instanceof BackendError) return [error.message, error.remedy];
    throw error;
  }
  const named = plugin ?? (wheel === undefined ? namedIn(env) : undefined);
  if (named !== undefined) {
    const path = resolve(named);
    return existsSync(path) ? undefined : [`There is no plugin ${path}.`, "Name the library of one."];
  }
  const hasOne = wheel === undefined && librariesIn(pluginFolder(env)).length > 0;
  return hasOne || isKnownSystem() ? undefined : elsewhere();
}

function namedIn(env: Environment): string | undefined {
  const named = env[PLUGIN_VARIABLE] ?? "";
  return named === "" ? undefined : named;
}

/** Of the plugin that the environment names or that is installed; undefined where another is to be installed. */
async function triedPresent(
  env: Environment,
  say: XlaSetupOptions["say"],
): Promise<XlaSetupResult | undefined> {
  const named = namedIn(env);
  if (named !== undefined) return tried(resolve(named), true);
  const [installed] = librariesIn(pluginFolder(env));
  if (installed === undefined) return undefined;
  if (isKnownSystem() && !isCurrent(installed)) return undefined;
  const result = await tried(installed, true, () => holdYours(env, installed));
  if (result.ok || !isKnownSystem()) return result;
  say(`${installed} does not work: ${result.problems[0] ?? ""}`);
  return undefined;
}

/** What does not work is not linked. */
async function link(path: string, env: Environment): Promise<XlaSetupResult> {
  const result = await tried(path, false);
  if (result.ok) await linkPlugin(path, env);
  return result;
}

/** Loads it, and asks what it computes with. */
async function tried(plugin: string, wasReady: boolean, hold = () => {}): Promise<XlaSetupResult> {
  try {
    hold();
    const { versions, device } = await createXlaBackend({ plugin, keep: false }).describe();
    return { ok: true, plugin, version: versions["pjrt"] ?? "", device, wasReady };
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    return failure(error.message, error.remedy);
  }
}

/** @returns why it failed, or undefined */
async function provideKoffi(env: Environment, say: XlaSetupOptions["say"]): Promise<string | undefined> {
  try {
    loadNative(env);
    return undefined;
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
  }
  say(`Installing the npm package koffi ${KOFFI_VERSION}, which calls the plugin`);
  const folder = koffiFolder(env);
  // Whatever is there is of no use.
  await rm(folder, { recursive: true, force: true });
  makeOwnFolder(folder);
  const flags = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund"];
  const install = ["install", "--prefix", folder, ...flags, `koffi@${KOFFI_VERSION}`];
  const result = await runCommand("npm", install, { cwd: folder });
  return result.ok ? undefined : `npm could not install koffi: ${result.reason}`;
}

async function fetchWheel(
  env: Environment,
  say: XlaSetupOptions["say"],
): Promise<{ readonly path: string } | { readonly reason: string }> {
  for (const python of ["python3", "python"]) {
    const { ok } = await runPython(python, ["-m", "pip", "--version"], { env });
    if (!ok) continue;
    say(`Downloading ${WHEEL.package} ${WHEEL.version} with pip (63 MB) and checking its hash`);
    const reason = await downloadWheel(WHEEL, cacheFolder(env), python);
    return reason === undefined ? { path: join(cacheFolder(env), WHEEL.file) } : { reason: `${reason}.` };
  }
  return { reason: "There is no pip, which fetches the plugin." };
}

function byHand(): readonly string[] {
  return [
    `On a machine with pip, \`${BY_HAND}\` fetches ${WHEEL.file}; then run \`netwright setup xla --wheel FILE\`.`,
    "Or name a plugin that you have: `netwright setup xla --plugin FILE`.",
  ];
}

function elsewhere(): readonly string[] {
  return [
    `There is no CPU plugin for ${process.platform} ${process.arch}: those that exist are for Linux with glibc on x64, none for macOS or Windows.`,
    "With an accelerator, install its plugin and name its library: `netwright setup xla --plugin FILE`.",
    ...ACCELERATORS.map(
      ({ device, package: name, needs }) => `${device}: \`pip install ${name}\`; ${needs}.`,
    ),
  ];
}

function isKnownSystem(): boolean {
  return process.platform === "linux" && process.arch === "x64" && usesGlibc();
}

function failure(...problems: readonly string[]): XlaSetupResult {
  return { ok: false, problems };
}
