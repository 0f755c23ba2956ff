// Compiling, but for what is kept of an earlier time. What is kept and does not load, or is not what it should be, is forgotten.

import { isBackendError } from "@netwright/runtime";
import type { Compile } from "../machine.ts";
import type { Client } from "../pjrt/client.ts";
import { compileOptions } from "../pjrt/compile-options.ts";
import { type ExecutableCache, keyOf } from "./executable-cache.ts";
import { pluginWords, processorWords } from "./machine-words.ts";

export interface Compiling {
  /** Of the plugin that the client is of. */
  readonly path: string;
  /** XLA divides loops by them: what is compiled for one thread would leave the others idle. */
  readonly threads: number;
}

export function compileKept(client: Client, { path, threads }: Compiling, cache: ExecutableCache): Compile {
  const versions = [client.api.version, ...client.attributes].join(" ");
  const device = [client.platform, client.platformVersion, client.deviceKind];
  const words = [versions, pluginWords(path), processorWords(), `${threads}`, ...device];
  return (text, take, devices = 1) => {
    // Which devices it is for is among the options.
    const key = keyOf([...words, compileOptions(client.numbersOf(devices)), text]);
    const kept = cache.read(key);
    if (kept !== undefined) {
      try {
        return take(client.load(kept), true);
      } catch (error) {
        if (!isBackendError(error)) throw error;
        cache.remove(key);
      }
    }
    const compiled = client.compile(text, devices);
    const bytes = serialized(client, compiled);
    if (bytes !== undefined) cache.write(key, bytes);
    return take(compiled, false);
  };
}

/** A plugin that cannot write it down has compiled it all the same. */
function serialized(client: Client, compiled: number): Uint8Array | undefined {
  try {
    return client.serialize(compiled);
  } catch (error) {
    if (!isBackendError(error)) throw error;
    return undefined;
  }
}
