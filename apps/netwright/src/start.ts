// Connects the command to this process, runs it, and ends the process with its exit code. A thread of it trains for a study.

import { isMainThread, workerData } from "node:worker_threads";
import { processIo } from "./io/process-io.ts";
import { shown } from "./output/colours.ts";
import { run } from "./run.ts";

/**
 * `script` is what this process, or this thread of it, was started with; `opened` is called when its streams are open, which parts of
 * Node are loaded for.
 */
export async function start(script: string, opened: () => void): Promise<void> {
  // A thread of a study has no arguments. To ask whether this is one takes two milliseconds, and most commands have some.
  const job = process.argv.length > 2 ? undefined : studyJob();
  if (job !== undefined) {
    opened();
    const { serveStudy } = await import("./training/study-worker.ts");
    return serveStudy(job);
  }
  const { io, flush } = processIo(script);
  opened();
  const code = await run(process.argv.slice(2), io);
  const failure = await flush();
  if (failure !== undefined)
    process.stderr.write(shown(`error NW0902  standard output could not be written: ${failure}\n`));
  // A backend may keep worker threads, which would keep the process.
  process.exit(failure === undefined ? code : Math.max(code, 1));
}

/** A program of others may run the command in a thread, too. */
function studyJob() {
  return !isMainThread && workerData?.netwright?.kind === "study" ? workerData.netwright : undefined;
}
