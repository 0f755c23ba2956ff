// The little that has to be native: opening a library, calling a pointer with a pointer, and memory at an address. PJRT
// needs no more, as all its functions take one struct. koffi does it, with a prebuilt library for each system.

import { createRequire } from "node:module";
import { messageOf } from "@netwright/runtime";
import { unusable } from "../../error.ts";
import { findKoffi, KOFFI_VERSION } from "../plugin/find-koffi.ts";
import type { Environment } from "../plugin/find-plugin.ts";
import { whyNotWhole } from "../plugin/whole-library.ts";

export interface Native {
  /** What the function of that name gives, of a library that stays loaded. @throws BackendError */
  readonly open: (path: string, symbol: string) => number;
  /** Has another thread open it, so that `open` finds it open: a library of 200 MB takes a while. What fails is told there. */
  readonly openAhead: (path: string) => void;
  /** `pointer function(pointer)` */
  readonly call: (pointer: number, argument: number) => number;
  readonly addressOf: (buffer: ArrayBuffer) => number;
  /** In the environment that libraries see; Node's is a copy in a worker. Undefined removes it. */
  readonly setVariable: (name: string, value: string | undefined) => void;
  /** A copy. */
  readonly read: (address: number, bytes: number) => ArrayBuffer;
  /** From one address to another. */
  readonly copy: (from: number, to: number, bytes: number) => void;
}

type Callable = (...args: readonly unknown[]) => unknown;
/** `async` runs it on another thread. */
type Declared = Callable & { readonly async: Callable };

/** The part of koffi that is used. */
interface Koffi {
  readonly load: (path: string | null) => { readonly func: (declaration: string) => Declared };
  /** Without a name, of which there may be one in a process. */
  readonly proto: (result: string, parameters: readonly string[]) => unknown;
  readonly decode: (pointer: bigint, type: unknown) => Callable;
  readonly address: (buffer: ArrayBuffer) => bigint;
}

const MEMBERS = ["load", "proto", "decode", "address"] as const;

function isKoffi(value: unknown): value is Koffi {
  return (
    typeof value === "object" &&
    value !== null &&
    MEMBERS.every((name) => typeof Reflect.get(value, name) === "function")
  );
}

/** RTLD_NOW, and RTLD_NODELETE, which differs. */
const NOW = 2;
const NO_DELETE: Readonly<Partial<Record<NodeJS.Platform, number>>> = { linux: 0x1000, darwin: 0x80 };

/** @throws BackendError where plugins are not opened at all */
export function keepLoaded(): number {
  const flag = NO_DELETE[process.platform];
  if (flag === undefined)
    throw unusable(`plugins are not opened on ${process.platform}`, "Take another backend.");
  return flag;
}

let loaded: Native | undefined;

/** @throws BackendError that says what is missing and what to do */
export function loadNative(env: Environment): Native {
  loaded ??= native(importKoffi(env));
  return loaded;
}

/** From that very folder: by its name it would be looked for in all folders above as well. */
function importKoffi(env: Environment): Koffi {
  const folder = findKoffi(env);
  let found: unknown;
  try {
    found = createRequire(import.meta.url)(folder);
  } catch (cause) {
    throw unusable(
      `koffi does not load on ${process.platform} ${process.arch}: ${messageOf(cause)}`,
      "Install it again: `npm install koffi`.",
    );
  }
  if (isKoffi(found)) return found;
  throw unusable(`koffi in ${folder} lacks what ${KOFFI_VERSION} has`, "Install it again.");
}

function native(koffi: Koffi): Native {
  const keep = keepLoaded();
  const self = koffi.load(null);
  const dlopen = self.func("uintptr_t dlopen(const char *, int)");
  const dlerror = self.func("const char *dlerror()");
  const setenv = self.func("int setenv(const char *, const char *, int)");
  const unsetenv = self.func("int unsetenv(const char *)");
  // A view of memory is an object that the engine collects with everything else, and as much work for it as a step's rows.
  const memcpy = self.func("void memcpy(uintptr_t, uintptr_t, size_t)");
  const entry = koffi.proto("uintptr_t", ["uintptr_t"]);
  const functions = new Map<number, Callable>();
  const at = (pointer: number): Callable => {
    const known = functions.get(pointer);
    if (known !== undefined) return known;
    const made = koffi.decode(BigInt(pointer), entry);
    functions.set(pointer, made);
    return made;
  };
  const addressOf = (buffer: ArrayBuffer): number => Number(koffi.address(buffer));
  return {
    openAhead: (path) => {
      if (whyNotWhole(path) === undefined) dlopen.async(path, NOW | keep, () => {});
    },
    open: (path, symbol) => {
      const reason = whyNotWhole(path);
      if (reason !== undefined)
        throw unusable(`the plugin ${path} cannot be opened: ${reason}`, "Name the library of one, whole.");
      // koffi unloads at the end what it loaded, and XLA's threads would run on in what is gone: it is held once more.
      if (Number(dlopen(path, NOW | keep)) === 0) {
        throw unusable(
          `the plugin ${path} does not load: ${String(dlerror())}`,
          "Name a plugin for this machine in NETWRIGHT_XLA_PLUGIN, with the libraries that it needs.",
        );
      }
      return Number(symbolIn(koffi, path, symbol)());
    },
    call: (pointer, argument) => Number(at(pointer)(argument)),
    addressOf,
    setVariable: (name, value) => {
      if (value === undefined) unsetenv(name);
      else setenv(name, value, 1);
    },
    read: (address, bytes) => {
      const buffer = new ArrayBuffer(bytes);
      if (bytes > 0) memcpy(addressOf(buffer), address, bytes);
      return buffer;
    },
    copy: (from, to, bytes) => {
      memcpy(to, from, bytes);
    },
  };
}

function symbolIn(koffi: Koffi, path: string, symbol: string): Callable {
  try {
    return koffi.load(path).func(`uintptr_t ${symbol}()`);
  } catch {
    throw unusable(
      `${path} is no PJRT plugin, as it has no function ${symbol}`,
      "Name the library of a plugin in NETWRIGHT_XLA_PLUGIN, such as `pjrt_c_api_cpu_plugin.so` of its package.",
    );
  }
}
