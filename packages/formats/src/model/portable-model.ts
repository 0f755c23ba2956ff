// A trained model as formats are told of it: plain data, from the cells of a table to predictions in original units.
// `netwright/src/export/portable` makes it of a run.

import type { SavedWindow } from "@netwright/data";
import type { RunRecord, SourceText } from "@netwright/runtime";
import type { PortableColumn } from "./columns.ts";
import type { PortableNetwork } from "./network.ts";
import type { PortableOutputs } from "./outputs.ts";
import type { Samples } from "./samples.ts";

export interface PortableModel {
  /** For file names: of the `.net` file, without its ending. */
  readonly name: string;
  /** The version of Netwright that makes it. */
  readonly version: string;
  /** What was trained and measured: hashes, metrics of the splits, versions. */
  readonly record: RunRecord;
  /** What `model.safetensors` of the run says beside its weights, by names, for files that have a place for text: see `ownTexts`. */
  readonly texts: Readonly<Record<string, string>>;
  /** The `.net` file of the run first, then those that it uses. */
  readonly sources: readonly SourceText[];
  /** Words and numbers that stand for a missing value, beside those that everyone knows. */
  readonly missingWords: readonly string[];
  /** Which rows of a series the network is given together; null where each row is for itself. */
  readonly window: SavedWindow | null;
  /** In the order of the network's inputs. */
  readonly columns: readonly PortableColumn[];
  readonly network: PortableNetwork;
  readonly outputs: PortableOutputs;
  readonly samples: Samples;
}
