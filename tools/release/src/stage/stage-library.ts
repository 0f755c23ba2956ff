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
  const own = Object.entries(dependencies).filter(([name]) => !isPrivate(name));
  const bundled = Object.keys(dependencies).filter(isPrivate);
  const theirs = bundled.flatMap((name) => Object.entries(packages.get(name)?.manifest.dependencies ?? {}));
  const external = [...own, ...theirs, ...Object.entries(peerDependencies)].map(([name]) => name);
  const chunks = await bundleLibrary({ from, external, out });
  const imported = chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]);
  const needed = theirs.filter(([name]) =>
    imported.some((one) => one === name || one.startsWith(`${name}/`)),
  );
  copyDeclarations({ from, inlined: new Map(), dependencies: own.map(([name]) => name), out });
  return { dependencies: Object.fromEntries([...own, ...needed]), contents: contentsOf(chunks, "dist/") };

  function isPrivate(name: string): boolean {
    return packages.get(name)?.manifest.private === true;
  }
}
