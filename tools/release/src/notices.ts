// The licenses of the packages whose code is in a bundle, as they ask for.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folders of npm packages among the files of a bundle: `../../node_modules/@scope/name` of a file inside. */
export function packageFolders(files: Iterable<string>): readonly string[] {
  const folders = [...files].flatMap((file) => {
    const match = /^(.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file);
    return match?.[1] ?? [];
  });
  return [...new Set(folders)].sort();
}

/** Their names, versions and licenses, in full. */
export function notices(folders: readonly string[]): string {
  const parts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return `${name} ${version} (${license})\n\n${licenseText(folder).trim()}\n`;
  });
  return `The bundled files contain code of these packages.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

/** All of them: some packages have one for each license that they are under. */
function licenseText(folder: string): string {
  const files = readdirSync(folder).filter((name) => /^licen[cs]e([-.].*)?$/i.test(name));
  if (files.length > 0) return files.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
  const stated = licensesInHeads(folder);
  if (stated.length > 0) return stated.join("\n\n");
  throw new Error(`${folder} has no license file, and its files state none`);
}

/** What the files of a package without such a file state at their beginning, each once: @bufbuild/protobuf does. */
function licensesInHeads(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".js"),
  );
  const heads = files.toSorted().flatMap((name) => {
    const [head = ""] = /^(?:\/\/.*\r?\n)+/.exec(readFileSync(join(folder, name), "utf8")) ?? [];
    return /copyright/i.test(head) ? [head.replace(/^\/\/ ?/gm, "").trim()] : [];
  });
  return [...new Set(heads)];
}
