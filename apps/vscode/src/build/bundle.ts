// Bundles the extension and its server, each into one CommonJS file, and says whose code is in them.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
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
  const folders = Object.keys(metafile.inputs).flatMap((input) => packageFolder(input) ?? []);
  return { files, packages: [...new Set(folders)].sort() };
}

/** `../../node_modules/@scope/name` of a file inside; undefined for our own. */
function packageFolder(input: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}

/** The licenses of what is bundled, as they ask for. */
export async function notices(packages: readonly string[]): Promise<string> {
  const parts = await Promise.all(
    packages.map(async (folder) => {
      const { name, version, license } = JSON.parse(
        await readFile(join(projectFolder, folder, "package.json"), "utf8"),
      );
      return `${name} ${version} (${license})\n\n${(await licenseText(folder)).trim()}\n`;
    }),
  );
  return `The bundled files contain code of these packages.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

const LICENSE_FILES = ["LICENSE", "LICENSE.txt", "LICENSE.md", "License.txt", "LICENCE", "license"];

async function licenseText(folder: string): Promise<string> {
  for (const file of LICENSE_FILES) {
    const text = await readFile(join(projectFolder, folder, file), "utf8").catch(() => undefined);
    if (text !== undefined) return text;
  }
  throw new Error(`${folder} has no license file; look for another name and add it to LICENSE_FILES`);
}
