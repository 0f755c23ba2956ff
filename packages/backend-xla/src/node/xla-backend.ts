// The backend on XLA, or whatever a plugin with the PJRT C API compiles StableHLO with.

import { availableParallelism } from "node:os";
import { isOpName } from "@netwright/ir";
import { type Backend, type CompileOptions, isBackendError } from "@netwright/runtime";
import { BACKEND_NAME } from "../error.ts";
import { cacheFor } from "./cache/cache-for.ts";
import { compileKept } from "./cache/compile-kept.ts";
import type { ExecutableCache } from "./cache/executable-cache.ts";
import { type Compile, machineOn } from "./machine.ts";
import { machineOnDevices } from "./machine-on-devices.ts";
import { Client } from "./pjrt/client.ts";
import { loadNative } from "./pjrt/native.ts";
import { findPlugin } from "./plugin/find-plugin.ts";

export interface XlaOptions {
  /** The library of a plugin. Default: `NETWRIGHT_XLA_PLUGIN`, or what `netwright setup xla` has installed. */
  readonly plugin?: string;
  /** Whether compiled programs are kept in the user's cache folder. Default: true. */
  readonly keep?: boolean;
  /** How many devices of the plugin train together: see `onDevices` of a backend. Default: 1. */
  readonly devices?: number;
}

const supports: Backend["supports"] = ({ name }: { readonly name: string }) =>
  isOpName(name) ? true : `this version of the IR has no operation ${name}`;

/**
 * By plugin, which is never unloaded. One client is enough for the process, with its threads; where a processor is to be more
 * devices than it was until now, it gets another.
 */
const clients = new Map<string, readonly Opened[]>();

interface Opened {
  readonly client: Client;
  /** Of the plugin. */
  readonly path: string;
}

/** @throws BackendError that says what is missing and what to do */
function clientFor({ plugin, devices = 1 }: XlaOptions, { threads }: CompileOptions): Opened {
  const path = findPlugin(process.env, plugin);
  const known = clients.get(path) ?? [];
  const fitting = known.find(({ client }) => client.devices.length >= devices || client.platform !== "cpu");
  const opened = fitting ?? { client: newClient(path, devices, threads), path };
  if (fitting === undefined) clients.set(path, [...known, opened]);
  opened.client.holdDevices(devices);
  return opened;
}

function newClient(path: string, devices: number, threads: number | undefined): Client {
  silence();
  // Read when the client is made.
  if (threads !== undefined) process.env["PJRT_NPROC"] ??= String(threads);
  return new Client(loadNative(process.env), path, devices);
}

/**
 * Before a plugin is opened, which reads it then. By default XLA writes of every option that it is given, past every stream
 * of Node; what fails comes back as an error all the same.
 */
function silence(): void {
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "3";
}

/** Ahead of a client, where one can be made. */
function openAhead({ plugin }: XlaOptions): void {
  try {
    const path = findPlugin(process.env, plugin);
    if (clients.has(path)) return;
    silence();
    loadNative(process.env).openAhead(path);
  } catch (error) {
    if (!isBackendError(error)) throw error;
  }
}

/** Of the processor: an accelerator has none to count. */
function threadsOf({ platform }: Client): number {
  return platform === "cpu" ? Number(process.env["PJRT_NPROC"] ?? availableParallelism()) : 1;
}

/** All programs of a process share the threads of its first: as many as that was given. */
export function createXlaBackend(options: XlaOptions = {}): Backend {
  const { devices = 1 } = options;
  let found: ExecutableCache | undefined;
  /** Its folder is made when it is first asked for, and never where nothing is kept. */
  const cache = (): ExecutableCache | undefined => {
    if (options.keep === false) return undefined;
    found ??= cacheFor(process.env);
    return found;
  };
  return {
    name: BACKEND_NAME,
    supports,
    prepare: () => openAhead(options),
    onDevices: (count) => createXlaBackend({ ...options, devices: count }),
    load: async (program, compileOptions = {}) => {
      const { client, path } = clientFor(options, compileOptions);
      const kept = cache();
      const always: Compile = (text, take, devices) => take(client.compile(text, devices));
      const compile = kept === undefined ? always : compileKept(client, path, kept);
      const how = { compile, threads: threadsOf(client) };
      // What changes no state would run on the first device anyway.
      const isAlone = devices === 1 || program.functions.every(({ writes }) => writes.length === 0);
      return isAlone ? machineOn(client, program, how) : machineOnDevices(client, program, how, devices);
    },
    describe: async (compileOptions = {}) => {
      const { client } = clientFor(options, compileOptions);
      const refused = cache()?.refused;
      const stablehlo = client.attributes.get("stablehlo_current_version");
      return {
        name: BACKEND_NAME,
        versions: {
          pjrt: client.api.version,
          ...(stablehlo !== undefined && { stablehlo: stablehlo.join(".") }),
          ...(client.platformVersion !== client.platform && { [client.platform]: client.platformVersion }),
        },
        threads: threadsOf(client),
        simd: true,
        device: client.deviceKind,
        ...(devices === 1 ? {} : { devices }),
        deterministic: false,
        ...(refused !== undefined && { note: `compiled programs are not kept: ${refused}` }),
      };
    },
  };
}

export const xlaBackend: Backend = createXlaBackend();
