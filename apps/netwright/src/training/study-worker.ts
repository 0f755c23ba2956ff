// The other side of `study-workers.ts`: a thread that trains runs of a study as it is told, one after the other.

import { Writable } from "node:stream";
import { parentPort } from "node:worker_threads";
import { type Checked, keptExecutable, plannedRuns } from "netwright";
import type { Io } from "../io/io.ts";
import { createSession, type Session } from "../usage/session.ts";
import type { Interrupts } from "./interrupts.ts";
import { heldTo, type OpenedStudy, openedStudy, type StudyOptions } from "./open-study.ts";
import { type Ran, studyRun, type Turn } from "./study-run.ts";
import type { FromWorker, PlainRan, StudyJob, ToWorker } from "./study-workers.ts";

export function serveStudy(job: StudyJob): void {
  const port = parentPort;
  if (port === null) throw new Error("a worker has a port");
  const tell = (message: FromWorker) => port.postMessage(message);
  const session = sessionOf(job, tell);
  const stopping = new AbortController();
  const interrupts: Interrupts = { signal: stopping.signal, enter: () => {}, release: () => {} };
  const executables = keptExecutable();
  const of = {
    interrupts,
    executables,
    isEnding: () => stopping.signal.aborted,
    onProgress: () => {},
  };
  const options = { ...job.options, quiet: true, resume: job.directory };
  let opened: Promise<OpenedStudy | PlainRan> | undefined;
  const open = async (): Promise<OpenedStudy | PlainRan> => {
    const study = await openedHere(job, options);
    if (study.ok) return study.value;
    const { diagnostics, sources } = study;
    return { entry: null, status: "failed", diagnostics, sources, isInPlace: true };
  };
  const done = new Map<number, Ran>();
  const run = async (turn: Turn): Promise<PlainRan> => {
    opened ??= open();
    const study = await opened;
    if ("entry" in study) return study;
    const ran = await studyRun(session, study, turn, options, of);
    done.set(turn.number, ran);
    if (ran.entry !== null) return { entry: ran.entry, isInPlace: ran.isInPlace };
    const { status, diagnostics, sources, isInPlace } = ran;
    return { entry: null, status, diagnostics, sources, isInPlace };
  };
  const finish = async (kind: "sweep" | "keep" | "discard", ran: Ran | undefined) => {
    if (ran === undefined) return;
    if (ran.entry === null) return kind === "discard" ? ran.discard() : undefined;
    if (kind === "keep") await ran.keep();
    if (kind === "sweep") await ran.sweep();
  };
  port.on("message", async (message: ToWorker) => {
    if (message.kind === "stop") return stopping.abort();
    if (message.kind === "run")
      return tell({ kind: "ran", number: message.turn.number, ran: await run(message.turn) });
    const { kind, number } = message;
    await finish(kind, done.get(number));
    done.delete(number);
    tell({ kind: "after", number });
  });
}

/** The file and its table are read again here: they have to be those that the study began with. */
async function openedHere(
  { file, directory, first }: StudyJob,
  options: StudyOptions,
): Promise<Checked<OpenedStudy>> {
  const opened = await openedStudy(file, options, directory);
  if (!opened.ok) return opened;
  const [run] = plannedRuns(opened.value.record.plan);
  if (run === undefined) return opened;
  const project = await opened.value.projectOf(run);
  return project.ok ? heldTo(first, opened.value, project.value) : project;
}

/** Whatever is said there is said by whoever started the thread. */
function sessionOf(
  { options, command, platform, folders }: StudyJob,
  tell: (message: FromWorker) => void,
): Session {
  const nowhere = new Writable({ write: (_chunk, _encoding, taken) => taken() });
  const io: Io = {
    stdout: nowhere,
    stderr: nowhere,
    stdin: { async *[Symbol.asyncIterator]() {} },
    env: process.env,
    now: () => performance.now(),
    onInterrupt: () => () => {},
    quit: () => {},
    folders,
    command,
    platform,
  };
  return {
    ...createSession(io, options),
    say: (message) => tell({ kind: "say", message }),
    report: (diagnostics, sources) => {
      if (diagnostics.length > 0) tell({ kind: "report", diagnostics, sources });
    },
  };
}
