// The command as a function: arguments and streams in, exit code out.

export type { Io, OutputStream } from "./io/io.ts";
export { run } from "./run.ts";
export { EXIT, type ExitCode } from "./usage/exit-code.ts";
