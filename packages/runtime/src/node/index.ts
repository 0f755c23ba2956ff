// `@netwright/runtime/node`: runs on a file system.

export { readRun } from "./read-run.ts";
export { writeRun } from "./write-run.ts";
