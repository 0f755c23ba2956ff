// What is printed reads back as the same program: each function of every program of the conformance kit and of the
// catalog's examples, with composites inlined and kept.

import { expect, test } from "@jest/globals";
import { inline, mapFuncs, ops, type Program, print, sizeOf } from "@netwright/ir";
import { moduleOf, parseStablehlo, printStablehlo } from "@netwright/stablehlo";
import { kitPrograms } from "./kit-programs.ts";

const programs = await kitPrograms(3);

/** As text, in which a constant without elements has no values: StableHLO cannot say them. */
function words(program: Program): string {
  return print(
    mapFuncs(program, (func) => ({
      ...func,
      body: func.body.map((op) =>
        op.name === "constant" && sizeOf(op.attributes.type.shape) === 0
          ? { ...op, attributes: { ...op.attributes, values: [] } }
          : op,
      ),
    })),
  );
}

test("the kit has programs for all operations", () => {
  const names = new Set(
    programs.flatMap(({ functions }) => functions.flatMap(({ body }) => body.map(({ name }) => name))),
  );
  expect([...names].sort()).toEqual(Object.keys(ops).sort());
  expect(programs.length).toBeGreaterThan(500);
});

for (const composites of ["inline", "keep"] as const) {
  test(`every function reads back with composites: ${composites}`, () => {
    let count = 0;
    for (const program of programs) {
      const source = composites === "inline" ? inline(program) : program;
      for (const { name, kind } of source.functions) {
        if (kind === "composite") continue;
        const devices = 1 + (count % 3);
        const text = printStablehlo(program, name, { composites, donate: kind === "step", devices });
        const read = parseStablehlo(text);
        expect(words(read.program)).toBe(words(moduleOf(source, name)));
        expect(read.devices).toBe(devices);
        count++;
      }
    }
    expect(count).toBeGreaterThan(1000);
  }, 120_000);
}
