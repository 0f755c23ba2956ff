// Compilers of the languages that models are printed in, those that are here: a program around the exported file prints the
// largest difference of its self-test.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type Language = "c" | "rust" | "go";

export interface Compiler {
  readonly name: string;
  readonly language: Language;
  readonly command: string;
  readonly version: readonly string[];
  /** Arguments of each way to compile, by its name. */
  readonly ways: Readonly<Record<string, (source: string, program: string) => readonly string[]>>;
}

const c = (flags: string) => (source: string, program: string) => [
  "-std=c99",
  "-Wall",
  "-Wextra",
  "-Werror",
  "-Wno-unused-function",
  "-ffp-contract=off",
  ...flags.split(" "),
  source,
  "-o",
  program,
  "-lm",
];

const levels = Object.fromEntries(
  ["-O0", "-O1", "-O2", "-O3", "-Os", "-O3 -mfma -mavx2"].map((flags) => [flags, c(flags)]),
);

const rust = (flags: string) => (source: string, program: string) => [
  ...flags.split(" "),
  source,
  "-o",
  program,
];

export const COMPILERS: readonly Compiler[] = [
  { name: "gcc", language: "c", command: "gcc", version: ["--version"], ways: levels },
  { name: "clang", language: "c", command: "clang", version: ["--version"], ways: levels },
  {
    name: "tcc",
    language: "c",
    command: "tcc",
    version: ["-v"],
    ways: { plain: (source, program) => [source, "-o", program, "-lm"] },
  },
  {
    name: "rustc",
    language: "rust",
    command: "rustc",
    version: ["--version"],
    ways: {
      debug: rust("--edition 2021"),
      "-O": rust("--edition 2021 -O"),
      "-O with fused products": rust("--edition 2021 -O -C target-feature=+fma,+avx2"),
    },
  },
  {
    name: "go",
    language: "go",
    command: "go",
    version: ["version"],
    ways: { build: (source, program) => ["build", "-o", program, source] },
  },
];

/** Null where the compiler is not here. */
export function versionOf({ command, version }: Compiler): string | null {
  const { status, stdout, stderr } = spawnSync(command, version, { encoding: "utf8" });
  return status === 0 ? (`${stdout}${stderr}`.split("\n")[0] ?? "") : null;
}

/** The file that is compiled, which has the exported one in it or beside it. */
export function program(folder: string, language: Language, name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  const path = (file: string) => join(folder, file);
  switch (language) {
    case "c": {
      writeFileSync(path(`${name}.h`), text);
      const main = `#define ${name.toUpperCase()}_SELF_TEST
#include "${name}.h"
#include <stdio.h>
int main(void) { printf("%.17g", ${name}_self_test()); return 0; }
`;
      writeFileSync(path("main.c"), main);
      return path("main.c");
    }
    case "rust": {
      writeFileSync(path("model.rs"), text);
      writeFileSync(path("main.rs"), 'mod model;\nfn main() { print!("{:?}", model::self_test()); }\n');
      return path("main.rs");
    }
    case "go": {
      // A program is one package, and so is the file within it.
      const own = text
        .replace(/^package \w+$/m, "package main")
        .concat('\nfunc main() { fmt.Printf("%.17g", SelfTest()) }\n');
      writeFileSync(path("main.go"), own);
      return path("main.go");
    }
  }
}

/** What the self-test prints, or what the compiler says. */
export function selfTest(
  { command, ways }: Compiler,
  way: string,
  source: string,
  output: string,
): number | string {
  const built = spawnSync(command, ways[way]?.(source, output) ?? [], {
    encoding: "utf8",
    env: { ...process.env, GO111MODULE: "off", GOFLAGS: "", CGO_ENABLED: "0" },
  });
  if (built.status !== 0) return `${built.stderr}`.slice(0, 600);
  const text = spawnSync(output, { encoding: "utf8" }).stdout;
  return /inf/i.test(text) ? Number.POSITIVE_INFINITY : Number.parseFloat(text);
}
