// The problems that the command line itself finds.

import type { Diagnostic } from "@netwright/lang";

export const cliCodes = {
  NW0901: "Wrong usage",
  NW0902: "The output file cannot be written",
  NW0903: "A setup that failed",
  NW0904: "Backends that differ",
  NW0905: "A table for which no model can be drafted",
  NW0910: "A column to keep is not in the input",
  NW0999: "A bug in Netwright",
} as const;

export type CliCode = keyof typeof cliCodes;

export function cliError(code: CliCode, message: string, ...notes: readonly string[]): Diagnostic {
  return { code, severity: "error", message, notes };
}
