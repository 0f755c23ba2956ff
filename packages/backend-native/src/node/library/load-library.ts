// Loads TensorFlow: the addon of @tensorflow/tfjs-node, when the backend is first asked for, never before. Node
// keeps what it has loaded, so asking again costs nothing. The JavaScript of tfjs-node stays out: it takes two
// seconds to load, makes itself the current backend of a tfjs that the user may run, and calls what Node 23 removed.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { YOURS_ALONE } from "@netwright/runtime/node";
import { unusable } from "../../error.ts";
import { type Binding, isBinding } from "../device/binding.ts";
import { type Environment, TFJS_NODE_VERSION } from "./cache-folder.ts";
import { ADDON, findLibrary } from "./find-library.ts";

export interface Library {
  readonly binding: Binding;
  /** Of @tensorflow/tfjs-node. */
  readonly version: string;
  readonly folder: string;
}

const REMEDY =
  "Run `netwright setup native`, which installs it for this user without changing the project, or take another backend.";
const AGAIN =
  "Run `netwright setup native --uninstall`, then `netwright setup native`, or take another backend.";

/** @throws BackendError that says what is missing and what to do. */
export function loadLibrary(env: Environment, threads?: number): Library {
  const found = findLibrary(env);
  if (found.state === "absent") {
    throw unusable("TensorFlow's library, @tensorflow/tfjs-node, is not installed", REMEDY);
  }
  if (found.state === "foreign") throw unusable(found.reason, YOURS_ALONE);
  const { folder } = found;
  if (found.state === "not built") {
    throw unusable(
      `@tensorflow/tfjs-node in ${folder} has no addon, as its install script has not run or could not download`,
      REMEDY,
    );
  }
  const version = versionOf(folder);
  if (version !== TFJS_NODE_VERSION) {
    throw unusable(
      `@tensorflow/tfjs-node in ${folder} is version ${version}; this backend is made for ${TFJS_NODE_VERSION}`,
      `Install @tensorflow/tfjs-node@${TFJS_NODE_VERSION}, or remove it and run \`netwright setup native\`.`,
    );
  }
  const binding = loadAddon(folder, threads);
  if (!isBinding(binding)) {
    throw unusable(
      `the addon of @tensorflow/tfjs-node in ${folder} lacks what version ${version} has`,
      AGAIN,
    );
  }
  return { binding, version, folder };
}

function loadAddon(folder: string, threads: number | undefined): unknown {
  // TensorFlow reads both when it is loaded. By default it writes of the processor's instructions, and as errors of
  // graphics cards that are not there, past every stream of Node; what fails comes back as a status all the same.
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "3";
  if (threads !== undefined) process.env["TF_NUM_INTRAOP_THREADS"] ??= String(threads);
  try {
    return createRequire(import.meta.url)(join(folder, ADDON));
  } catch (cause) {
    const [line = ""] = String(cause instanceof Error ? cause.message : cause).split("\n", 1);
    throw unusable(
      `the addon in ${folder} does not load on ${process.platform} ${process.arch} with Node ${process.versions.node}: ${line}`,
      AGAIN,
    );
  }
}

function versionOf(folder: string): string {
  const parsed: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const version = typeof parsed === "object" && parsed !== null && "version" in parsed ? parsed.version : "?";
  return String(version);
}
