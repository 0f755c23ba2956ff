// Compilers of C, Rust and Go build what is exported, and its self-test predicts 1,000 rows of each model as Netwright does: in
// 32 bits with the same bits, in 64 within 1e-5 of the target's deviation.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formats } from "@netwright/formats";
import { judgedModels } from "../formats/models.ts";
import type { Judge, Verdict } from "../judge.ts";
import { COMPILERS, program, selfTest, versionOf } from "../sources/compilers.ts";

const TOLERANCE = 1e-5;

export const sources: Judge = {
  name: "sources",
  about:
    "gcc, clang, tcc, rustc and go, those that are here, build models that predict 1,000 rows as Netwright does",
  judge,
};

async function judge(): Promise<Verdict> {
  const here = COMPILERS.filter((compiler) => versionOf(compiler) !== null);
  if (here.length === 0) return { kind: "skipped", reason: "no compiler of C, Rust or Go is here" };
  const folder = mkdtempSync(join(tmpdir(), "netwright-sources-"));
  const wrong: string[] = [];
  let right = 0;
  try {
    for await (const { name, model } of judgedModels()) {
      for (const compiler of here) {
        const write = await formats[compiler.language].load();
        for (const precision of ["float", "double"] as const) {
          const told = `${name}, ${compiler.name}, ${precision}`;
          const written = write(model, { precision, samples: model.samples.answers.length });
          if ("refused" in written) {
            // A function that the language has not in 64 bits.
            if (precision === "float" || !written.refused.every(({ what }) => what.includes("in 64 bits")))
              wrong.push(`${told}: ${written.refused.map(({ what, why }) => `${what} ${why}`).join("; ")}`);
            continue;
          }
          const [file] = written.files;
          const text = new TextDecoder().decode(file?.content);
          const own = join(folder, `${compiler.language}-${precision}`);
          const source = program(own, compiler.language, nameIn(text, model.name), text);
          for (const way of Object.keys(compiler.ways)) {
            const difference = selfTest(compiler, way, source, join(own, "program"));
            const isRight =
              typeof difference === "number" &&
              (precision === "float" ? difference === 0 : difference >= 0 && difference <= TOLERANCE);
            if (isRight) right++;
            else wrong.push(`${told}, ${way}: ${difference}`);
          }
        }
      }
    }
    return { kind: "judged", right, wrong };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a header calls the model. */
function nameIn(text: string, name: string): string {
  return /typedef struct (\w+)_row/.exec(text)?.[1] ?? name;
}
