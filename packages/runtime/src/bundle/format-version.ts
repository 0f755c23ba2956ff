// The version of the files of a run. It rises when older releases could not read what is written; what older
// releases wrote is brought up to date by one step for each version.

import { type Outcome, problem, type RuntimeProblem, succeed } from "../problem/problem.ts";
import type { RunFiles } from "./run-files.ts";

export const RUN_FORMAT = 2;

/** From this version on every file is covered by a hash. */
export const SEALED_FORMAT = 2;

/** `migrations[n]` turns the files of version n into those of version n + 1. */
export type Migrations = Readonly<Record<number, (files: RunFiles) => Outcome<RunFiles>>>;

export const migrations: Migrations = {
  // Version 2 has hashes and is else the same: they would only say what is there now.
  1: succeed,
};

/**
 * What is wrong with the version that `where` states, if anything. `release` is that of Netwright that wrote it, where it
 * is known. Problems: NW0826, NW0827.
 */
export function versionProblem(version: number, where: string, release?: string): RuntimeProblem | null {
  if (Number.isInteger(version) && version >= 1 && version <= RUN_FORMAT) return null;
  if (Number.isInteger(version) && version > RUN_FORMAT) {
    const known = release !== undefined && RELEASE.test(release);
    return problem(
      "NW0827",
      `${where} has format ${version}; this release reads up to format ${RUN_FORMAT}.`,
      known
        ? `Netwright ${release} wrote it and reads it, as newer releases do: \`npm install netwright@${release}\`.`
        : "Use the release that wrote it, or a newer one: `npm install netwright@latest`.",
    );
  }
  return problem("NW0826", `${where} has format ${version}, which does not exist.`);
}

/** A number of npm's, and nothing that could be more of a command. */
const RELEASE = /^\d{1,6}\.\d{1,6}\.\d{1,6}(?:-[0-9A-Za-z.-]{1,40})?$/;

/** Steps from version to version up to `target`. */
export function migrate(
  files: RunFiles,
  version: number,
  steps: Migrations = migrations,
  target = RUN_FORMAT,
): Outcome<RunFiles> {
  let current: Outcome<RunFiles> = succeed(files);
  for (let from = version; from < target && current.ok; from++) {
    const step = steps[from];
    if (step === undefined) throw new Error(`no migration from run format ${from}`);
    current = step(current.value);
  }
  return current;
}
