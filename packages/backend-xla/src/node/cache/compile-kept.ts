// Compiling, but for what is kept of an earlier time. What is kept and does not load is forgotten.

import { isBackendError } from "@netwright/runtime";
import type { Client } from "../pjrt/client.ts";
import { compileOptions } from "../pjrt/compile-options.ts";
import { type ExecutableCache, keyOf } from "./executable-cache.ts";
import { pluginWords, processorWords } from "./machine-words.ts";

/** `path`: of the plugin that the client is of. */
export function compileKept(client: Client, path: string, cache: ExecutableCache): (text: string) => number {
  const versions = [client.api.version, ...client.attributes].join(" ");
  const words = [versions, pluginWords(path), processorWords(), client.platform, client.deviceKind];
  return (text) => {
    const key = keyOf([...words, compileOptions(), text]);
    const kept = cache.read(key);
    if (kept !== undefined) {
      try {
        return client.load(kept);
      } catch (error) {
        if (!isBackendError(error)) throw error;
        cache.remove(key);
      }
    }
    const compiled = client.compile(text);
    const bytes = client.serialize(compiled);
    if (bytes !== undefined) cache.write(key, bytes);
    return compiled;
  };
}
