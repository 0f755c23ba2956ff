// The examples of all definitions as programs: valid, complete, and such that what they describe is in them.

import { describe, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { conformanceCases, describeConformance, runCases } from "@netwright/conformance";
import { verify } from "@netwright/ir";
import { compile } from "@netwright/runtime";
import {
  defineElementwiseLoss,
  defineLayer,
  examplePrograms,
  extendCatalog,
  NetwrightError,
  onNumbers,
  plainParts,
} from "netwright";
import { catalog } from "../../src/catalog/catalog.ts";

const programs = examplePrograms();

test("every definition that becomes operations has one", () => {
  const { stop, checkpoint, threshold, ...families } = catalog.compiler;
  expect([stop.size, checkpoint.size, threshold.size]).not.toContain(0);
  const names = Object.entries(families).flatMap(([family, all]) =>
    [...all.keys()].map((name) => `${family}/${name}`),
  );
  expect(programs.map(({ name }) => name).sort()).toEqual(names.sort());
});

describe("trained on the reference", () => {
  // Noise to the loss, other parts of the rows at each step, and what cannot learn, as its weights are alike at first.
  const unsteady = new Set([
    "layer/dropout",
    "layer/gaussian_dropout",
    "layer/random_crop",
    "initializer/zeros",
  ]);

  test.each(programs)("$name", async ({ name, program, batch }) => {
    expect(verify(program)).toEqual([]);
    const executable = await compile(referenceBackend, program);
    executable.init(5);
    const losses = Array.from({ length: 6 }, () => executable.step(batch).loss);
    expect(losses.every(Number.isFinite)).toBe(true);
    if (!unsteady.has(name)) expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
    executable.dispose();
  });
});

const own = (example: string) =>
  defineLayer({
    name: "doubled",
    doc: "Twice its input.",
    formula: "2 x",
    example,
    source: "",
    params: {},
    output: onNumbers((shape) => shape),
    parts: () => plainParts,
    build: ({ b }, [x]) => b.add(x, x),
  });

const cubic = defineElementwiseLoss({
  name: "cubic",
  doc: "Asks for small errors.",
  formula: "|e|^3",
  example: "loss: cubic",
  source: "",
  params: {},
  ofError: (b, e) => b.multiply(b.abs(e), b.multiply(e, e)),
});

test("definitions of a user's own are among them, and reach a backend by the kit", async () => {
  const given = examplePrograms(extendCatalog({ layer: [own("doubled")], loss: [cubic] }));
  const names = given.map(({ name }) => name);
  expect(names.filter((name) => !programs.some((known) => known.name === name))).toEqual([
    "layer/doubled",
    "loss/cubic",
  ]);
  const cases = conformanceCases({ programs: given }).filter(({ name }) => /doubled|cubic/.test(name));
  expect(cases.map(({ name }) => name)).toEqual(["program/layer/doubled", "program/loss/cubic"]);
  expect(await runCases(referenceBackend, cases, {})).toMatchObject({ conforms: true });
});

test("what a backend gets wrong in one of them is found", async () => {
  const given = examplePrograms(extendCatalog({ layer: [own("doubled")] }));
  const wrong = {
    ...referenceBackend,
    // Adds in place of subtracting.
    load: async (program: Parameters<typeof referenceBackend.load>[0]) =>
      referenceBackend.load({
        ...program,
        functions: program.functions.map((func) => ({
          ...func,
          body: func.body.map((op) => (op.name === "subtract" ? { ...op, name: "add" as const } : op)),
        })),
      }),
  };
  const cases = conformanceCases({ programs: given }).filter(({ name }) => name.endsWith("doubled"));
  const { results, conforms } = await runCases(wrong, cases, {});
  expect(conforms).toBe(false);
  expect(results[0]).toMatchObject({ status: "failed" });
});

test.each([["dance(3)"], ["loss: mad"], ["doubled -> dense(-1)"]])(
  "an example that is no network is told of: %s",
  (example) => {
    const catalogOfMistake = extendCatalog({ layer: [own(example)] });
    expect(() => examplePrograms(catalogOfMistake)).toThrow(NetwrightError);
    expect(() => examplePrograms(catalogOfMistake)).toThrow(/layer\/doubled/);
  },
);

test("describeConformance declares a test for each", () => {
  const declared: string[] = [];
  const runner = {
    describe: (_: string, body: () => void) => body(),
    test: (name: string) => void declared.push(name),
  };
  describeConformance(referenceBackend, runner, { programs });
  expect(declared).toEqual(expect.arrayContaining(["dense", "cross_entropy"]));
});
