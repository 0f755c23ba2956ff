// The constraints of the IR with the messages that stand beside their labels in the sources, for the page about it.

import { readdirSync, readFileSync } from "node:fs";

const SOURCES = new URL("../../../ir/src/", import.meta.url);

/** By label, `dot_general_c3`: what is said when it is broken, with points for what depends on the program. */
export function constraintMessages(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const text of readdirSync(new URL("ops/", SOURCES))
    .map((file) => readFileSync(new URL(`ops/${file}`, SOURCES), "utf8"))
    .concat(readFileSync(new URL("verify/attribute-problems.ts", SOURCES), "utf8"))) {
    for (const [, label = "", message = ""] of text.matchAll(/"(\w+_c\d+)",\s*(`[^`]*`|"[^"]*")/g)) {
      if (!found.has(label)) found.set(label, readable(message));
    }
    // A function that is handed the label says the message.
    for (const [, name = "", body = ""] of text.matchAll(/^function (\w+)\((.*?)^\}/gms)) {
      const [, handed] = body.match(/\bconstraint,\s*(`[^`]*`|"[^"]*")/) ?? [];
      if (handed === undefined) continue;
      for (const [, label = ""] of text.matchAll(new RegExp(`\\b${name}\\([^"\\n]*"(\\w+_c\\d+)"\\)`, "g"))) {
        if (!found.has(label)) found.set(label, readable(handed));
      }
    }
  }
  return found;
}

/** Every label of the operations. */
export function operationLabels(): readonly string[] {
  const labels = readdirSync(new URL("ops/", SOURCES)).flatMap((file) => [
    ...readFileSync(new URL(`ops/${file}`, SOURCES), "utf8").matchAll(/"(\w+_c\d+)"/g),
  ]);
  return [...new Set(labels.map(([, label = ""]) => label))].sort();
}

/** Labels that the comment at the head of a file of the verifier explains: `// - program_c1: ...`. */
export function verifierConstraints(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const file of readdirSync(new URL("verify/", SOURCES)).sort()) {
    const head = readFileSync(new URL(`verify/${file}`, SOURCES), "utf8").split(/^(?!\/\/)/m)[0] ?? "";
    const text = head.replace(/\n\/\/ {3}/g, " ");
    for (const [, label = "", what = ""] of text.matchAll(/^\/\/ - (\w+): (.*)$/gm))
      found.set(label, what.trim());
  }
  return found;
}

function readable(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, "...")
    .replace(/\s+/g, " ");
}
