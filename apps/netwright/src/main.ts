#!/usr/bin/env node
// The command `netwright`: connects the program to this process.

import { processIo } from "./io/process-io.ts";
import { run } from "./run.ts";

const { io, flush } = processIo();
const code = await run(process.argv.slice(2), io);
const failure = await flush();
if (failure !== undefined)
  process.stderr.write(`error NW0902  standard output could not be written: ${failure}\n`);
// A backend may keep worker threads, which would keep the process.
process.exit(failure === undefined ? code : Math.max(code, 1));
