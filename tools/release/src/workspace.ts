// The packages of this workspace that are published: those in `packages/` that are not private.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A target of `exports`: a path, or targets by condition. */
export type Target = string | { readonly [condition: string]: Target };

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly description: string;
  readonly keywords?: readonly string[];
  readonly license: string;
  readonly type: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly sideEffects: boolean;
  readonly exports: { readonly [path: string]: Target };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional: boolean }>>;
}

export interface WorkspacePackage {
  readonly folder: string;
  /** From the root of the workspace: `packages/ir`. */
  readonly directory: string;
  readonly manifest: Manifest;
}

export const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Of all packages in `packages/`, by name. */
export function workspacePackages(): ReadonlyMap<string, WorkspacePackage> {
  const all = readdirSync(join(root, "packages")).map((name): WorkspacePackage => {
    const directory = `packages/${name}`;
    const folder = join(root, directory);
    return { folder, directory, manifest: JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) };
  });
  return new Map(all.map((one) => [one.manifest.name, one]));
}

/** Those that are published, each behind what it depends on, so that whoever installs one finds all. */
export function publishedPackages(): readonly WorkspacePackage[] {
  const packages = workspacePackages();
  const ordered = new Set<WorkspacePackage>();
  const visit = (one: WorkspacePackage): void => {
    const { dependencies = {}, peerDependencies = {} } = one.manifest;
    for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
      const other = packages.get(name);
      if (other !== undefined) visit(other);
    }
    ordered.add(one);
  };
  for (const one of packages.values()) visit(one);
  return [...ordered].filter(({ manifest }) => manifest.private !== true);
}
