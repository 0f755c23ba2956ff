// All published packages in folders as npm gets them, `<out>/<name>/` without the scope's slash.

import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ADDRESS } from "../address.ts";
import { type ManifestOptions, stagedManifest } from "../manifest.ts";
import { notices, packageFolders } from "../notices.ts";
import { publishedPackages, root, type WorkspacePackage, workspacePackages } from "../workspace.ts";
import type { FileContents } from "./contents.ts";
import { stageLibrary } from "./stage-library.ts";
import { stageNetwright } from "./stage-netwright.ts";

export interface StagedPackage {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  readonly contents: readonly FileContents[];
}

export interface StageOptions extends ManifestOptions {
  /** The folders of the packages in it are replaced, and nothing else. */
  readonly out: string;
}

/** In an order in which they can be published. Needs what `tsc -b` makes of the workspace: declarations. */
export async function stage(options: StageOptions): Promise<readonly StagedPackage[]> {
  const staged: StagedPackage[] = [];
  for (const one of publishedPackages()) {
    const folder = join(options.out, folderName(one.manifest.name));
    rmSync(folder, { recursive: true, force: true });
    staged.push(await stageOne(one, folder, options));
  }
  return staged;
}

/** The package `netwright` alone, in that folder, for who measures it. */
export async function stageNetwrightOnly(folder: string): Promise<void> {
  const one = publishedPackages().find(({ manifest }) => manifest.name === "netwright");
  if (one !== undefined) await stageOne(one, folder, {});
}

async function stageOne(
  one: WorkspacePackage,
  folder: string,
  options: ManifestOptions,
): Promise<StagedPackage> {
  const { name, version } = one.manifest;
  mkdirSync(folder, { recursive: true });
  const make = name === "netwright" ? stageNetwright : stageLibrary;
  const { dependencies, bin, contents } = await make(one, workspacePackages(), folder);
  const manifest = { ...stagedManifest(one, dependencies, options), ...(bin === undefined ? {} : { bin }) };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(join(folder, "README.md"), readme(one, options.address ?? ADDRESS));
  cpSync(join(root, "LICENSE"), join(folder, "LICENSE"));
  const folders = packageFolders(contents.flatMap(({ modules }) => modules).map((file) => join(root, file)));
  if (folders.length > 0) writeFileSync(join(folder, "THIRD-PARTY-NOTICES.txt"), notices(folders));
  return { name, version, folder, contents };
}

/** `@netwright/ir` is in `netwright-ir`, as npm calls its tarball. */
export function folderName(name: string): string {
  return name.replace(/^@/, "").replace("/", "-");
}

function readme({ folder, manifest }: WorkspacePackage, address: string): string {
  const file = join(folder, "README.md");
  if (!existsSync(file)) throw new Error(`${manifest.name} has no README.md`);
  return `${readFileSync(file, "utf8").trimEnd()}\n\n${footer(address)}\n`;
}

function footer(address: string): string {
  return `Documentation, source and issues: <${address}>. Licensed under Apache-2.0.`;
}
