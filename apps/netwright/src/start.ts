// Connects the command to this process, runs it, and ends the process with its exit code.

import { processIo } from "./io/process-io.ts";
import { shown } from "./output/colours.ts";
import { run } from "./run.ts";

export async function start(): Promise<never> {
  const { io, flush } = processIo();
  const code = await run(process.argv.slice(2), io);
  const failure = await flush();
  if (failure !== undefined)
    process.stderr.write(shown(`error NW0902  standard output could not be written: ${failure}\n`));
  // A backend may keep worker threads, which would keep the process.
  process.exit(failure === undefined ? code : Math.max(code, 1));
}
