// Everything that is in the extension: what `extension/` holds, the bundles, and the licenses.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { notices } from "@netwright/release/notices";
import { strToU8 } from "fflate";
import { bundle, projectFolder } from "./bundle.ts";
import type { Manifest } from "./vsix.ts";

export interface Extension {
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

export async function extensionFiles(): Promise<Extension> {
  const folder = join(projectFolder, "extension");
  const files = new Map<string, Uint8Array>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(folder.length + 1).replaceAll("\\", "/"), await readFile(path));
  }
  const root = join(projectFolder, "../..");
  files.set("LICENSE.txt", await readFile(join(root, "LICENSE")));
  files.set("CHANGELOG.md", await readFile(join(root, "CHANGELOG.md")));
  const { files: bundles, packages } = await bundle();
  for (const [path, bytes] of bundles) files.set(path, bytes);
  files.set("THIRD-PARTY-NOTICES.txt", strToU8(notices(packages)));
  const manifest: Manifest = JSON.parse(new TextDecoder().decode(files.get("package.json")));
  return { manifest, files };
}
