// Bundles the extension and its server, each into one CommonJS file, and says whose code is in them.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageFolders } from "@netwright/release/notices";
import { build } from "esbuild";

export interface Bundle {
  /** Files of the extension by path: `dist/extension.js`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Folders of the npm packages that went into them, in order. */
  readonly packages: readonly string[];
}

export const projectFolder = fileURLToPath(new URL("../../", import.meta.url));

export async function bundle(): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: projectFolder,
    entryPoints: { extension: "src/extension/extension.ts", server: "src/server/server.ts" },
    bundle: true,
    write: false,
    metafile: true,
    outdir: "dist",
    platform: "node",
    format: "cjs",
    // The Node inside of the oldest editor that the manifest admits.
    target: "node20",
    conditions: ["@netwright/source"],
    external: ["vscode"],
    minify: true,
    // Names stay, so that stack traces can be read.
    keepNames: true,
    legalComments: "none",
    logLevel: "silent",
  });
  const files = new Map(
    outputFiles.map(({ path, contents }) => [path.slice(path.lastIndexOf("dist/")), contents] as const),
  );
  const inputs = Object.keys(metafile.inputs).map((input) => join(projectFolder, input));
  return { files, packages: packageFolders(inputs) };
}
