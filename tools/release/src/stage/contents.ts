// What is in the files of a package, for tests that ask what is loaded when.

import { relative } from "node:path";
import type { OutputChunk } from "rolldown";
import { root } from "../workspace.ts";

export interface FileContents {
  /** From the folder of the package. */
  readonly file: string;
  /** Files and packages that are loaded with it. */
  readonly imports: readonly string[];
  /** Those that are loaded when somebody asks. */
  readonly dynamicImports: readonly string[];
  /** Its modules, from the root of the workspace. */
  readonly modules: readonly string[];
}

/** `prefix` is the folder of the chunks in the package: `dist/`. */
export function contentsOf(chunks: readonly OutputChunk[], prefix: string): readonly FileContents[] {
  const names = new Set(chunks.map(({ fileName }) => fileName));
  // An entry that is built by itself names the files beside it.
  const placed = (name: string): string => {
    const file = name.replace(/^\.\//, "");
    return names.has(file) ? prefix + file : name;
  };
  return chunks.map(({ fileName, imports, dynamicImports, moduleIds }) => ({
    file: prefix + fileName,
    imports: imports.map(placed),
    dynamicImports: dynamicImports.map(placed),
    modules: moduleIds.map((id) => (id.startsWith(root) ? relative(root, id) : id)),
  }));
}
