// Values as they stand in generated JavaScript and TypeScript.

/** JSON in ASCII: no letter of it ends a line or a text, whoever wrote the words. */
export function sourceText(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** On one line, for a comment. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
