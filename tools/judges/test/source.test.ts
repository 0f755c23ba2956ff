// Models with odd names, words and losses as C, Rust and Go, built by whichever compilers are here: a compiler sees what no look at
// the text does.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { formats, type PortableModel } from "@netwright/formats";
import fc from "fast-check";
import { portable } from "../../../packages/formats/test/portable.ts";
import { cases, oddCases } from "../../../packages/formats/test/source/models.ts";
import { anyNamesOf, renamed } from "../../../packages/formats/test/source/renamed.ts";
import { programHere } from "../src/debian.ts";
import type { Compiler } from "../src/sources/compiler.ts";
import { HOSTS } from "../src/sources/hosts.ts";
import { selfTest, writeProgram } from "../src/sources/program.ts";

const folder = mkdtempSync(join(tmpdir(), "netwright-source-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Nothing is installed by a test. */
const isHere = ({ needs }: Compiler) =>
  needs.every((need) => "version" in programHere({ ...need, debian: [] }));

const here = HOSTS.filter(isHere);

describe.each(oddCases)("$name", ({ source, data }) => {
  let model: PortableModel;
  beforeAll(async () => {
    model = await portable(source, data);
  });

  test.each(here.map((compiler) => [compiler.name, compiler] as const))(
    "%s builds it, and it predicts as Netwright does",
    async (name, compiler) => {
      const write = await formats[compiler.language].load();
      const written = write(model, { samples: model.samples.answers.length });
      if ("refused" in written) throw new Error(JSON.stringify(written.refused));
      const text = new TextDecoder().decode(written.files[0]?.content);
      const own = join(folder, `${name}-${model.outputs.kind}`);
      const [way] = compiler.ways;
      if (way === undefined) throw new Error("there is a way");
      const difference = selfTest(
        compiler,
        way,
        writeProgram(own, compiler.language, text),
        join(own, "program"),
      );
      // A power is what the library of the language makes of it.
      expect(difference).toBeLessThanOrEqual(
        model.outputs.kind === "classes" && model.outputs.temperature !== null ? 1e-15 : 0,
      );
    },
    60_000,
  );
});

test.each(here.map((compiler) => [compiler.name, compiler] as const))(
  "%s builds it whatever the columns are called",
  async (name, compiler) => {
    const { source = "", data = [] } = cases[0] ?? {};
    const model = await portable(source, data);
    const write = await formats[compiler.language].load();
    const [way] = compiler.ways;
    if (way === undefined) throw new Error("there is a way");
    fc.assert(
      fc.property(anyNamesOf(model.columns.length), (names) => {
        const written = write(renamed(model, names), {});
        if ("refused" in written) throw new Error(JSON.stringify(written.refused));
        const own = join(folder, `${name}-any`);
        const text = new TextDecoder().decode(written.files[0]?.content);
        expect(
          selfTest(compiler, way, writeProgram(own, compiler.language, text), join(own, "program")),
        ).toBe(0);
      }),
      { numRuns: 5 },
    );
  },
  120_000,
);
