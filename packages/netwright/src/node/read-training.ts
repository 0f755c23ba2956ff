// An exported training from its folder, with what another engine has made of it.

import { join } from "node:path";
import { THIS_DISK } from "@netwright/runtime/node";
import { MANIFEST } from "../export/training/format.ts";
import { type ReadManifest, readManifest, unreadableManifest } from "../export/training/read-manifest.ts";
import { projectError } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { readTrained, type TrainedElsewhere } from "../training/import-trained.ts";
import { readText } from "./files.ts";
import { reasonOf } from "./reason-of.ts";

export interface ReadTraining {
  readonly manifest: ReadManifest;
  readonly trained: TrainedElsewhere;
  /** What was read. */
  readonly files: readonly string[];
}

/** Where `netwright_jax` puts its checkpoints, unless it is told otherwise. */
const CHECKPOINT = "checkpoint.safetensors";
/** What Node can have in one array. */
const LARGEST = 2 ** 31 - 1;

/** Problems: NW0846, NW0849, and those of a checkpoint. */
export async function readTraining(
  folder: string,
  checkpoint: string = join(folder, CHECKPOINT),
): Promise<Checked<ReadTraining>> {
  const place = join(folder, MANIFEST);
  const text = readText(place);
  if (!text.ok) return reject([unreadableManifest(place, text.reason)]);
  const manifest = readManifest(text.text, place);
  if (!manifest.ok) return manifest;
  const bytes = await bytesOf(checkpoint);
  if (typeof bytes === "string")
    return reject([
      projectError(
        "NW0849",
        `the checkpoint \`${checkpoint}\` cannot be read: ${bytes}`,
        [
          `\`python -m netwright_jax train ${folder}\` trains and writes it; \`--checkpoint FILE\` names another.`,
        ],
        undefined,
      ),
    ]);
  const trained = readTrained(bytes, checkpoint);
  if (!trained.ok) return trained;
  return accept({ manifest: manifest.value, trained: trained.value, files: [place, checkpoint] });
}

/** Or why it cannot be read. */
async function bytesOf(file: string): Promise<Uint8Array | string> {
  try {
    return await THIS_DISK.readFile(file, LARGEST);
  } catch (error) {
    return reasonOf(error);
  }
}
