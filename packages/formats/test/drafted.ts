// What `netwright init` drafts for a table of the examples, trained for a few epochs.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readCsv } from "@netwright/data";
import type { PortableModel } from "@netwright/formats";
import { type DraftOptions, draftNet } from "netwright";
import { portable } from "./portable.ts";

export async function drafted(
  example: "concrete" | "penguins" | "wine",
  options: Partial<DraftOptions> = {},
): Promise<PortableModel> {
  const path = new URL(`../../../examples/${example}/${example}.csv`, import.meta.url);
  const csv = readFileSync(fileURLToPath(path), "utf8");
  const read = readCsv(csv, { name: `${example}.csv` });
  if ("problems" in read) throw new Error(JSON.stringify(read.problems));
  const draft = draftNet(read.table, { source: `${example}.csv`, name: example, ...options });
  if (!draft.ok) throw new Error(draft.problem);
  return portable(draft.text.replace(/epochs: \d+/, "epochs: 3"), csv, 200);
}
