// `netwright train FILE --folds 10`: a file trained several times, with other test rows, other seeds or both.

import { mkdtemp } from "node:fs/promises";
import { basename, join } from "node:path";
import { hasError } from "@netwright/definitions";
import {
  placeStudy,
  plannedRuns,
  reject,
  runtimeWarning,
  type StudyRecord,
  studyName,
  type TableMemory,
  unfinishedStudy,
  unfinishedWarning,
} from "netwright";
import { shellWord } from "../output/shell-word.ts";
import { missingModels, missingWarnings } from "../training/missing-models.ts";
import { dataPath } from "../training/next-commands.ts";
import { openedStudy, type StudyOptions } from "../training/open-study.ts";
import { runsNote } from "../training/runs-note.ts";
import { moveIt, unwritable } from "../training/save-run.ts";
import {
  studyExit,
  studyJson,
  studyReport,
  studyText,
  UNKEPT,
  unmetByMean,
} from "../training/study-report.ts";
import { studyRuns } from "../training/study-runs.ts";
import { learnedTogether, testedTogether } from "../training/study-together.ts";
import { EXIT } from "../usage/exit-code.ts";
import { emulationNote, threadsNote, threadsOf } from "../usage/options.ts";
import { type CommandResult, done, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

/** `runs` is the folder in which runs are saved; `memory` has the table, where it is read already. */
export async function trainStudy(
  session: Session,
  file: string | undefined,
  options: StudyOptions,
  runs: string,
  memory?: TableMemory,
): Promise<CommandResult> {
  const opened = await openedStudy(file, options, runs, memory);
  const blocked = unwritable(opened.ok ? opened.value.directory : runs);
  if (!opened.ok || blocked !== null)
    return failedWith(session, opened, ...(blocked === null ? [] : [reject([blocked])]));
  const study = opened.value;
  const { project, info, record } = study;
  session.report(project.diagnostics, project.sources);
  const all = plannedRuns(record.plan).length;
  const from = study.isResumed ? `, going on after ${record.runs.length}` : "";
  if (record.runs.length < all)
    session.say(`Training ${study.file} ${all === 1 ? "once" : `${all} times`}: backend ${info.name}${from}`);
  const note = threadsNote(info, threadsOf(options));
  if (note !== undefined) session.say(note);
  const isFused = project.model?.train?.numerics !== undefined && options.emulation !== false;
  const emulated = record.runs.length < all ? emulationNote(isFused, study.backend) : undefined;
  if (emulated !== undefined) session.say(emulated);
  const earlier = study.isResumed ? null : await unfinishedStudy(runs, studyName(record), study.directory);
  if (earlier !== null) {
    const how = `\`netwright train --resume ${shellWord(earlier.place)}\``;
    session.report([unfinishedWarning(earlier.record, how)]);
  }
  if (record.runs.length < all && !record.keep) session.say(UNKEPT);

  const studied = await studyRuns(session, study, options);
  if (!studied.ok) return failedWith(session, studied);
  const { record: ended, diagnostics, sources, unwritten, isOutOfPlace, seconds } = studied.value;
  const known = new Set(project.diagnostics.map(({ message }) => message));
  session.report(
    diagnostics.filter(({ message }) => !known.has(message)),
    sources,
  );
  const directory =
    unwritten.length === 0
      ? studied.value.directory
      : await elsewhere(session, ended, basename(studied.value.directory));
  const missing =
    directory === null
      ? []
      : await missingModels(ended, directory, studied.value.directory, session.io.folders);
  const unlearned = missing.length > 0 ? [] : await learnedTogether(study, ended, directory, options);
  const together = missing.length > 0 ? null : await testedTogether(study, ended, directory, options);
  const report = studyReport(ended, project.model?.expect ?? [], together, {
    before: record.runs.length,
    seconds,
    missing,
  });
  session.report(unmetByMean(report, project.sources), project.sources);
  session.report(unwritten);
  if (directory !== null) session.report(missingWarnings(missing, ended, directory));
  session.report(unlearned, project.sources);
  const untold =
    project.model === undefined || ended.status !== "completed" ? null : runsNote(project.model, ended);
  if (untold !== null) session.say(untold);
  const isInPlace = unwritten.length === 0 && !isOutOfPlace && missing.length === 0 && !hasError(unlearned);
  return done(
    studyText(ended, report, directory, dataPath(study), session),
    studyJson(ended, report, directory),
    isInPlace ? studyExit(ended, report) : EXIT.error,
  );
}

/** Rather than lose it: below the user's own folder, or in one for temporary files. */
async function elsewhere(session: Session, record: StudyRecord, named: string): Promise<string | null> {
  const { home, temporary } = session.io.folders;
  const folders = [
    async () => join(home, "netwright-runs"),
    async () => mkdtemp(join(temporary, "netwright-runs-")),
  ];
  for (const made of folders) {
    const folder = await made().catch(() => null);
    const placed = folder === null ? null : await placeStudy(folder, named, record);
    if (placed?.ok !== true) continue;
    const notes = [moveIt(placed.value, temporary)];
    session.report([runtimeWarning("NW0809", `the study is saved to \`${placed.value}\` instead`, notes)]);
    return placed.value;
  }
  return null;
}
