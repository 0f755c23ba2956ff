// Runs of a study in threads of their own: each has a table and a backend for itself, trains with one thread, and keeps what it
// has trained until it is told what becomes of it. Whoever takes the results takes them in order, so that the record never has a gap.

import { Worker } from "node:worker_threads";
import type { Diagnostic, Sources } from "@netwright/lang";
import { firstHash, type PlannedHash, type StudyEntry } from "netwright";
import type { Workers } from "../io/io.ts";
import type { Session } from "../usage/session.ts";
import type { OpenedStudy, StudyOptions } from "./open-study.ts";
import type { Ledger } from "./study-ledger.ts";
import type { Ran, Turn } from "./study-run.ts";
import type { Turns, TurnsOf } from "./study-turns.ts";

/** What a worker is started with. */
export interface StudyJob {
  readonly kind: "study";
  readonly file: string | undefined;
  readonly options: StudyOptions;
  /** Of the study; its record is on the disk. */
  readonly directory: string;
  /** What the first run was to be when the study began, where that is known. */
  readonly first: PlannedHash | undefined;
  readonly command: string;
  readonly platform: Readonly<Record<string, string>>;
  readonly folders: Session["io"]["folders"];
}

/** What a worker is told. */
export type ToWorker =
  | { readonly kind: "run"; readonly turn: Turn }
  | { readonly kind: "stop" }
  | { readonly kind: After; readonly number: number };

/** What becomes of a run: see `RunDone` and `RunEnded`. */
export type After = "sweep" | "keep" | "discard";

/** What a worker tells. */
export type FromWorker =
  | { readonly kind: "say"; readonly message: string }
  | {
      readonly kind: "report";
      readonly diagnostics: readonly Diagnostic[];
      readonly sources: Sources | undefined;
    }
  | { readonly kind: "ran"; readonly number: number; readonly ran: PlainRan }
  | { readonly kind: "after"; readonly number: number };

export type PlainRan =
  | { readonly entry: StudyEntry; readonly isInPlace: boolean }
  | {
      readonly entry: null;
      readonly status: "interrupted" | "failed";
      readonly diagnostics: readonly Diagnostic[];
      readonly sources: Sources | undefined;
      readonly isInPlace: boolean;
    };

interface Options extends TurnsOf, Workers {
  /** How many may train beside this thread. */
  readonly workers: number;
  /** The runs that this thread does, and those that a worker was lost with. */
  readonly here: Turns;
}

export function workerTurns(
  session: Session,
  study: OpenedStudy,
  options: StudyOptions,
  { workers, script, worth, here, turnOf, ledger, isEnding, onStop }: Options,
): Turns {
  const { all } = turnOf(0);
  const results = new Map<number, Promise<Ran | null>>();
  const first = ledger.record.runs.length;
  let next = first;
  let isOver = false;
  /** Runs until none is left or one has ended the study: what is behind that would have to be done again. */
  const work = (member: Member) => {
    if (isOver || isEnding() || member.isGone() || next >= all) return;
    const place = next++;
    const ran = member.run(turnOf(place), place);
    results.set(place, ran);
    ran.then(
      (result) => {
        if (result?.entry === null) isOver = true;
        work(member);
      },
      () => {
        isOver = true;
      },
    );
  };
  const self: Member = {
    run: (_, place) => here.take(place),
    stop: () => {},
    isGone: () => false,
    end: here.end,
  };
  const members: Member[] = [self];
  onStop(() => {
    for (const member of members) member.stop();
  });
  const began = performance.now();
  const hire = () => {
    const done = Math.max(1, next - first - 1);
    const seconds = (performance.now() - began) / 1000;
    if (isOver || isEnding() || next >= all || ((all - next) * seconds) / done < worth) return;
    clearInterval(hiring);
    session.say(HIRED);
    const hired = Math.min(workers, all - next);
    for (let i = 0; i < hired; i++) {
      const member = startMember(session, script, jobOf(session, study, options, ledger));
      members.push(member);
      work(member);
    }
  };
  const hiring = setInterval(hire, LOOK_MS);
  work(self);
  hire();

  const taken = new Set<number>();
  return {
    take: async (place) => {
      taken.add(place);
      // Runs that another process has done meanwhile are passed over.
      next = Math.max(next, place);
      if (!results.has(place)) work(self);
      // Null where a worker was lost; nothing is where the study is about to end.
      return (await results.get(place)) ?? here.take(place);
    },
    end: async () => {
      isOver = true;
      clearInterval(hiring);
      for (const member of members) member.stop();
      for (const [place, result] of results) {
        const ran = await result.catch(() => null);
        if (ran !== null && ran.entry !== null && !taken.has(place)) await ran.keep();
      }
      await Promise.all(members.map((member) => member.end()));
    },
  };
}

/** How often it is looked, in milliseconds, whether workers are worth their start. */
const LOOK_MS = 300;
const HIRED = "From here on several runs are trained at a time.";

function jobOf(
  { io }: Session,
  { file, isGiven }: OpenedStudy,
  options: StudyOptions,
  { directory, record }: Ledger,
): StudyJob {
  return {
    kind: "study",
    file: isGiven ? file : undefined,
    options: forWorker(options),
    directory,
    first: firstHash(record),
    command: io.command,
    platform: io.platform,
    folders: io.folders,
  };
}

/** With the settings that the study has on the disk, and one thread. */
function forWorker({ allow, from, memory, emulation, quiet, color }: StudyOptions): StudyOptions {
  return {
    format: "text",
    threads: 1,
    color,
    ...(quiet === undefined ? {} : { quiet }),
    ...(allow === undefined ? {} : { allow }),
    ...(from === undefined ? {} : { from }),
    ...(memory === undefined ? {} : { memory }),
    ...(emulation === undefined ? {} : { emulation }),
  };
}

/** Who trains one run at a time: this thread, or a worker. */
interface Member {
  /** Null where the worker is lost. */
  readonly run: (turn: Turn, place: number) => Promise<Ran | null>;
  readonly stop: () => void;
  readonly isGone: () => boolean;
  readonly end: () => Promise<unknown>;
}

function startMember(session: Session, script: string, job: StudyJob): Member {
  const worker = new Worker(script, { workerData: { netwright: job }, argv: [] });
  const waiting = new Map<string, (value: FromWorker | null) => void>();
  let isGone = false;
  const settle = (key: string, value: FromWorker | null) => {
    waiting.get(key)?.(value);
    waiting.delete(key);
  };
  const lost = () => {
    isGone = true;
    for (const key of [...waiting.keys()]) settle(key, null);
  };
  worker.on("message", (told: FromWorker) => {
    if (told.kind === "say") session.say(told.message);
    else if (told.kind === "report") session.report(told.diagnostics, told.sources);
    else settle(`${told.kind} ${told.number}`, told);
  });
  worker.on("error", lost);
  worker.on("exit", lost);
  const ask = (key: string, message: ToWorker) =>
    new Promise<FromWorker | null>((resolve) => {
      if (isGone) return resolve(null);
      waiting.set(key, resolve);
      worker.postMessage(message);
    });
  const after = async (kind: After, number: number) => {
    await ask(`after ${number}`, { kind, number });
  };
  return {
    isGone: () => isGone,
    run: async (turn) => {
      const { number } = turn;
      const told = await ask(`ran ${number}`, { kind: "run", turn });
      if (told?.kind !== "ran") return null;
      const { ran } = told;
      if (ran.entry === null) {
        const { sources, ...others } = ran;
        const where = sources === undefined ? {} : { sources };
        return { ...others, ...where, discard: () => after("discard", number) };
      }
      return { ...ran, sweep: () => after("sweep", number), keep: () => after("keep", number) };
    },
    stop: () => {
      if (!isGone) worker.postMessage({ kind: "stop" } satisfies ToWorker);
    },
    end: () => worker.terminate(),
  };
}
