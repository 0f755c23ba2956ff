// The program around an exported file: it prints the bits of what the self-test gives, as a printf of numbers is more than some
// machines have room for.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Compiler, Language, Way } from "./compiler.ts";

/** The file that is compiled, which has the exported one in it or beside it. */
export function writeProgram(folder: string, language: Language, text: string, isFused = false): string {
  mkdirSync(folder, { recursive: true });
  const put = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  switch (language) {
    case "c": {
      const name = /typedef struct (\w+)_row/.exec(text)?.[1] ?? "";
      // Who fuses would be told so, and nothing else.
      put(`${name}.h`, isFused ? text.replace("return -1.0;", "(void)y;") : text);
      return put(
        "main.c",
        `#define ${name.toUpperCase()}_SELF_TEST
#include "${name}.h"
#include <stdio.h>
int main(void) {
  const double difference = ${name}_self_test();
  uint64_t bits;
  memcpy(&bits, &difference, 8);
  printf("%08lx%08lx", (unsigned long)(bits >> 32), (unsigned long)(bits & 0xffffffff));
  return 0;
}
`,
      );
    }
    case "rust":
      put("model.rs", text);
      return put("main.rs", 'mod model;\nfn main() { print!("{:016x}", model::self_test().to_bits()); }\n');
    case "go":
      // A program is one package, and so is the file within it.
      return put(
        "main.go",
        text
          .replace(/^package \w+$/m, "package main")
          .concat('\nfunc main() { fmt.Printf("%016x", math.Float64bits(SelfTest())) }\n'),
      );
    case "js":
      put("model.mjs", text);
      return put(
        "main.mjs",
        `import { selfTest } from "./model.mjs";
const view = new DataView(new ArrayBuffer(8));
view.setFloat64(0, selfTest());
process.stdout.write(view.getBigUint64(0).toString(16).padStart(16, "0"));
`,
      );
  }
}

/** What the self-test gives, or what the compiler says. */
export function selfTest(
  { needs, run, env }: Compiler,
  { build }: Way,
  source: string,
  output: string,
): number | string {
  if (build !== null) {
    const built = spawnSync(needs[0].command, build(source, output), {
      encoding: "utf8",
      env: { ...process.env, ...env },
    });
    if (built.status !== 0) return `${built.stderr ?? built.error}`.slice(0, 600);
  }
  const [command, ...words] = [...run, build === null ? source : output];
  const { stdout, stderr } = spawnSync(command ?? output, words, { encoding: "utf8", input: "" });
  const bits = /^[0-9a-f]{16}/.exec(stdout);
  if (bits === null) return `it prints ${stdout.slice(0, 100)} ${stderr.slice(0, 300)}`;
  return new DataView(Uint8Array.from(Buffer.from(bits[0], "hex")).buffer).getFloat64(0);
}
