// What an import that failed says about why.

import { problem, type RuntimeProblem } from "../problem/problem.ts";
import { codeOf, messageOf, remedyOf } from "../problem/thrown.ts";

/**
 * Whether the import failed because that very package is absent, and not one that it needs in turn. Node says so by
 * code, and the text tells which package; a browser has the text alone.
 */
export function isMissingPackage(error: unknown, packageName: string): boolean {
  const code = codeOf(error);
  const texts = code === null ? UNRESOLVED : ABSENT.includes(code) ? ABSENCE : [];
  const message = messageOf(error);
  return texts.some((text) =>
    QUOTES.some(([open, close]) => message.startsWith(`${text}${open}${packageName}${close}`)),
  );
}

const ABSENT = ["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"];

/** Of `import` and of `require`. */
const ABSENCE = ["Cannot find package ", "Cannot find module "];

/** Of Chromium, Firefox and Safari, which know no packages unless the page maps their names. */
const UNRESOLVED = ["Failed to resolve module specifier ", "The specifier ", "Module name, "];

const QUOTES = [
  ["'", "'"],
  ['"', '"'],
  ["\u201c", "\u201d"],
] as const;

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
