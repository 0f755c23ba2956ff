// Names of a file of another tool as names of the language.

/** Null for what is no name of the language. */
export function plainName(name: string): string | null {
  const plain = name.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^_+|_+$/g, "");
  return /^[A-Za-z][A-Za-z0-9_]*$/.test(plain) && !WORDS.has(plain) ? plain : null;
}

const WORDS: ReadonlySet<string> = new Set([
  "input",
  "shared",
  "repeat",
  "residual",
  "parallel",
  "if",
  "else",
  "block",
  "model",
  "data",
  "train",
  "use",
  "param",
  "in",
  "and",
  "or",
  "not",
  "true",
  "false",
  "none",
  "features",
  "outputs",
]);
