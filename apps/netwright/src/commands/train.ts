// `netwright train FILE`: from a file to a trained, evaluated and saved run.

import { dirname } from "node:path";
import { count, hasError, listed } from "@netwright/definitions";
import { MOST_DEVICES } from "@netwright/runtime";
import { Command } from "commander";
import {
  accept,
  type Checked,
  findBackend,
  fromOutcome,
  INITIAL_WEIGHTS,
  type InterruptedRun,
  initialWeightsSetting,
  isStudy,
  onDevices,
  type Project,
  recordedBackend,
  reject,
  runOfCheckpoint,
  type TableMemory,
  tableMemory,
} from "netwright";
import { profileText } from "../output/profile-text.ts";
import { taughtText } from "../output/teacher-text.ts";
import { guarded } from "../project/open-run.ts";
import { readProject } from "../project/read-project.ts";
import { dataPath } from "../training/next-commands.ts";
import { roomOf, type StudyOptions, settingsGiven } from "../training/open-study.ts";
import { cannotProfile, profileRun } from "../training/profile-run.ts";
import { resumeRun } from "../training/resume.ts";
import { type RunningTask, startTask, type Task } from "../training/run-task.ts";
import { runsNote } from "../training/runs-note.ts";
import { saveRun, unwritable } from "../training/save-run.ts";
import { trainingExit, trainingJson, trainingText } from "../training/training-report.ts";
import { cliError } from "../usage/codes.ts";
import { EXIT } from "../usage/exit-code.ts";
import {
  emulationNote,
  overridesOf,
  threadsNote,
  threadsOf,
  wholeNumber,
  withCommon,
  withOverrides,
  withPlugin,
  withQuiet,
  withThreads,
} from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failed, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";
import { trainStudy } from "./train-study.ts";

type TrainOptions = StudyOptions;

const RUNS = "runs";

export function trainCommand(perform: Perform): Command {
  const command = new Command("train")
    .description("Trains the model of a file, evaluates it on held-out rows and saves it as a run")
    .argument("[file]", "a .net file; may be left out with --resume")
    .option("--out <folder>", `where runs are saved (default: "${RUNS}", or the run that is resumed)`)
    .option("--resume <run>", "goes on with a run that was interrupted, to the same result")
    .option("--from <run>", "begins with the weights of a run, of each layer that it has by name and shape")
    .option(
      "--memory <MB>",
      "memory that there is for the table: what takes more than a quarter lies on the disk (default: all)",
      wholeNumber(1),
    )
    .option(
      "--profile",
      "afterwards times each kernel of a training step; with a backend that can, such as `jit`",
    )
    .option(
      "--no-emulation",
      "refuses `numerics: fused` where the engine has no instruction for it, rather than computing it slowly",
    )
    .option(
      "--devices <n>",
      "with `--backend xla`: so many devices of the plugin train together (default: 1, or those of the run)",
      wholeNumber(1, MOST_DEVICES),
    );
  withStudy(withOverrides(withPlugin(withThreads(command)))).option(
    "-b, --backend <name>",
    'what computes; `netwright backends` lists what there is (default: "auto", or that of the run)',
  );
  return withCommon(
    withQuiet(command, "no progress and no tables: prints the directory of the run and nothing else"),
    "train model.net --set depth=4 --seed 1",
  ).action((file: string | undefined, options: TrainOptions) =>
    perform(options, (session) => trainFile(session, file, withInitialWeights(file, options))),
  );
}

/** What makes several trainings of one. */
function withStudy(command: Command): Command {
  return command
    .option(
      "--folds <k>",
      "trains k times, each time with another of k parts of the rows as test",
      wholeNumber(2),
    )
    .option(
      "--repeats <n>",
      "deals the rows out to folds n times, each time in another way",
      wholeNumber(1, 10_000),
    )
    .option(
      "--seeds <n>",
      "trains with n seeds, counted on from that of the file (default: `seeds` of the file, or once)",
      wholeNumber(1, 10_000),
    )
    .option("--keep", "keeps the model of each fold and seed beside their results");
}

/** `--from` as the setting that it stands for, relative to the file; `roomOf` lets it be opened. */
function withInitialWeights(file: string | undefined, options: TrainOptions): TrainOptions {
  const { from, set = [] } = options;
  if (from === undefined) return options;
  const setting = {
    path: INITIAL_WEIGHTS,
    value: initialWeightsSetting(from, file),
    option: "--from",
  } as const;
  return { ...options, set: [...set, setting] };
}

async function trainFile(
  session: Session,
  file: string | undefined,
  options: TrainOptions,
): Promise<CommandResult> {
  const isSeveral = [options.folds, options.repeats, options.seeds, options.keep].some(
    (one) => one !== undefined,
  );
  if (isSeveral || (options.resume !== undefined && (await isStudy(options.resume))))
    return trainStudy(session, file, options, options.out ?? RUNS);
  const place =
    options.resume !== undefined && options.out === undefined ? runOfCheckpoint(options.resume) : null;
  const folder = options.out ?? (place === null ? RUNS : dirname(place));
  // Read once, also where the file says that it is to be trained several times.
  let memory: TableMemory | undefined = tableMemory();
  const task = await findTask(file, options, memory);
  const stated = task.ok && options.resume === undefined ? task.value.project.model?.train?.seeds : undefined;
  if (stated !== undefined && stated > 1 && task.ok && !hasError(task.value.project.diagnostics))
    return trainStudy(session, file, options, options.out ?? RUNS, memory);
  memory = undefined;
  const blocked = unwritable(folder);
  if (!task.ok) return failedWith(session, task, ...(blocked === null ? [] : [reject([blocked])]));
  const { project } = task.value;
  if (blocked !== null) return failed(session, [...project.diagnostics, blocked], project.sources);
  if (!hasError(project.diagnostics)) {
    session.report(project.diagnostics, project.sources);
    session.say(announcement(task.value));
    const note = threadsNote(task.value.info, threadsOf(options));
    if (note !== undefined) session.say(note);
    const isFused = project.model?.train?.numerics !== undefined && options.emulation !== false;
    const emulated = emulationNote(isFused, task.value.backend);
    if (emulated !== undefined) session.say(emulated);
  }

  const running = startTask(session, task.value, folder, options);
  try {
    return await trainAndSave(session, task.value, running, place === null ? { folder } : { place }, options);
  } finally {
    running.interrupts.release();
  }
}

async function trainAndSave(
  session: Session,
  task: Task,
  { trained: training, checkpoints, interrupts }: RunningTask,
  where: { readonly folder: string } | { readonly place: string },
  options: TrainOptions,
): Promise<CommandResult> {
  const { project } = task;
  const trained = await training;
  interrupts.enter("saving");
  if (!trained.ok) {
    // Warnings of a sound project have been shown by now.
    const known = new Set(hasError(project.diagnostics) ? [] : project.diagnostics);
    return failed(
      session,
      trained.diagnostics.filter((one) => !known.has(one)),
      trained.sources,
    );
  }
  const run = trained.value;
  const { directory, isInPlace, diagnostics } = await saveRun(run, where, session.io.folders);
  // One without its checkpoint takes the place of none.
  if (isInPlace && diagnostics.length === 0) await checkpoints.sweep(run.bundle, task.resumed);
  interrupts.enter("saved");
  const exit = trainingExit(run);
  session.report(run.findings, project.sources);
  session.report(diagnostics);
  const isWhole = run.result.status === "completed" || run.result.status === "stopped_early";
  const untold = project.model === undefined || !isWhole ? null : runsNote(project.model, null);
  if (untold !== null) session.say(untold);
  const total = session.io.now() / 1000;
  const profile = await (options.profile === true
    ? profileRun(session, project, run, task.backend, options.threads)
    : accept(null));
  if (!profile.ok) session.report(profile.diagnostics, profile.sources);
  const timed = profile.ok ? profile.value : null;
  const profiled = timed === null || options.quiet === true ? "" : `\n${profileText(timed, session)}`;
  return done(
    `${trainingText(run, directory, dataPath(task), session)}${profiled}`,
    { ...trainingJson(run, directory, total), ...(options.profile === true ? { profile: timed } : {}) },
    isInPlace && profile.ok ? exit : EXIT.error,
  );
}

async function findTask(
  file: string | undefined,
  options: TrainOptions,
  memory: TableMemory,
): Promise<Checked<Task>> {
  const isRecorded = options.resume !== undefined && options.backend === undefined;
  const known = isRecorded ? undefined : fromOutcome(await findBackend(options.backend));
  // While the file is read.
  if (known?.ok === true) known.value.prepare?.();
  const opened = await (options.resume === undefined
    ? openFile(file, options, memory)
    : openResumed(options.resume, file, options));
  const recorded = opened.ok ? opened.value.backend : undefined;
  const chosen =
    known ?? (recorded === undefined ? fromOutcome(await findBackend()) : await recordedBackend(recorded));
  const earlier = opened.ok ? opened.value.interrupted?.record.backend : undefined;
  const backend = chosen.ok ? onDevices(chosen.value, options.devices, earlier) : chosen;
  const unable = options.profile === true && backend.ok ? cannotProfile(backend.value, options) : null;
  if (!opened.ok || !backend.ok || unable !== null) {
    const found = opened.ok ? opened.value.project : opened;
    const refused = unable === null ? [] : [unable];
    return reject([...found.diagnostics, ...backend.diagnostics, ...refused], found.sources);
  }
  const info = await guarded(async () => accept(await backend.value.describe(threadsOf(options))));
  if (!info.ok)
    return reject([...opened.value.project.diagnostics, ...info.diagnostics], opened.value.project.sources);
  return accept({ ...opened.value, backend: backend.value, info: info.value });
}

type Opened = Checked<{
  readonly file: string;
  readonly project: Project;
  readonly backend?: string;
  readonly interrupted?: InterruptedRun;
  readonly resumed?: string;
}>;

async function openFile(
  file: string | undefined,
  options: TrainOptions,
  memory: TableMemory,
): Promise<Opened> {
  if (file === undefined) {
    return reject([
      cliError("NW0901", "`train` needs a .net file", "Or a run to go on with: --resume <run>."),
    ]);
  }
  const read = await readProject(file, overridesOf(options), options.allow, { ...roomOf(options), memory });
  return read.ok ? accept({ file, project: read.project }) : reject(read.diagnostics);
}

async function openResumed(run: string, file: string | undefined, options: TrainOptions): Promise<Opened> {
  const given = settingsGiven(options);
  if (given.length === 0) return resumeRun(run, file, options.allow, roomOf(options));
  return reject([
    cliError(
      "NW0901",
      `a run is resumed with the settings that it began with: ${listed(given, given.length)} cannot be given`,
      "To train with other settings, start anew without --resume.",
    ),
  ]);
}

function announcement({ file, project, info, interrupted }: Task): string {
  const { name, simd, threads, devices } = info;
  const how = [
    ...(simd ? ["SIMD"] : []),
    count(threads, "thread"),
    ...(devices === undefined ? [] : [count(devices, "device")]),
  ].join(", ");
  const at = interrupted?.checkpoint.checkpoint;
  const from = at === undefined ? "" : `\nGoing on in epoch ${at.epoch} after step ${at.step}`;
  const { prepared } = project;
  const more = prepared === undefined ? null : taughtText(prepared);
  const taught = more === null ? "" : ` and ${more}`;
  const rows = prepared === undefined ? "" : `${count(prepared.splits.train.rows, "row")}${taught}, `;
  const read = project.reading === null ? "" : `\n${project.reading}`;
  return `Training ${file}: ${rows}backend ${name} (${how})${read}${from}`;
}
