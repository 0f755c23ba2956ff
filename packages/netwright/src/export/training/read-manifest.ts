// `training.json` of a folder that comes from anywhere, as far as `netwright import` needs it.

import {
  complaintsText,
  count,
  dictionary,
  fileName,
  list,
  object,
  oneOf,
  optional,
  path,
  type Reader,
  readText,
  sha256,
  text,
} from "@netwright/definitions/json";
import type { RunRecord, SourceText } from "@netwright/runtime";
import { projectError } from "../../project/diagnostics.ts";
import { accept, type Checked, reject } from "../../project/result.ts";
import { FORMAT, VERSION } from "./format.ts";
import type { TrainingManifest } from "./manifest.ts";

/** What taking the weights back needs of it. */
export type ReadManifest = Pick<TrainingManifest, "name" | "netwright" | "hash" | "sources" | "overrides"> & {
  readonly initial?: NonNullable<RunRecord["initial"]>;
};

const manifestReader: Reader<ReadManifest> = object<ReadManifest>({
  name: fileName,
  netwright: text,
  hash: object<TrainingManifest["hash"]>({ run: sha256, ir: sha256, data: sha256 }),
  sources: list(object<SourceText>({ path, text })),
  overrides: dictionary(text),
  initial: optional(
    object<NonNullable<RunRecord["initial"]>>({
      hash: object({ run: sha256, weights: sha256 }),
      layers: list(text),
    }),
  ),
});

const kindReader = object<{ readonly format: string; readonly version: number }>({
  format: oneOf(FORMAT),
  version: count,
});

/** `place` names the file in messages. Problem: NW0846. */
export function readManifest(json: string, place: string): Checked<ReadManifest> {
  const kind = readText(json, kindReader);
  if (kind === null) return reject([unreadableManifest(place, "it is not JSON")]);
  if (!kind.ok) return reject([unreadableManifest(place, complaintsText(kind.complaints, kind.more))]);
  if (kind.value.version > VERSION)
    return reject([
      unreadableManifest(place, `it is of version ${kind.value.version}, and this release reads ${VERSION}`),
    ]);
  const read = readText(json, manifestReader);
  if (read?.ok !== true)
    return reject([unreadableManifest(place, complaintsText(read?.complaints ?? [], read?.more ?? 0))]);
  return accept(read.value);
}

export function unreadableManifest(place: string, why: string) {
  return projectError(
    "NW0846",
    `\`${place}\` is no exported training: ${why}`,
    [
      "`netwright export FILE.net --format stablehlo --output FOLDER` writes one; take it whole, and as it is.",
    ],
    undefined,
  );
}
