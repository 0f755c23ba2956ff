// The manifest that npm gets, from the one of the workspace.

import { ADDRESS, isPlaceholder } from "./address.ts";
import type { Manifest, Target, WorkspacePackage } from "./workspace.ts";

export interface StagedManifest extends Manifest {
  readonly homepage: string;
  readonly bugs: { readonly url: string };
  readonly repository: { readonly type: "git"; readonly url: string; readonly directory: string };
  readonly publishConfig: { readonly access: "public" };
}

export interface ManifestOptions {
  readonly address?: string;
  /** For a registry on this machine, where a placeholder does no harm. */
  readonly rehearsal?: boolean;
}

/** Of every package. */
const KEYWORDS = ["neural-network", "machine-learning", "netwright"];

/**
 * `dependencies` are those that are not bundled. With a placeholder as address the package is private, which npm
 * refuses to publish as folder and as tarball.
 */
export function stagedManifest(
  { manifest, directory }: WorkspacePackage,
  dependencies: Readonly<Record<string, string>>,
  { address = ADDRESS, rehearsal = false }: ManifestOptions,
): StagedManifest {
  const { name, version, description, keywords = [], license, type, engines, sideEffects } = manifest;
  const { peerDependencies, peerDependenciesMeta } = manifest;
  return {
    name,
    version,
    ...(isPlaceholder(address) && !rehearsal ? { private: true } : {}),
    description,
    keywords: [...KEYWORDS, ...keywords],
    homepage: `${address}#readme`,
    bugs: { url: `${address}/issues` },
    repository: { type: "git", url: `git+${address}.git`, directory },
    license,
    type,
    engines,
    sideEffects,
    exports: { ...withoutSource(manifest.exports), "./package.json": "./package.json" },
    ...(Object.keys(dependencies).length === 0 ? {} : { dependencies }),
    ...(peerDependencies === undefined ? {} : { peerDependencies }),
    ...(peerDependenciesMeta === undefined ? {} : { peerDependenciesMeta }),
    publishConfig: { access: "public" },
  };
}

/** The condition for this workspace, whose files are not published. */
function withoutSource(targets: Manifest["exports"]): Manifest["exports"] {
  const kept = Object.entries(targets).filter(([condition]) => condition !== "@netwright/source");
  return Object.fromEntries(
    kept.map(([key, target]): [string, Target] => [
      key,
      typeof target === "string" ? target : withoutSource(target),
    ]),
  );
}
