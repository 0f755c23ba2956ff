// The `data` section: settings, split, contract of columns, and what the header of the file says about the
// width of the network.

import {
  type ArgsOf,
  columnsByPattern,
  type Instance,
  type MadeOf,
  type Span,
  teacherColumns,
} from "@netwright/definitions";
import type { DataSettings, ReadingSettings, Weight } from "../model/model.ts";
import { type dataParams, dataSettings, type readingParams } from "../sections/data.ts";
import type { Name, SettingsItem } from "../syntax/tree.ts";
import {
  checkColumnsExist,
  checkDisjoint,
  checkWeightApart,
  readColumn,
  readColumnNames,
} from "./column-names.ts";
import type { Context } from "./context.ts";
import { readContract } from "./contract.ts";
import type { StatedColumns } from "./data-schema.ts";
import type { OverrideNode } from "./overrides.ts";
import { checkSettings, collectSettings, type Entry } from "./settings.ts";
import { columnsOfSplit, readSplit } from "./split.ts";
import { checkTeacherApart, checkTeacherExists, readTeacher } from "./teacher.ts";
import type { Host } from "./uses.ts";
import type { Scope } from "./value.ts";
import { checkWindowApart, checkWindowSplit, columnsOfWindow, readWindow } from "./window.ts";

export interface ResolvedData {
  readonly settings: DataSettings | undefined;
  /** Undefined after a mistake in the names of the columns. */
  readonly columns: StatedColumns | undefined;
}

export function resolveData(
  item: SettingsItem,
  overrides: OverrideNode | undefined,
  scope: Scope,
  host: Host,
  context: Context,
): ResolvedData {
  const section = {
    label: "data",
    settings: dataSettings,
    record: item.settings,
    at: item.keyword,
    overrides,
  };
  const entries = collectSettings(section, context);
  const values = checkSettings(section, entries, scope, context);
  const target = readTarget(item, entries, context);
  const featuresEntry = entries.get("features");
  const features =
    featuresEntry === undefined ? "all" : readColumnNames("features", featuresEntry.value, true, context);
  const weightEntry = entries.get("weight");
  const weight =
    weightEntry === undefined ? null : readColumn("weight", weightEntry.value, "balanced", context);
  const weightName = weight != null && "column" in weight ? weight.column : undefined;
  const teacher = readTeacher(entries.get("teacher"), context);
  const spans: Record<string, Span> = { data: item.keyword };
  for (const [key, { value }] of entries) spans[key] = value.span;
  const window = readWindow(entries.get("window"), item, overrides, scope, spans, context);
  const order = window?.order ?? null;
  const split = readSplit(entries.get("split"), order, item, overrides, scope, spans, context);
  const dealtBy = split === undefined ? [] : columnsOfSplit(split, entries.get("split"), context);
  const windowedBy =
    window == null ? [] : columnsOfWindow(window, entries.get("window"), spans, item.keyword);
  const contract = readContract(entries.get("columns"), overrides, scope, spans, context);

  // What fillIn returns has exactly the parameters of the section, checked against their types.
  const checked = values as (ArgsOf<typeof dataParams> & ArgsOf<typeof readingParams>) | undefined;
  const reading = checked === undefined ? {} : statedReading(checked);
  const clear = checkSigns(reading, spans["thousands"] ?? item.keyword, context);
  // A mistake in another setting does not keep the names of columns from being checked.
  const stated = checked?.source ?? writtenSource(entries, overrides);
  const { path: source, query } = origin(stated);
  if (query !== undefined) spans["source.query"] = placeOfQuery(entries.get("source"), query);
  const header = source === undefined ? undefined : host.columns(source, item.span.file, reading, query);
  const made = madeOf(contract.columns ?? {}, context);
  const isColumn = ({ text }: Name) => !made.has(text);
  let sound = true;
  // Of a window the network is given the past of a target, and nothing of the row that is predicted.
  if (target !== undefined && features !== undefined && features !== "all" && window === null) {
    sound = checkDisjoint(target, features, context);
  }
  const listed = features === undefined || features === "all" ? [] : features;
  if (weightName !== undefined) sound = checkWeightApart(weightName, target ?? [], listed, context) && sound;
  const used = [
    ...(target ?? []).map((name) => ({ ...name, role: "the target" })),
    ...(weightName === undefined ? [] : [{ ...weightName, role: "the weight" }]),
  ];
  const named = [...used, ...listed.map((name) => ({ ...name, role: "a feature" }))];
  if (teacher != null) sound = checkTeacherApart(teacher, named, header, context) && sound;
  if (window != null) {
    sound = checkWindowApart(windowedBy, used, context) && sound;
    const at = spans["split"] ?? spans["split.seed"] ?? item.keyword;
    if (split !== undefined) sound = checkWindowSplit(window, split, at, context) && sound;
  }
  if (source !== undefined && header !== undefined) {
    const others = [
      ...(target ?? []),
      ...listed.filter(isColumn),
      ...(weightName === undefined ? [] : [weightName]),
    ];
    sound = checkColumnsExist(others, header, source, context) && sound;
    if (teacher != null) sound = checkTeacherExists(teacher, header, source, context) && sound;
    // A split by time goes by the column of the window where the file does not say otherwise.
    const isTold = new Set(windowedBy.map(({ text }) => text));
    const dealtByOthers = dealtBy.filter(({ text }) => !isTold.has(text));
    sound = checkColumnsExist([...windowedBy, ...dealtByOthers], header, source, context) && sound;
    checkColumnsExist(contract.names, header, source, context);
  }
  const apart = [...dealtBy, ...windowedBy, ...(weightName === undefined ? [] : [weightName])].map(
    ({ text }) => text,
  );
  if (reading.file_column !== undefined) apart.push(reading.file_column);
  const taughtBy = teacher?.map(({ text }) => text) ?? [];
  apart.push(...teacherColumns(taughtBy, header ?? []).map(({ name }) => name));
  const unseen = window == null ? target : [];
  const names = sound ? featureNames(features, unseen, apart, made, header) : undefined;
  if (names?.length === 0) {
    context.report.error(
      "NW0606",
      featuresEntry?.value.span ?? item.keyword,
      "the data has no column left for the features",
    );
  }
  const complete =
    checked !== undefined &&
    source !== undefined &&
    clear &&
    target !== undefined &&
    features !== undefined &&
    split !== undefined &&
    window !== undefined &&
    teacher !== undefined &&
    weight !== undefined;
  const hasWords = Object.values(contract.columns ?? {}).some(({ name, args }) => {
    const type = context.catalog.definitions.column.get(name);
    return type?.takes === "words" && (type.madeOf?.(args) ?? null) === null;
  });
  const settings: DataSettings | undefined =
    complete && contract.columns !== undefined
      ? {
          name: item.name?.text ?? "data",
          source,
          ...(query === undefined ? {} : { query }),
          scale: checked.scale,
          missing: checked.missing,
          ...(hasWords || isStated("categories", entries, overrides)
            ? { categories: checked.categories }
            : {}),
          target: target.map(({ text }) => text),
          features: features === "all" ? "all" : features.map(({ text }) => text),
          columns: contract.columns,
          ...(weight === null ? {} : { weight: weightOf(weight) }),
          ...(teacher === null ? {} : { teacher: taughtBy }),
          ...(teacher === null || checked.teacher_gives === null
            ? {}
            : { teacher_gives: checked.teacher_gives }),
          ...(window === null ? {} : { window }),
          split,
          ...reading,
          spans,
        }
      : undefined;
  if (!sound || target === undefined) return { settings, columns: undefined };
  const columns = {
    // Of a column that is badly described nobody knows what it becomes, nor of a window how many rows it has.
    features:
      names?.length === 0 || contract.columns === undefined || window === undefined ? undefined : names,
    target: target.map(({ text }) => text),
    types: contract.columns ?? {},
    scale: checked?.scale,
    missing: checked?.missing,
    categories: checked?.categories,
    window: window ?? null,
  };
  return { settings, columns };
}

/** What is made of several columns, by its name. */
function madeOf(columns: DataSettings["columns"], { catalog }: Context): ReadonlyMap<string, MadeOf> {
  return new Map(
    Object.entries(columns).flatMap(([name, { name: type, args }]) => {
      const of = catalog.definitions.column.get(type)?.madeOf?.(args) ?? null;
      return of === null ? [] : [[name, of] as const];
    }),
  );
}

/** The file that `source` names, alone or as the database that is asked. */
function origin(stated: string | Instance | undefined): {
  readonly path?: string;
  readonly query?: Instance;
} {
  if (stated === undefined) return {};
  if (typeof stated === "string") return { path: stated };
  const { path } = stated.args;
  return typeof path === "string" ? { path, query: stated } : {};
}

/** Of the text of the query, which may stand in a param. */
function placeOfQuery(entry: Entry | undefined, query: Instance): Span {
  const written = entry?.value;
  if (written?.kind !== "call") return written?.span ?? query.span;
  const { arguments: given } = written;
  const named = given.find(({ name }) => name?.text === "query");
  return (named ?? given.findLast(({ name }) => name === undefined))?.value.span ?? query.span;
}

function weightOf(weight: { readonly rule: "balanced" } | { readonly column: Name }): Weight {
  return "rule" in weight ? weight.rule : { column: weight.column.text };
}

/** What the file says of how its table is written, and nothing of what it leaves open. */
function statedReading(checked: ArgsOf<typeof readingParams>): ReadingSettings {
  const { separator, decimal, thousands, header, skip, sheet, file_column, folder_column, missing_words } =
    checked;
  return {
    ...(separator === null ? {} : { separator }),
    ...(decimal === null ? {} : { decimal }),
    ...(thousands === null ? {} : { thousands }),
    ...(header === null ? {} : { header }),
    ...(skip === null ? {} : { skip }),
    ...(sheet === null ? {} : { sheet }),
    ...(file_column === null ? {} : { file_column }),
    ...(folder_column === null ? {} : { folder_column }),
    ...(missing_words === null ? {} : { missing_words }),
  };
}

/** One sign cannot be both: `1,234` would have two meanings. */
function checkSigns({ decimal, thousands }: ReadingSettings, at: Span, { report }: Context): boolean {
  if (decimal === undefined || decimal !== thousands) return true;
  report.error(
    "NW0304",
    at,
    `\`thousands\` of \`data\` must be another sign than \`decimal\`, and both are \`"${decimal}"\``,
    {
      notes: ["What is stated to separate thousands is no decimal sign; one of the two is enough."],
    },
  );
  return false;
}

function isStated(
  key: string,
  entries: ReadonlyMap<string, Entry>,
  overrides: OverrideNode | undefined,
): boolean {
  return entries.has(key) || overrides?.children.has(key) === true;
}

function writtenSource(
  entries: ReadonlyMap<string, Entry>,
  overrides: OverrideNode | undefined,
): string | undefined {
  const written = entries.get("source")?.value;
  return written?.kind === "string" && !overrides?.children.has("source") ? written.value : undefined;
}

function readTarget(
  item: SettingsItem,
  entries: ReadonlyMap<string, Entry>,
  context: Context,
): readonly Name[] | undefined {
  const entry = entries.get("target");
  if (entry === undefined) {
    if (item.settings.broken) return undefined;
    context.report.error("NW0220", item.keyword, "`data` needs `target`", {
      notes: [`\`target\`: ${dataSettings["target"]?.doc ?? ""}`],
    });
    return undefined;
  }
  const names = readColumnNames("target", entry.value, false, context);
  return names === "all" ? undefined : names;
}

function featureNames(
  features: readonly Name[] | "all" | undefined,
  target: readonly Name[] | undefined,
  apart: readonly string[],
  made: ReadonlyMap<string, MadeOf>,
  header: readonly string[] | undefined,
): readonly string[] | undefined {
  if (features === undefined) return undefined;
  if (features !== "all") return features.map(({ text }) => text);
  if (header === undefined || target === undefined) return undefined;
  const others = new Set([...target.map(({ text }) => text), ...apart]);
  const own = header.filter((column) => !others.has(column));
  const pixels = new Set([...made.values()].flatMap((of) => columnsByPattern(of, own).flat()));
  return [...own.filter((column) => !pixels.has(column)), ...made.keys()];
}
