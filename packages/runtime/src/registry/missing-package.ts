// What an import that failed says about why.

import { BackendError } from "../backend/backend.ts";
import { problem, type RuntimeProblem } from "../problem/problem.ts";

/**
 * Whether the import failed because that very package is absent, and not one that it needs in turn.
 * Node says so by code; the text is what tells which package.
 */
export function isMissingPackage(error: unknown, packageName: string): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  const codes: readonly unknown[] = ["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"];
  return (
    codes.includes(error.code) && absence.some((text) => error.message.startsWith(`${text} '${packageName}'`))
  );
}

/** Of `import` and of `require`. */
const absence = ["Cannot find package", "Cannot find module"];

/** An exception of code that is not ours, as a problem. `what` begins the sentence. */
export function loadProblem(what: string, error: unknown): RuntimeProblem {
  const message = error instanceof Error ? error.message : String(error);
  const remedies = error instanceof BackendError ? [error.remedy] : [];
  const line = message.split("\n", 1)[0] ?? "";
  return problem("NW0812", `${what} is installed and could not be loaded: ${line}`, ...remedies);
}
