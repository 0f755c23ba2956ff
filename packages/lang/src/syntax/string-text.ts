// A text as a string of the language. JSON writes control characters as `\u0007`, which has no meaning in a `.net` file;
// here they stand as they are.

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t" };

export function stringText(text: string): string {
  return `"${text.replace(/[\\"\n\t]/g, (character) => ESCAPES[character] ?? character)}"`;
}
