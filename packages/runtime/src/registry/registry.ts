// From the name a user gives to a backend. The caller hands in the backends it knows, as data; nothing is
// loaded before it is asked for.

import { closest, quote } from "@netwright/definitions";
import type { Backend } from "../backend/backend.ts";
import { fail, type Outcome, problem, succeed } from "../problem/problem.ts";
import { isMissingPackage, loadProblem } from "./missing-package.ts";
import { checkThirdParty, loadThirdParty } from "./third-party.ts";

export interface BackendEntry {
  /** As in `--backend jit`. */
  readonly name: string;
  /** The npm package that holds it. */
  readonly packageName: string;
  /**
   * Of a backend that comes along: `() => import("@netwright/backend-jit").then((m) => m.backend)`. One without is a
   * package that the user adds; it is imported by its name and exports what a third party's does.
   */
  readonly load?: () => Promise<Backend>;
  /** What there is to do beyond installing the package, as a sentence. */
  readonly afterInstall?: string;
}

export type BackendRegistry = readonly BackendEntry[];

/** `(name) => import(name)`, in the caller's module so that the caller's packages are found. */
export type ImportPackage = (packageName: string) => Promise<unknown>;

/**
 * A name that is not in the registry and looks like a package, `their-backend` or `@them/backend`, is imported
 * with `importPackage`. Problems: NW0810 to NW0814.
 */
export async function resolveBackend(
  name: string,
  registry: BackendRegistry,
  importPackage?: ImportPackage,
): Promise<Outcome<Backend>> {
  const entry = registry.find((candidate) => candidate.name === name);
  if (entry !== undefined) return loadEntry(entry, importPackage);
  if (importPackage !== undefined && looksLikePackage(name)) return loadThirdParty(name, importPackage);

  const names = registry.map((candidate) => candidate.name);
  const meant = closest(name, names);
  return fail(
    problem(
      "NW0810",
      `There is no backend ${quote(name)}.`,
      ...(meant === undefined ? [] : [`Did you mean ${quote(meant)}?`]),
      `Known are ${names.join(", ")}, and any installed package that holds a backend.`,
    ),
  );
}

async function loadEntry(
  { name, packageName, load, afterInstall }: BackendEntry,
  importPackage: ImportPackage | undefined,
): Promise<Outcome<Backend>> {
  try {
    if (load !== undefined) return succeed(await load());
    if (importPackage !== undefined) return checkThirdParty(packageName, await importPackage(packageName));
  } catch (error) {
    if (!isMissingPackage(error, packageName)) return fail(loadProblem(`The backend ${name}`, error));
  }
  return fail(
    problem(
      "NW0811",
      `The backend ${name} comes with the package \`${packageName}\`, which is not installed.`,
      `Add it: \`npm install ${packageName}\``,
      ...(afterInstall === undefined ? [] : [afterInstall]),
    ),
  );
}

/** npm's names, with a hyphen or a scope: a single word is taken for a misspelt backend. */
function looksLikePackage(name: string): boolean {
  return /^(@[a-z0-9~][a-z0-9._~-]*\/[a-z0-9._~-]+|[a-z0-9~][a-z0-9._~]*-[a-z0-9._~-]*)$/.test(name);
}
