// What is inside a saved model. The rest of it is imported when it is used, as few programs ask.

import type { ModelFile } from "@netwright/runtime";
import type { Subject } from "../influence/subject.ts";
import type { Filters } from "../inside/filters.ts";
import type { Inside } from "../inside/look-inside.ts";
import type { SavedModel } from "../model/saved-model.ts";
import type { Checked } from "../project/result.ts";

export async function findFilters(
  saved: SavedModel,
  file: Pick<ModelFile, "weights">,
  layer?: string,
): Promise<Checked<readonly Filters[]>> {
  const { filtersOf } = await import("../inside/filters.ts");
  return filtersOf(saved, file, layer);
}

export async function lookInside(subject: Subject, row: number): Promise<Checked<Inside>> {
  const { insideOf } = await import("../inside/look-inside.ts");
  return insideOf(subject, row);
}
