// The backend on XLA, or whatever a plugin with the PJRT C API compiles StableHLO with.

import { isOpName, type Program } from "@netwright/ir";
import {
  type Backend,
  BackendError,
  type CompileOptions,
  isBackendError,
  type Machine,
} from "@netwright/runtime";
import { BACKEND_NAME } from "../error.ts";
import { cacheFor } from "./cache/cache-for.ts";
import { compileKept } from "./cache/compile-kept.ts";
import type { ExecutableCache } from "./cache/executable-cache.ts";
import { explainProgram } from "./explain/explain-program.ts";
import { profileStep } from "./explain/profile-step.ts";
import { type Compile, type MachineOptions, machineOn } from "./machine.ts";
import { machineOnDevices } from "./machine-on-devices.ts";
import { partsOf } from "./parts.ts";
import { Client, CPU } from "./pjrt/client.ts";
import type { ClientOptions } from "./pjrt/create-client.ts";
import { loadNative, type Native } from "./pjrt/native.ts";
import { findPlugin } from "./plugin/find-plugin.ts";
import { chooseThreads } from "./threads.ts";
import { updatesLast } from "./updates-last.ts";

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
 * By plugin, which is never unloaded. A processor has a client for each number of threads that was asked for, one that calls wait
 * for and one that they do not, and another where it is to be more devices than it was until now.
 */
const clients = new Map<string, readonly Opened[]>();

interface Opened {
  readonly client: Client;
  /** Of the plugin. */
  readonly path: string;
  readonly threads: number;
}

/** Its steps are begun ahead of one another. */
function trains({ functions }: Program): boolean {
  return functions.some(({ kind }) => kind === "step");
}

/** `asynchronous`: undefined where it is all the same. @throws BackendError that says what is missing and what to do */
function clientFor(
  { plugin, devices = 1 }: XlaOptions,
  { threads: asked }: CompileOptions,
  asynchronous?: boolean,
): Opened {
  if (!Number.isInteger(devices) || devices < 1)
    throw new BackendError(BACKEND_NAME, `\`devices\` is ${devices}`, "Give a whole number from 1 on.");
  const path = findPlugin(process.env, plugin);
  const threads = chooseThreads(asked);
  const known = clients.get(path) ?? [];
  // An accelerator has no threads to count, and a second client would take its memory again.
  const fitting = known.find(
    ({ client, threads: there }) =>
      client.platform !== CPU ||
      (there === threads &&
        client.devices.length >= devices &&
        client.isAsynchronous === (asynchronous ?? client.isAsynchronous)),
  );
  const opened = fitting ?? newClient(path, { devices, asynchronous: asynchronous === true }, threads);
  if (fitting === undefined) clients.set(path, [...known, opened]);
  opened.client.holdDevices(devices);
  return opened;
}

function newClient(path: string, options: ClientOptions, threads: number): Opened {
  const native = loadNative(process.env);
  silence(native);
  const client = new Client(native, path, options, threads);
  return { client, path, threads: client.platform === CPU ? threads : 1 };
}

/** On the first of its devices, or on all that were asked for. */
function machineFor(
  client: Client,
  program: Program,
  { devices, ...how }: MachineOptions & { readonly devices: number },
): Machine {
  // What changes no state would run on the first device anyway.
  const isAlone = devices === 1 || program.functions.every(({ writes }) => writes.length === 0);
  return isAlone ? machineOn(client, program, how) : machineOnDevices(client, program, how, devices);
}

const LOG_LEVEL = "TF_CPP_MIN_LOG_LEVEL";
let isSilent = false;

/**
 * Before a plugin is opened, which reads it once. By default XLA writes of every option that it is given, past every stream of
 * Node; what fails comes back as an error all the same.
 */
function silence(native: Native): void {
  // Another thread may be opening it, and the environment is for one at a time.
  if (!isSilent) native.setVariable(LOG_LEVEL, process.env[LOG_LEVEL] ?? "3");
  isSilent = true;
}

/** Ahead of a client, where one can be made. */
function openAhead({ plugin }: XlaOptions): void {
  try {
    const path = findPlugin(process.env, plugin);
    if (clients.has(path)) return;
    const native = loadNative(process.env);
    silence(native);
    native.openAhead(path);
  } catch (error) {
    if (!isBackendError(error)) throw error;
  }
}

export function createXlaBackend(options: XlaOptions = {}): Backend {
  const { devices = 1 } = options;
  let found: ExecutableCache | undefined;
  /** Its folder is made when it is first asked for, and never where nothing is kept. */
  const cache = (): ExecutableCache | undefined => {
    if (options.keep === false) return undefined;
    found ??= cacheFor(process.env);
    return found;
  };
  const compilingFor = (program: Program, compileOptions: CompileOptions = {}) => {
    const { client, ...opened } = clientFor(options, compileOptions, trains(program));
    const kept = cache();
    const always: Compile = (text, take, devices) => take(client.compile(text, devices), false);
    const compile = kept === undefined ? always : compileKept(client, opened, kept);
    // Of several devices each would have to be told an element that the first one has; of others than processors nothing is measured.
    const isOrdered = devices === 1 && client.platform === CPU;
    const taken = isOrdered ? updatesLast(program) : program;
    return { client, program: taken, compile, threads: opened.threads, devices };
  };
  return {
    name: BACKEND_NAME,
    supports,
    prepare: () => openAhead(options),
    onDevices: (count) => createXlaBackend({ ...options, devices: count }),
    load: async (given, compileOptions) => {
      const { client, program, ...prepared } = compilingFor(given, compileOptions);
      return machineFor(client, program, prepared);
    },
    explain: async (given, compileOptions) => {
      const { client, program, ...prepared } = compilingFor(given, compileOptions);
      return explainProgram(client, program, prepared);
    },
    profile: async (given, input, compileOptions) => {
      const { client, program, ...prepared } = compilingFor(given, compileOptions);
      const machine = () => machineFor(client, program, prepared);
      return profileStep(client, program, input, { ...prepared, machine });
    },
    describe: async (compileOptions = {}) => {
      const { client, threads } = clientFor(options, compileOptions);
      const refused = cache()?.refused;
      const stablehlo = client.attributes.get("stablehlo_current_version");
      return {
        name: BACKEND_NAME,
        versions: {
          pjrt: client.api.version,
          ...(stablehlo !== undefined && { stablehlo: stablehlo.join(".") }),
          ...(client.platformVersion !== client.platform && { [client.platform]: client.platformVersion }),
        },
        threads,
        simd: true,
        device: client.deviceKind,
        ...(devices === 1 ? {} : { devices }),
        deterministic: false,
        ...(refused !== undefined && { note: `compiled programs are not kept: ${refused}` }),
      };
    },
    parts: async () =>
      partsOf(process.env, { ...options, cache, clientFor: () => clientFor(options, {}).client }),
  };
}

export const xlaBackend: Backend = createXlaBackend();
