// `@netwright/runtime/node`: runs on a file system.

export { codeOf } from "../problem/thrown.ts";
export { type Disk, type DiskFile, THIS_DISK } from "./disk.ts";
export { syncDirectorySync, writeDurablySync } from "./durable.ts";
export { failureProblem } from "./file-errors.ts";
export { usesGlibc } from "./glibc.ts";
export type { Boot, Owner } from "./machine.ts";
export { isHeldOpen, type MoveSyncHost, moveSync } from "./move.ts";
export { downloadWheel, otherWheel, runPython, type Wheel } from "./pip-wheel.ts";
export { readRun } from "./read-run.ts";
export { readRecord, writeRecord, writeRecordUnless } from "./record-file.ts";
export { checkKind, isRefusal, openRegular, readStart, refuse } from "./regular-file.ts";
export { AHEAD, type RowFile, rowFileWriter } from "./row-file.ts";
export { type CommandOptions, type CommandResult, runCommand } from "./run-command.ts";
export { strangersAt, strangersOf, YOURS_ALONE } from "./strangers.ts";
export { makeOwnFolder, userCache } from "./user-cache.ts";
export { removeRun, writeRun, writeRunUnless } from "./write-run.ts";
