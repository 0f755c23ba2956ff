// `@netwright/runtime/node`: runs on a file system.

export { isHeldOpen, type MoveSyncHost, moveSync } from "./move.ts";
export { readRun } from "./read-run.ts";
export { type RowFile, rowFileWriter } from "./row-file.ts";
export { writeRun } from "./write-run.ts";
