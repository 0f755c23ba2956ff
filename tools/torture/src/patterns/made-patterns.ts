// Patterns that are made of texts, by `new RegExp`: the file they stand in is run by itself, with a constructor in place of
// `RegExp` that keeps what it makes, and nothing in place of what the file imports.

import { transformSync } from "@swc/core";

export interface Made {
  readonly patterns: readonly RegExp[];
  /** How many of the places that make one have done so. */
  readonly places: number;
}

type Exported = Readonly<Record<string, ((...given: readonly unknown[]) => unknown) | undefined>>;

/**
 * Files that make patterns in functions, and calls that make them do so. What a place makes of what it is given, a line may
 * ask for in several forms.
 */
const CALLS: Readonly<Record<string, (exported: Exported) => void>> = {
  "packages/data/src/table/sniff-kind.ts": ({ sniffKind }) => sniffKind?.("no sign of anything"),
  "packages/definitions/src/catalog/made-of.ts": ({ columnsByPattern }) => {
    for (const pattern of ["p*", "row *, column *", "*x*x*"])
      columnsByPattern?.({ patterns: [pattern] }, ["p1"]);
  },
  "packages/ir/src/text/tokens.ts": ({ tokenize }) => tokenize?.("x"),
};

/** `file` as the table above has it. */
export function madePatterns(text: string, file: string): Made {
  const patterns: RegExp[] = [];
  const places = new Set<string>();
  const keep = (source: string | RegExp, flags?: string): RegExp => {
    const made = new RegExp(source, flags);
    patterns.push(made);
    // The line and column of the caller, in the text as it is run.
    places.add(new Error().stack?.split("\n").find((line) => line.includes(NAME)) ?? "");
    return made;
  };
  const Recording = new Proxy(RegExp, {
    construct: (_, [source, flags]) => keep(source, flags),
    apply: (_, __, [source, flags]) => keep(source, flags),
  });
  const { code } = transformSync(text, {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  });
  const exported: Exported = {};
  const run = new Function("require", "exports", "RegExp", `${code}\n//# sourceURL=${NAME}`);
  run(() => ANYTHING, exported, Recording);
  CALLS[file]?.(exported);
  return { patterns, places: places.size };
}

const NAME = "a-file-that-makes-patterns.js";

/** Stands for what is imported: whatever is done with it gives it again. */
const ANYTHING: object = new Proxy(() => {}, {
  get: (_, key) =>
    key === Symbol.iterator ? [][Symbol.iterator] : key === Symbol.toPrimitive ? () => "" : ANYTHING,
  apply: () => ANYTHING,
  construct: () => ANYTHING,
});
