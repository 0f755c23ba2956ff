// What `netwright init` drafts for a table, and for those of the examples trained for a few epochs.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readCsv } from "@netwright/data";
import type { PortableModel } from "@netwright/formats";
import { type DraftOptions, draftNet } from "netwright";
import { portable } from "./portable.ts";

/** The text of the draft. */
export function draftOf(csv: string, name: string, options: Partial<DraftOptions> = {}): string {
  const read = readCsv(csv, { name: `${name}.csv` });
  if ("problems" in read) throw new Error(JSON.stringify(read.problems));
  const draft = draftNet(read.table, { source: `${name}.csv`, name, ...options });
  if (!draft.ok) throw new Error(draft.problem);
  return draft.text;
}

export async function drafted(
  example: "concrete" | "penguins" | "wine",
  options: Partial<DraftOptions> = {},
): Promise<PortableModel> {
  const path = new URL(`../../../examples/${example}/${example}.csv`, import.meta.url);
  const csv = readFileSync(fileURLToPath(path), "utf8");
  return portable(draftOf(csv, example, options).replace(/epochs: \d+/, "epochs: 3"), csv, 200);
}
