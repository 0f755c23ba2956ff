// `@netwright/runtime/node`: runs on a file system.

export { codeOf } from "../problem/thrown.ts";
export { type Disk, type DiskFile, THIS_DISK } from "./disk.ts";
export { syncDirectorySync, writeDurablySync } from "./durable.ts";
export { failureProblem } from "./file-errors.ts";
export type { Boot, Owner } from "./machine.ts";
export { isHeldOpen, type MoveSyncHost, moveSync } from "./move.ts";
export { readRun } from "./read-run.ts";
export { readRecord, writeRecord, writeRecordUnless } from "./record-file.ts";
export { checkKind, isRefusal, openRegular, readStart, refuse } from "./regular-file.ts";
export { AHEAD, type RowFile, rowFileWriter } from "./row-file.ts";
export { type CommandOptions, type CommandResult, runCommand } from "./run-command.ts";
export { removeRun, writeRun, writeRunUnless } from "./write-run.ts";
