// Every pattern of the product: those that stand in its sources.

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "@swc/core";

export interface Pattern {
  readonly pattern: RegExp;
  readonly file: string;
}

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

/** In the packages and the command; each once, in the order of the files. */
export function allPatterns(): readonly Pattern[] {
  const found = new Map<string, Pattern>();
  for (const folder of ["packages", "apps"]) {
    for (const name of readdirSync(join(ROOT, folder)).sort()) {
      for (const path of sourcesBelow(join(ROOT, folder, name, "src"))) {
        for (const pattern of patternsIn(readFileSync(path, "utf8"))) {
          const file = relative(ROOT, path);
          if (!found.has(String(pattern))) found.set(String(pattern), { pattern, file });
        }
      }
    }
  }
  return [...found.values()];
}

function sourcesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    // A folder of something else.
    return [];
  }
}

function patternsIn(text: string): RegExp[] {
  const found: RegExp[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if (isLiteral(node)) found.push(new RegExp(node.pattern, node.flags));
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(parseSync(text, { syntax: "typescript" }));
  return found;
}

interface Literal {
  readonly type: "RegExpLiteral";
  readonly pattern: string;
  readonly flags: string;
}

function isLiteral(node: object): node is Literal {
  return "type" in node && node.type === "RegExpLiteral";
}
