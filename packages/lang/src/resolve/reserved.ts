// Names that params and blocks cannot have, because they would hide a word of the language.

import type { Name } from "../syntax/tree.ts";
import type { Context } from "./context.ts";

export const flowWords = ["repeat", "if", "else", "residual", "parallel", "input", "shared"] as const;

const reserved: ReadonlySet<string> = new Set([...flowWords, "features", "outputs", "true", "false", "none"]);

export function isReserved(name: string): boolean {
  return reserved.has(name);
}

/** True when the name may be used. */
export function checkName(noun: string, name: Name, context: Context): boolean {
  if (!isReserved(name.text)) return true;
  context.report.error("NW0211", name.span, `${noun} cannot be named \`${name.text}\``, {
    notes: ["The word has a meaning in models; choose another name."],
  });
  return false;
}
