// The `data` section in the words of the data package.

import {
  type PrepareResult,
  prepare,
  type ReadSettings,
  type Storage,
  type Table,
  type TeacherPlan,
} from "@netwright/data";
import type { TargetKind } from "@netwright/definitions";
import type { DataSettings, ReadingSettings } from "@netwright/lang";
import type { FullCatalog } from "../catalog/catalog.ts";

/** What is given beside the file. */
export interface Dealing {
  readonly catalog: FullCatalog;
  readonly storage?: Storage | null | undefined;
}

/** What the section says of how its table is written. */
export function readSettings(settings: ReadingSettings): ReadSettings {
  const {
    file_column: fileColumn,
    folder_column: folderColumn,
    missing_words: missingWords,
    ...others
  } = settings;
  const { separator, decimal, thousands, header, skip, sheet } = others;
  return { separator, decimal, thousands, header, skip, sheet, fileColumn, folderColumn, missingWords };
}

/** What the resolver leaves of the section is what the data package takes, but for what the loss is for. */
export function prepareData(
  table: Table,
  settings: DataSettings,
  predicts: TargetKind,
  { catalog: { definitions }, storage = null }: Dealing,
): PrepareResult {
  const { target, features, scale, missing, split, columns, categories } = settings;
  const { weight = null } = settings;
  const window = settings.window === undefined ? null : { ...settings.window, by: settings.window.by ?? [] };
  const teacher = teacherOf(settings);
  const plan = { target, features, scale, missing, split, columns, predicts, weight, teacher, window };
  return prepare(table, categories === undefined ? plan : { ...plan, categories }, definitions, storage);
}

function teacherOf({ teacher, teacher_gives: gives, teaches }: DataSettings): TeacherPlan | null {
  return teacher === undefined
    ? null
    : { columns: teacher, teaches: teaches !== false, ...(gives === undefined ? {} : { gives }) };
}
