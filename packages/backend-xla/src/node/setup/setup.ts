// `netwright setup xla`: koffi and a plugin for this user, in the cache folder. A plugin that the user names is linked there;
// without one the CPU plugin is taken out of its wheel, on the systems for which there is one.

import { existsSync } from "node:fs";
import { mkdir, rm, symlink } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { BackendError } from "@netwright/runtime";
import { runCommand } from "@netwright/runtime/node";
import { KOFFI_VERSION, loadNative } from "../pjrt/native.ts";
import {
  cacheFolder,
  type Environment,
  findPlugin,
  koffiFolder,
  librariesIn,
  PLUGIN_VARIABLE,
  pluginFolder,
} from "../plugin/find-plugin.ts";
import { createXlaBackend } from "../xla-backend.ts";
import { ACCELERATORS } from "./accelerators.ts";
import { BY_HAND, checked, downloadWheel, type Fetched, unpack, WHEEL } from "./cpu-wheel.ts";

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
  const koffi = await provideKoffi(env, say);
  if (koffi !== undefined) return failure(koffi, "Check the network and run the command again.");
  if (plugin !== undefined) return link(resolve(plugin), env);
  const [present] = wheel === undefined ? presentPlugins(env) : [];
  if (present !== undefined) return tried(present, true);
  if (!isKnownSystem()) return failure(...elsewhere());
  const fetched = wheel === undefined ? await fetchWheel(env, say) : await checked(resolve(wheel));
  if ("reason" in fetched) return failure(fetched.reason, ...byHand());
  say("Taking the library out of it (202 MB)");
  const path = await unpack(fetched.path, env);
  if (wheel === undefined) await rm(fetched.path, { force: true });
  return tried(path, false);
}

/** Removes what `setupXla` has made, and the compiled programs; gives the folder, and whether there was one. */
export async function removeXla(env: Environment): Promise<{ folder: string; existed: boolean }> {
  const folder = cacheFolder(env);
  const existed = existsSync(folder);
  await rm(folder, { recursive: true, force: true });
  return { folder, existed };
}

/** One that the environment names, or that is installed. */
function presentPlugins(env: Environment): readonly string[] {
  const named = env[PLUGIN_VARIABLE] ?? "";
  return named === "" ? librariesIn(pluginFolder(env)) : [findPlugin(env)];
}

/** What does not work is not linked. */
async function link(path: string, env: Environment): Promise<XlaSetupResult> {
  if (!existsSync(path)) return failure(`There is no plugin ${path}.`, "Name the library of one.");
  const result = await tried(path, false);
  if (!result.ok) return result;
  const folder = pluginFolder(env);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await symlink(path, join(folder, basename(path)));
  return result;
}

/** Loads it, and asks what it computes with. */
async function tried(plugin: string, wasReady: boolean): Promise<XlaSetupResult> {
  try {
    const { versions, device } = await createXlaBackend({ plugin }).describe();
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
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const result = await runCommand("npm", [
    ...["install", "--prefix", folder, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"],
    `koffi@${KOFFI_VERSION}`,
  ]);
  return result.ok ? undefined : `npm could not install koffi: ${result.reason}`;
}

async function fetchWheel(env: Environment, say: XlaSetupOptions["say"]): Promise<Fetched> {
  for (const python of ["python3", "python"]) {
    const { ok } = await runCommand(python, ["-m", "pip", "--version"], { env });
    if (!ok) continue;
    say(`Downloading ${WHEEL.package} ${WHEEL.version} with pip (63 MB) and checking its hash`);
    const folder = cacheFolder(env);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return downloadWheel(folder, python);
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

/** Node tells the version of glibc that it runs on; with another C library there is none. */
function isKnownSystem(): boolean {
  if (process.platform !== "linux" || process.arch !== "x64") return false;
  const report: unknown = process.report.getReport();
  if (typeof report !== "object" || report === null || !("header" in report)) return false;
  const { header } = report;
  return typeof header === "object" && header !== null && "glibcVersionRuntime" in header;
}

function failure(...problems: readonly string[]): XlaSetupResult {
  return { ok: false, problems };
}
