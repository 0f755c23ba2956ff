// The programs of a page, run in order as they stand: what they log is held against the comments behind it.

import { format } from "node:util";

export interface Program {
  readonly code: string;
  /** What `import { ... } from "netwright"` gives. */
  readonly library: Readonly<Record<string, unknown>>;
}

export interface Ran {
  readonly log: readonly string[];
  /** What the comments say, `...` for anything. */
  readonly expected: readonly RegExp[];
  /** The names that later programs use. */
  readonly shared: Readonly<Record<string, unknown>>;
}

/** `shared` are names of the programs before; `keeps` those that this one leaves, where it has them. */
export async function run(
  { code, library }: Program,
  shared: Readonly<Record<string, unknown>>,
  keeps: readonly string[],
): Promise<Ran> {
  const [, imports = ""] = /^import \{ (.*) \} from "netwright";$/m.exec(code) ?? [];
  const names = imports.split(", ").filter((name) => name !== "");
  const log: string[] = [];
  const scope: Readonly<Record<string, unknown>> = {
    ...shared,
    ...Object.fromEntries(
      names.map((name) => [name, Object.entries(library).find(([key]) => key === name)?.[1]]),
    ),
    console: { log: (...values: readonly unknown[]) => log.push(format(...values)) },
  };
  const kept = keeps.map((name) => `${name}: typeof ${name} === "undefined" ? undefined : ${name}`);
  const body = `${code.replace(/^import .*$/m, "")}\nreturn { ${kept.join(", ")} };`;
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  const after = await new AsyncFunction(...Object.keys(scope), body)(...Object.values(scope));
  const expected = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text = ""]) =>
    pattern(text),
  );
  return { log, expected, shared: after };
}

function pattern(text: string): RegExp {
  const parts = text.split("...").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[\\s\\S]*")}$`);
}
