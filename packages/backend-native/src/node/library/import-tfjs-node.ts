// tfjs-node itself, for whoever compares with it: the backend does without its JavaScript.

import { createRequire } from "node:module";
import { unusable } from "../../error.ts";
import type { Environment } from "./cache-folder.ts";
import { loadLibrary } from "./load-library.ts";
import { supplyRemovedFunctions } from "./removed-functions.ts";

/**
 * The exports of @tensorflow/tfjs-node, on every version of Node. It becomes the current backend of tfjs.
 * @throws BackendError as the backend does when the library is missing
 */
export function importTfjsNode(env: Environment): Readonly<Record<string, unknown>> {
  const { folder } = loadLibrary(env);
  supplyRemovedFunctions();
  const exported: unknown = createRequire(import.meta.url)(folder);
  // Any object has members by name.
  if (typeof exported === "object" && exported !== null) return exported as Readonly<Record<string, unknown>>;
  throw unusable(`@tensorflow/tfjs-node in ${folder} exports nothing`, "Install it again.");
}
