// The CPU plugin from its wheel: which one, where it runs, and that it is this one. pip downloads it, without what the
// wheel says that it depends on: JAX, which nothing here needs.

import { createHash } from "node:crypto";
import { createReadStream, existsSync, writeFileSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { runCommand } from "@netwright/runtime/node";
import { type Environment, pluginFolder } from "../plugin/find-plugin.ts";
import { readEntry } from "./zip-entry.ts";

export const WHEEL = {
  package: "lammps-jax-pjrt-cpu",
  version: "0.11.2",
  file: "lammps_jax_pjrt_cpu-0.11.2-py3-none-manylinux_2_27_x86_64.whl",
  sha256: "1319390d948b39f69f7dade496b7c385149d9ca6097a6b62114da113216d9ad1",
  library: "lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so",
} as const;

/** By hand, where there is no pip: the same file is fetched by whatever fetches wheels. */
export const BY_HAND = `python3 -m pip download --no-deps --platform manylinux_2_27_x86_64 ${WHEEL.package}==${WHEEL.version}`;

export type Fetched = { readonly path: string } | { readonly reason: string };

/** Into the folder, with pip. */
export async function downloadWheel(folder: string, python: string): Promise<Fetched> {
  const path = join(folder, WHEEL.file);
  if (await hasHash(path)) return { path };
  await rm(path, { force: true });
  const requirements = join(folder, "requirements.txt");
  writeFileSync(requirements, `${WHEEL.package}==${WHEEL.version} --hash=sha256:${WHEEL.sha256}\n`);
  const result = await runCommand(python, [
    ...["-m", "pip", "download", "--disable-pip-version-check", "--progress-bar", "off"],
    ...["--no-deps", "--only-binary=:all:", "--platform", "manylinux_2_27_x86_64"],
    ...["--require-hashes", "--requirement", requirements, "--dest", folder],
  ]);
  await rm(requirements, { force: true });
  if (!result.ok) return { reason: `pip could not download ${WHEEL.package}: ${result.reason}` };
  return checked(path);
}

/** The same file from elsewhere. */
export async function checked(path: string): Promise<Fetched> {
  if (!existsSync(path)) return { reason: `there is no ${path}` };
  if (await hasHash(path)) return { path };
  return { reason: `${path} is not ${WHEEL.file}: its SHA-256 is not ${WHEEL.sha256}` };
}

/** The library out of the wheel, complete or not at all; gives its path. */
export async function unpack(wheel: string, env: Environment): Promise<string> {
  const folder = pluginFolder(env);
  const name = basename(WHEEL.library);
  const partial = join(folder, `${name}.partial`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  writeFileSync(partial, readEntry(wheel, WHEEL.library), { mode: 0o600 });
  await rename(partial, join(folder, name));
  return join(folder, name);
}

async function hasHash(path: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex") === WHEEL.sha256;
}
