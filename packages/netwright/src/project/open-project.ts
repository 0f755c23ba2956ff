// From a `.net` text to everything known before training: the model, its table, the prepared splits, and all
// that is wrong with any of them, in one go.

import { type InputRecord, type Prepared, whenLoaded } from "@netwright/data";
import { hasError, type Span, type TargetKind } from "@netwright/definitions";
import {
  analyze,
  type DataSettings,
  type Diagnostic,
  type Host,
  type Model,
  type Override,
  predictedKind,
  type Sources,
} from "@netwright/lang";
import { type FullCatalog, catalog as own } from "../catalog/catalog.ts";
import type { Files, ReadRunOf } from "../files/files.ts";
import { trainingSplits } from "../training/training-splits.ts";
import { adviseOnLastBatch } from "./advise-on-last-batch.ts";
import { adviseOnSchedule } from "./advise-on-schedule.ts";
import { checkExpectations } from "./check-expectations.ts";
import { checkReport } from "./check-report.ts";
import { schemaOf } from "./data-schema.ts";
import { projectError } from "./diagnostics.ts";
import { cannotFold, type Fold, withFold } from "./fold.ts";
import {
  type FittedTable,
  hostOf,
  prepareTable,
  type ReadTableOf,
  readingKey,
  readingOf,
  readTable,
  type TableMemory,
  tableMemory,
} from "./project-table.ts";

export interface ProjectSource {
  /** Names the text in messages; other files are found relative to it. */
  readonly file: string;
  readonly text: string;
}

export interface ProjectOptions {
  readonly files: Files;
  readonly overrides?: readonly Override[];
  /** CSV text or records in place of the file that the `data` section names. */
  readonly data?: string | readonly InputRecord[];
  /** What the file may name: Netwright's catalog where it is not given. */
  readonly catalog?: FullCatalog;
  /** A fold in place of the split that the `data` section asks for. */
  readonly fold?: Fold;
  /** One for all openings of a file that have the table in common. */
  readonly memory?: TableMemory;
}

/** What is missing could not be had; the diagnostics say why. */
export interface Project {
  readonly catalog: FullCatalog;
  readonly model: Model | undefined;
  readonly data: DataSettings | undefined;
  /** One line on how the table was read; `null` for plain CSV. */
  readonly reading: string | null;
  readonly prepared: Prepared | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: Sources;
  readonly overrides: readonly Override[];
  /** The run at a path that its file names; absent where there are no folders. */
  readonly runAt?: (path: string) => Promise<ReadRunOf>;
}

/** The project of a table of any format: it waits for what reads it. */
export async function openAnyProject(source: ProjectSource, options: ProjectOptions): Promise<Project> {
  return whenLoaded(() => openProject(source, options));
}

/** @throws NotYetLoaded where what reads the format of the table has not been used before: see `openAnyProject` */
export function openProject(source: ProjectSource, options: ProjectOptions): Project {
  const { fold, ...others } = options;
  if (fold === undefined) return openWhole(source, others);
  const { files, overrides = [], data: given, catalog = own, memory = tableMemory() } = options;
  const host = hostOf({ files, given, memory });
  // The split of the file is asked for alone, and no rows are dealt out by it.
  const asked = analyze(source, { catalog, host: { ...host, schema: () => undefined }, overrides });
  const data = asked.data;
  if (data === undefined) return openWhole(source, others);
  const why = cannotFold(data.split, catalog);
  if (why === null) {
    const project = openWhole(source, {
      ...others,
      memory,
      overrides: withFold(overrides, data.split, fold, catalog),
    });
    // A param that the split of the file uses is no useless one.
    const unused = new Set(asked.diagnostics.filter(({ code }) => code === UNUSED).map(placeOf));
    const isSaid = (one: Diagnostic) => one.code !== UNUSED || unused.has(placeOf(one));
    return { ...project, diagnostics: project.diagnostics.filter(isSaid) };
  }
  const project = openWhole(source, { ...others, memory });
  return {
    ...project,
    prepared: undefined,
    diagnostics: [
      ...project.diagnostics,
      projectError("NW0618", why, data.window == null ? FOLDLESS : WINDOWED, placeIn(data)),
    ],
  };
}

const UNUSED = "NW0504";

function placeOf({ span }: Diagnostic): string {
  return span === undefined ? "" : `${span.file} ${span.start}`;
}

function placeIn({ spans }: DataSettings): Span | undefined {
  return spans["split"] ?? spans["data"];
}

/** A split by chance would be refused. */
const WINDOWED = [
  "Study it without folds, with several seeds: rows of a window follow one another, and folds are dealt out by chance.",
];

const FOLDLESS = [
  "Study it without folds, with several seeds; or give the file a split by chance, as `random` or `grouped`.",
];

function openWhole(source: ProjectSource, options: Omit<ProjectOptions, "fold">): Project {
  const { files, overrides = [], data: given, catalog = own, memory = tableMemory() } = options;
  const read = (settings: DataSettings): ReadTableOf =>
    memory.read(readingKey(settings), () => readTable(settings, source.file, { files, given, memory }));
  const fit = (settings: DataSettings, predicts: TargetKind): FittedTable =>
    memory.fitted(JSON.stringify([settings, predicts]), () =>
      prepareTable(read(settings), settings, predicts, { catalog, storage: files.storage }),
    );
  let fitted: FittedTable | undefined;
  // The language asks for it where the file does not say how wide the network's input is, or how many classes there are.
  const schema: Host["schema"] = (settings, _, predicts) => {
    fitted = fit(settings, predicts);
    return fitted.prepared === undefined ? undefined : schemaOf(fitted.prepared.encoders);
  };
  const analysis = analyze(source, {
    catalog,
    host: { ...hostOf({ files, given, memory }), schema },
    overrides,
  });
  const { data, model, sources } = analysis;
  if (fitted === undefined && data !== undefined) {
    const predicts = predictedKind(model?.train ?? null, catalog);
    fitted = hasError(analysis.diagnostics) ? read(data) : fit(data, predicts);
  }
  const unfit =
    model === undefined || fitted?.prepared === undefined
      ? []
      : [
          ...checkExpectations(model, fitted.prepared.encoders, catalog),
          ...checkReport(model, fitted.prepared),
          ...adviseOnSchedule(model, trainingSplits(fitted.prepared).train.rows, catalog),
          ...adviseOnLastBatch(model, trainingSplits(fitted.prepared).train.rows, catalog),
        ];
  const reading = readingOf(fitted?.table);
  const { run: readRunOf } = files;
  return {
    catalog,
    model,
    data,
    reading: reading === undefined ? null : `${fitted?.table?.name}: ${reading}`,
    prepared: fitted?.prepared,
    diagnostics: [...analysis.diagnostics, ...(fitted?.diagnostics ?? []), ...unfit],
    sources,
    overrides,
    ...(readRunOf === undefined ? {} : { runAt: (path) => readRunOf(path, source.file) }),
  };
}
