// A run as a whole.

import type { History } from "../training/history.ts";
import type { SavedCheckpoint } from "./checkpoint-file.ts";
import type { ModelFile } from "./model-file.ts";
import type { RunRecord } from "./run-record.ts";

export interface RunBundle {
  readonly model: ModelFile;
  readonly record: RunRecord;
  readonly history: History;
  readonly checkpoint: SavedCheckpoint | null;
}
