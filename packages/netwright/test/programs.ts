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
  const imported: Record<string, unknown> = {};
  for (const [, names = "", from = ""] of code.matchAll(/^import \{ (.*) \} from "(.*)";/gm)) {
    const module: Readonly<Record<string, unknown>> = from === "netwright" ? library : await import(from);
    for (const name of names.split(", ")) {
      const [key = "", own = key] = name.split(" as ");
      imported[own] = Object.entries(module).find(([each]) => each === key)?.[1];
    }
  }
  const log: string[] = [];
  const scope: Readonly<Record<string, unknown>> = {
    ...shared,
    ...imported,
    console: { log: (...values: readonly unknown[]) => log.push(format(...values)) },
  };
  const kept = keeps.map((name) => `${name}: typeof ${name} === "undefined" ? undefined : ${name}`);
  const body = `${code.replace(/^import .*$/gm, "")}\nreturn { ${kept.join(", ")} };`;
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
