// A property of an interface, as it stands in generated TypeScript.

import { oneLine, sourceText } from "../wrapper/source-text.ts";

/** More words are any text: a checker of types takes long for them. */
export const MOST_WORDS = 1000;

export function property(name: string, comment: string, mark: string, type: string): string {
  const line = comment === "" ? "" : `  /** ${safe(comment)} */\n`;
  return `${line}  readonly ${keyOf(name)}${mark}: ${type};\n`;
}

export function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : sourceText(name);
}

/** On one line, and ending no comment. */
export function safe(text: string): string {
  return oneLine(text).replaceAll("*/", "* /");
}
