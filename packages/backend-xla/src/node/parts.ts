// What the backend consists of on this machine, part by part: `netwright doctor` tells of each, also where another is missing.

import { type BackendPart, isBackendError } from "@netwright/runtime";
import { withoutPrefix } from "../error.ts";
import type { ExecutableCache } from "./cache/executable-cache.ts";
import { type Client, CPU, devicesText } from "./pjrt/client.ts";
import { findKoffi, KOFFI_VERSION } from "./plugin/find-koffi.ts";
import { type Environment, executableFolder, findPlugin, PLUGIN_VARIABLE } from "./plugin/find-plugin.ts";

export interface PartsOptions {
  /** A plugin that was named in the package. */
  readonly plugin?: string;
  /** Undefined where nothing is to be kept. */
  readonly cache: () => ExecutableCache | undefined;
  /** @throws BackendError */
  readonly clientFor: () => Client;
}

export function partsOf(
  env: Environment,
  { plugin, cache, clientFor }: PartsOptions,
): readonly BackendPart[] {
  const koffi = part("koffi", () => `${KOFFI_VERSION} in ${findKoffi(env)}`);
  const library = part("plugin", () => `${findPlugin(env, plugin)}${namedBy(env, plugin)}`);
  const found = "found" in koffi && "found" in library ? clientParts(clientFor) : [];
  return [koffi, library, ...found, keptIn(env, cache())];
}

function clientParts(clientFor: PartsOptions["clientFor"]): readonly BackendPart[] {
  const client = part("client", () => told(clientFor()));
  if (!("found" in client)) return [client];
  return [client, { what: "same bits", found: MEASURED[clientFor().platform] ?? NOT_MEASURED }];
}

/** By platform: see the table in docs/backends.md. */
const MEASURED: Readonly<Record<string, string>> = {
  [CPU]:
    "on one machine with one version of the plugin, with any number of threads, as measured; not promised",
};
const NOT_MEASURED = "not measured for this platform";

function part(what: string, find: () => string): BackendPart {
  try {
    return { what, found: find() };
  } catch (error) {
    if (!isBackendError(error)) throw error;
    return { what, problem: withoutPrefix(error.message), remedy: error.remedy };
  }
}

function namedBy(env: Environment, plugin: string | undefined): string {
  if (plugin !== undefined) return ", as it was named";
  return (env[PLUGIN_VARIABLE] ?? "") === "" ? ", installed by setup" : `, as ${PLUGIN_VARIABLE} says`;
}

function told({ api, platform, devices: { length: devices } }: Client): string {
  return `platform ${platform}, PJRT ${api.version}, ${devicesText(devices)}`;
}

function keptIn(env: Environment, cache: ExecutableCache | undefined): BackendPart {
  const what = "compiled programs";
  if (cache === undefined) return { what, found: "are not kept, as was asked" };
  const folder = executableFolder(env);
  if (cache.refused !== undefined) {
    const problem = `they are not kept: ${cache.refused}`;
    return { what, problem, remedy: `Each program is compiled anew; the folder for them is ${folder}.` };
  }
  const { entries, bytes } = cache.size();
  return { what, found: `${entries} in ${folder}, yours alone, ${(bytes / 1e6).toFixed(1)} MB` };
}
