// Drafts for reading by eye: what `init` says, and the file.

import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { TableFile } from "./attempt.ts";
import { play } from "./play.ts";

export async function drawnDrafts(tables: readonly TableFile[]): Promise<string> {
  const drafts: string[] = [];
  for (const table of tables) drafts.push(await draftOf(table));
  return drafts.join("\n");
}

async function draftOf({ name, path }: TableFile): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "netwright-tables-"));
  try {
    const data = join(folder, basename(path));
    const net = data.replace(/csv$/, "net");
    copyFileSync(path, data);
    const { stdout, stderr } = await play(["init", data]);
    const text = existsSync(net) ? readFileSync(net, "utf8") : "";
    return `==== ${name}\n${(stdout + stderr).replaceAll(`${folder}/`, "")}\n${text}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
