// The study that the command is asked for: a new one of a file, or one on the disk to go on with, and the project of each of
// its runs.

import { hasError, listed } from "@netwright/definitions";
import type { Override } from "@netwright/lang";
import type { Backend, BackendInfo } from "@netwright/runtime";
import {
  accept,
  type Checked,
  findBackend,
  fromOutcome,
  onDevices,
  openStudy,
  type PlannedHash,
  type PlannedRun,
  type Project,
  recordedBackend,
  reject,
  STUDY_FORMAT,
  type StudyRecord,
  seedsFrom,
  sourceTexts,
  studyChange,
  studyFolder,
  studyName,
  studyPlace,
  type TableMemory,
  tableMemory,
  textChange,
} from "netwright";
import { guarded } from "../project/open-run.ts";
import { readProject, type SharedByRuns } from "../project/read-project.ts";
import { reopenRun } from "../project/reopen-run.ts";
import { cliError } from "../usage/codes.ts";
import {
  type BackendOptions,
  type CommonOptions,
  type OverrideOptions,
  overridesOf,
  threadsOf,
} from "../usage/options.ts";

export interface StudyOptions extends CommonOptions, OverrideOptions, Partial<BackendOptions> {
  readonly out?: string;
  readonly resume?: string;
  /** A run whose weights training begins with. */
  readonly from?: string;
  readonly folds?: number;
  readonly repeats?: number;
  /** Those of the file where they are not given. */
  readonly seeds?: number;
  readonly keep?: boolean;
  readonly profile?: boolean;
  /** Whether product-sums may be fused in many steps. */
  readonly emulation?: boolean;
  /** How many train together. */
  readonly devices?: number;
  /** MB of memory that there are for the table. */
  readonly memory?: number;
}

/** The same in bytes, and the run that training begins with: it may be opened wherever it is, and nothing beside it. */
export function roomOf({ memory, from }: StudyOptions): SharedByRuns {
  return {
    ...(memory === undefined ? {} : { bytes: 1e6 * memory }),
    ...(from === undefined ? {} : { runs: [from] }),
  };
}

export interface OpenedStudy {
  readonly file: string;
  /** Of the first run. */
  readonly project: Project;
  readonly projectOf: (run: PlannedRun) => Promise<Checked<Project>>;
  readonly record: StudyRecord;
  readonly directory: string;
  readonly backend: Backend;
  readonly info: BackendInfo;
  readonly isResumed: boolean;
  /** Whether `file` was named, and not taken from the record. */
  readonly isGiven: boolean;
}

interface Opened {
  readonly file: string;
  readonly project: Project;
}

/** `runs` is the folder in which a new one is put. */
export async function openedStudy(
  file: string | undefined,
  options: StudyOptions,
  runs: string,
  memory: TableMemory = tableMemory(),
): Promise<Checked<OpenedStudy>> {
  const misuse = misused(file, options);
  if (misuse !== null) return reject([cliError("NW0901", ...misuse)]);
  const earlier = options.resume === undefined ? null : await openStudy(options.resume);
  if (earlier !== null && !earlier.ok) return earlier;
  const saved = earlier?.value ?? null;
  const chosen =
    options.backend === undefined && saved !== null
      ? await recordedBackend(saved.backend)
      : fromOutcome(await findBackend(options.backend));
  const backend = chosen.ok ? onDevices(chosen.value, options.devices, devicesOf(saved)) : chosen;
  if (!backend.ok) return backend;
  const overrides = saved === null ? overridesOf(options) : overridesIn(saved);
  const directory = options.resume === undefined ? null : studyFolder(options.resume);
  const open = async (run: PlannedRun | null): Promise<Checked<Opened>> => {
    const folds = saved?.plan.folds ?? options.folds ?? null;
    const fold =
      folds === null ? {} : { fold: { index: run?.fold ?? 0, of: folds, repeat: run?.repeat ?? 0 } };
    const set =
      run === null ? overrides : [...withoutSeed(overrides), { path: "train.seed", value: String(run.seed) }];
    const shared = { memory, ...fold, ...roomOf(options) };
    if (file !== undefined) {
      const read = await readProject(file, set, options.allow, shared);
      return read.ok ? accept({ file, project: read.project }) : reject(read.diagnostics);
    }
    const texts = {
      sources: [...(saved?.sources ?? [])],
      overrides: Object.fromEntries(set.map(({ path, value }) => [path, value])),
    };
    return reopenRun(texts, directory ?? "", MOVED, { ...shared, allow: options.allow ?? [] });
  };
  const first = await open(null);
  if (!first.ok) return first;
  const { project } = first.value;
  if (hasError(project.diagnostics) || project.model?.train == null)
    return reject(project.diagnostics, project.sources);
  const info = await guarded(async () => accept(await backend.value.describe(threadsOf(options))));
  if (!info.ok) return reject([...project.diagnostics, ...info.diagnostics], project.sources);
  const { seed, seeds = 1 } = project.model.train;
  const record: StudyRecord = saved ?? {
    format: STUDY_FORMAT,
    name: project.model.name,
    status: "running",
    plan: {
      seeds: seedsFrom(seed, options.seeds ?? seeds),
      folds: options.folds ?? null,
      repeats: options.repeats ?? 1,
    },
    keep: options.keep === true,
    backend: info.value.name,
    ...(info.value.devices === undefined ? {} : { devices: info.value.devices }),
    sources: sourceTexts(project.sources),
    overrides: Object.fromEntries(overrides.map(({ path, value }) => [path, value])),
    runs: [],
  };
  return accept({
    file: first.value.file,
    project,
    projectOf: async (run) => {
      const opened = await open(run);
      if (!opened.ok) return opened;
      const { project: own } = opened.value;
      const change = textChange(project.sources, own.sources);
      if (change !== null) return reject([change]);
      return hasError(own.diagnostics)
        ? reject(own.diagnostics, own.sources)
        : accept(own, own.diagnostics, own.sources);
    },
    record,
    directory: directory ?? (await studyPlace(runs, studyName(record))),
    backend: backend.value,
    info: info.value,
    isResumed: saved !== null,
    isGiven: file !== undefined,
  });
}

/** Refuses a study that is another one than that whose first run was to be `first`; `project` is that run as it is opened now. */
export async function heldTo(
  first: PlannedHash | undefined,
  study: OpenedStudy,
  project: Project,
): Promise<Checked<OpenedStudy>> {
  const change = first === undefined ? null : await studyChange(project, study.backend, first);
  return change === null ? accept(study) : reject([change]);
}

/** The options that say what is trained, as they were written: they are fixed for what is resumed. */
export function settingsGiven(options: StudyOptions): readonly string[] {
  const { folds, repeats, seeds, keep, set = [], seed, epochs } = options;
  // `--from` stands among the settings, too; a worker that knows of it sets nothing.
  const from = set.length > 0 ? options.from : undefined;
  const isSet = set.length > (from === undefined ? 0 : 1);
  const given = { folds, repeats, seeds, keep, set: isSet || undefined, from, seed, epochs };
  return Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`\`--${name}\``]));
}

/** What is wrong with the options, and what to do. */
function misused(file: string | undefined, options: StudyOptions): readonly [string, string] | null {
  const { resume, folds, repeats, profile } = options;
  if (profile === true)
    return [
      "`--profile` times one training, and a study has several",
      "Train without `--folds` and `--seeds` to see the times.",
    ];
  if (resume === undefined) {
    if (file === undefined) return ["`train` needs a .net file", "Or a run to go on with: --resume <run>."];
    if (repeats !== undefined && folds === undefined)
      return [
        "`--repeats` deals rows out to folds anew, and there are none",
        "Add `--folds`; with the split of the file, `--seeds` trains several times.",
      ];
    return null;
  }
  const given = settingsGiven(options);
  if (given.length === 0) return null;
  return [
    `a study is resumed with the settings that it began with: ${listed(given, given.length)} cannot be given`,
    "To study with other settings, start anew without --resume.",
  ];
}

function devicesOf(saved: StudyRecord | null): Pick<BackendInfo, "name" | "devices"> | undefined {
  if (saved === null) return undefined;
  const { backend: name, devices } = saved;
  return { name, ...(devices === undefined ? {} : { devices }) };
}

function overridesIn({ overrides }: StudyRecord): readonly Override[] {
  return Object.entries(overrides).map(([path, value]) => ({ path, value }));
}

function withoutSeed(overrides: readonly Override[]): readonly Override[] {
  return overrides.filter(({ path }) => path !== "train.seed");
}

const MOVED =
  "If the `.net` file and its data have moved, say where they are: `netwright train FILE --resume STUDY`.";
