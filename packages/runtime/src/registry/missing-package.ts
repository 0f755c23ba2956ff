// What an import that failed says about why.

import { problem, type RuntimeProblem } from "../problem/problem.ts";
import { codeOf, messageOf, remedyOf } from "../problem/thrown.ts";

/**
 * Whether the import failed because that very package is absent, and not one that it needs in turn.
 * Node says so by code; the text is what tells which package.
 */
export function isMissingPackage(error: unknown, packageName: string): boolean {
  const code = codeOf(error);
  if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") return false;
  return absence.some((text) => messageOf(error).startsWith(`${text} '${packageName}'`));
}

/** Of `import` and of `require`. */
const absence = ["Cannot find package", "Cannot find module"];

/** An exception of code that is not ours, as a problem. `what` begins the sentence. */
export function loadProblem(what: string, error: unknown): RuntimeProblem {
  const remedy = remedyOf(error);
  const line = messageOf(error).split("\n", 1)[0] ?? "";
  return problem(
    "NW0812",
    `${what} is installed and could not be loaded: ${line}`,
    ...(remedy === null ? [] : [remedy]),
  );
}
