// `@netwright/runtime/node`: runs on a file system.

export { type Disk, type DiskFile, type Owner, THIS_DISK } from "./disk.ts";
export { failureProblem } from "./file-errors.ts";
export { isHeldOpen, type MoveSyncHost, moveSync } from "./move.ts";
export { readRun } from "./read-run.ts";
export { readRecord, writeRecord } from "./record-file.ts";
export { type RowFile, rowFileWriter } from "./row-file.ts";
export { removeRun, writeRun } from "./write-run.ts";
