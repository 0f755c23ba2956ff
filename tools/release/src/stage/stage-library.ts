// A package as npm gets it: bundled, with its declarations. Packages of this workspace that are not published are
// bundled with it.

import type { WorkspacePackage } from "../workspace.ts";
import { bundleLibrary } from "./bundle-library.ts";
import { contentsOf } from "./contents.ts";
import { copyDeclarations } from "./declarations.ts";
import type { Staged } from "./staged.ts";

export async function stageLibrary(
  from: WorkspacePackage,
  packages: ReadonlyMap<string, WorkspacePackage>,
  out: string,
): Promise<Staged> {
  const { dependencies = {}, peerDependencies = {} } = from.manifest;
  const bundled = Object.keys(dependencies).filter((name) => packages.get(name)?.manifest.private === true);
  const kept = { ...dependencies };
  for (const name of bundled) {
    Object.assign(kept, packages.get(name)?.manifest.dependencies);
    delete kept[name];
  }
  const external = Object.keys({ ...kept, ...peerDependencies });
  const chunks = await bundleLibrary({ from, external, out });
  copyDeclarations({ from, inlined: new Map(), dependencies: external, out });
  return { dependencies: kept, contents: contentsOf(chunks, "dist/") };
}
