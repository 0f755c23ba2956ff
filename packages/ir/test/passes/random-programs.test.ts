// Properties over random programs: they are valid, print and parse back, stay valid through every pass, and
// keep every bit of every result.

import { describe, expect, test } from "@jest/globals";
import {
  canonicalise,
  cse,
  dce,
  expand,
  fold,
  inline,
  isDerived,
  type OpName,
  ops,
  optimize,
  type Program,
  parse,
  print,
  sizeOf,
  type Value,
  verify,
} from "@netwright/ir";
import fc from "fast-check";
import { arbitraryProgram } from "../support/arbitrary-program.ts";
import { Choices } from "../support/choices.ts";
import { evaluate } from "../support/evaluate.ts";
import { numbers } from "../support/op-generators.ts";

/** The same programs on every run; other seeds are for looking further by hand. */
const RUNS = { seed: 20, numRuns: 100 };
/** Rules meet their awkward values seldom, so there are more of these. */
const RUNS_OF_BITS = { seed: 20, numRuns: 300 };

const PASSES = { canonicalise, cse, dce, expand, fold, inline, optimize };

/** What the text form holds: values by order of definition, no origins. */
function withoutIds(program: Program): unknown {
  return program.functions.map(({ parameters, body, results, ...func }) => {
    const order = new Map<number, number>();
    const define = ({ id, type }: Value) => [order.set(id, order.size).get(id), type];
    return {
      ...func,
      parameters: parameters.map(({ name, value }) => [name, define(value)]),
      body: body.map((op) => [
        op.name,
        op.operands.map(({ id }) => order.get(id)),
        op.attributes,
        op.results.map(define),
      ]),
      results: results.map(({ name, value }) => [name, order.get(value.id)]),
    };
  });
}

test("random programs cover every operation", () => {
  const seen = new Set<OpName>();
  for (const program of fc.sample(arbitraryProgram(), { numRuns: 100, seed: 1 })) {
    for (const func of program.functions) for (const { name } of func.body) seen.add(name);
  }
  expect([...seen].sort()).toEqual(Object.keys(ops).sort());
});

test("are valid, print, and parse back equal", () => {
  fc.assert(
    fc.property(arbitraryProgram(), (program) => {
      expect(verify(program)).toEqual([]);
      const text = print(program);
      const read = parse(text);
      expect(print(read)).toBe(text);
      expect(verify(read)).toEqual([]);
      expect(withoutIds(read)).toEqual(withoutIds(program));
    }),
    RUNS,
  );
});

describe.each(Object.entries(PASSES))("%s", (_, pass) => {
  test("keeps programs valid", () => {
    fc.assert(
      fc.property(arbitraryProgram(), (program) => {
        expect(verify(pass(program))).toEqual([]);
      }),
      RUNS,
    );
  });

  test("keeps every bit", () => {
    const programs = arbitraryProgram([
      "dot_general",
      "rng_bit_generator",
      "gather",
      "scatter",
      "convolution",
    ]);
    const picks = fc.array(fc.nat(1000), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(programs, picks, (program, list) => {
        const choices = new Choices(list);
        const values = new Map<number, readonly number[]>();
        const inputs = ({ id, type }: Value) => {
          const known = values.get(id) ?? numbers(choices, type.dtype, sizeOf(type.shape));
          values.set(id, known);
          return known;
        };
        // toStrictEqual tells -0 from 0 and takes NaN for NaN.
        expect(evaluate(pass(program), inputs)).toStrictEqual(evaluate(program, inputs));
      }),
      RUNS_OF_BITS,
    );
  });
});

test("what is expanded has core operations alone", () => {
  fc.assert(
    fc.property(arbitraryProgram(), (program) => {
      const bodies = expand(program).functions.flatMap(({ body }) => body);
      expect(bodies.filter((op) => isDerived(op) || op.name === "composite")).toEqual([]);
    }),
    RUNS,
  );
});

test("what is optimised has nothing left to optimise", () => {
  fc.assert(
    fc.property(arbitraryProgram(), (program) => {
      const optimized = optimize(program);
      expect(optimize(optimized)).toBe(optimized);
    }),
    RUNS,
  );
});
