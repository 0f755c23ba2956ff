// The modules of a package bundled into one file for each of its entries, and files of what they share: who imports
// it waits for a few files and not for hundreds. Its dependencies stay outside.

import { join } from "node:path";
import { build, type OutputChunk, type RolldownOutput } from "rolldown";
import type { Target, WorkspacePackage } from "../workspace.ts";

export interface LibraryRequest {
  readonly from: WorkspacePackage;
  /** Packages that stay imports. */
  readonly external: readonly string[];
  /** Files that `exports` names; all of them by default. */
  readonly entries?: readonly string[];
  readonly browser?: boolean;
  readonly out: string;
}

/** In `out`, at the paths that `exports` has. Gives the files that were written. */
export async function bundleLibrary(request: LibraryRequest): Promise<readonly OutputChunk[]> {
  const { from, external, out, browser = false } = request;
  const entries = request.entries ?? scriptsOf(from);
  const input = Object.fromEntries(
    entries.map((path) => {
      const name = path.replace(/^\.\/dist\/(.*)\.js$/, "$1");
      return [name, join(from.folder, "src", `${name}.ts`)];
    }),
  );
  const conditions = ["@netwright/source", ...(browser ? ["browser"] : ["node"]), "import", "default"];
  const { output } = await build({
    cwd: from.folder,
    input,
    platform: browser ? "browser" : "node",
    external: [/^node:/, ...external.map((name) => new RegExp(`^${name}(/|$)`))],
    resolve: { conditionNames: conditions },
    treeshake: { moduleSideEffects: false },
    output: {
      dir: join(out, "dist"),
      format: "esm",
      chunkFileNames: `${browser ? "browser/" : ""}chunks/[name]-[hash].js`,
    },
  });
  return chunksOf(output);
}

export function chunksOf(output: RolldownOutput["output"]): readonly OutputChunk[] {
  return output.filter((file) => file.type === "chunk");
}

/** What `exports` has to load: `./dist/index.js`. */
function scriptsOf({ manifest }: WorkspacePackage): readonly string[] {
  return [...new Set(Object.values(manifest.exports).flatMap(defaultsIn))];
}

function defaultsIn(target: Target): string[] {
  if (typeof target === "string") return [];
  return Object.entries(target).flatMap(([condition, inner]) =>
    condition === "default" && typeof inner === "string" ? [inner] : defaultsIn(inner),
  );
}
