// Every pattern of the product: those that stand in its sources, and those that its sources make.

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "@swc/core";
import { madePatterns } from "./made-patterns.ts";

export interface Pattern {
  readonly pattern: RegExp;
  readonly file: string;
}

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

/**
 * In the packages and the command; each once, in the order of the files.
 * @throws where a place that makes patterns has made none: it would not be tried
 */
export function allPatterns(): readonly Pattern[] {
  const found = new Map<string, Pattern>();
  for (const folder of ["packages", "apps"]) {
    for (const name of readdirSync(join(ROOT, folder)).sort()) {
      for (const path of sourcesBelow(join(ROOT, folder, name, "src"))) {
        const file = relative(ROOT, path).replaceAll("\\", "/");
        for (const pattern of patternsIn(readFileSync(path, "utf8"), file)) {
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

export function patternsIn(text: string, file: string): readonly RegExp[] {
  const found: RegExp[] = [];
  let makers = 0;
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if (isLiteral(node)) found.push(new RegExp(node.pattern, node.flags));
    if (isMaker(node)) makers++;
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(parseSync(text, { syntax: "typescript" }));
  if (makers === 0) return found;
  const { patterns, places } = madePatterns(text, file);
  if (places < makers)
    throw new Error(`${file} makes patterns in ${makers} places, and ${places} of them are tried`);
  return [...found, ...patterns];
}

interface Literal {
  readonly type: "RegExpLiteral";
  readonly pattern: string;
  readonly flags: string;
}

function isLiteral(node: object): node is Literal {
  return "type" in node && node.type === "RegExpLiteral";
}

/** `new RegExp(...)` or `RegExp(...)`. */
function isMaker(node: object): boolean {
  if (!("type" in node) || !("callee" in node)) return false;
  const { type, callee } = node;
  const isCall = type === "NewExpression" || type === "CallExpression";
  return (
    isCall && typeof callee === "object" && callee !== null && "value" in callee && callee.value === "RegExp"
  );
}
