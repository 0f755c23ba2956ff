// The addon of tfjs-node: compiled from the sources in its package, and tried in a process of its own.

import { rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeOwnFolder, runCommand } from "@netwright/runtime/node";
import { ADDON } from "../library/find-library.ts";

/**
 * Two source files against Node-API's headers, which node-api-headers in the same folder brings; node-gyp would
 * download those of Node itself. @returns why it failed, or undefined
 */
export async function buildAddon(
  folder: string,
  packageFolder: string,
  compiler: string,
): Promise<string | undefined> {
  const addon = join(packageFolder, ADDON);
  const partial = `${addon}.partial`;
  makeOwnFolder(dirname(addon));
  const result = await runCommand(
    compiler,
    [
      ...["-shared", "-fPIC", "-O2", "-std=c++17", "-fvisibility=hidden", "-DNAPI_VERSION=8", "-w"],
      ...[
        "-DBUILDING_NODE_EXTENSION",
        "-I.",
        `-I${join(folder, "node_modules", "node-api-headers", "include")}`,
      ],
      ...["-Ideps/include", "binding/tfjs_backend.cc", "binding/tfjs_binding.cc", "-o", partial],
      ...["-Ldeps/lib", "-Wl,-rpath,$ORIGIN/../../deps/lib", "-ltensorflow", "-ltensorflow_framework"],
    ],
    { cwd: packageFolder },
  );
  if (!result.ok) return `the addon does not compile: ${result.reason}`;
  await rename(partial, addon);
  return undefined;
}

/** Loads the addon and adds two numbers. A library that does not fit the machine ends only that process. */
export async function tryAddon(
  packageFolder: string,
): Promise<{ readonly version: string } | { readonly reason: string }> {
  const { ok, output, reason } = await runCommand(process.execPath, ["-e", TRY, join(packageFolder, ADDON)], {
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "3" },
  });
  const version = /^TensorFlow (\S+)$/m.exec(output)?.[1];
  if (ok && version !== undefined) return { version };
  return { reason: reason === "" ? "it gives wrong results" : reason };
}

const TRY = `
const b = require(process.argv[1]);
const two = b.createTensor([1], b.TF_FLOAT, Float32Array.of(2));
const T = { name: "T", type: b.TF_ATTR_TYPE, value: b.TF_FLOAT };
const [sum] = b.executeOp("AddV2", [T], [two, two], 1);
if (b.tensorDataSync(sum.id)[0] === 4) console.log("TensorFlow " + b.TF_Version);
`;
