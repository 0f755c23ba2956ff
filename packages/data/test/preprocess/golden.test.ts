// Encoders against scikit-learn: what it makes of each column stands in `golden/scikit-learn.jsonl`, which
// `golden/scikit_learn.py` writes. Where ours means another number, the reason stands here.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { type Args, withDefaults } from "@netwright/definitions";
import { encoders } from "../../src/index.ts";
import type { NumberCoding } from "../../src/preprocess/encoder.ts";

interface Golden {
  readonly name: string;
  readonly encoder: string;
  readonly args: Args;
  readonly fit: readonly number[];
  readonly input: readonly number[];
  readonly output: readonly (number | readonly number[])[];
  readonly inverse?: readonly number[];
  readonly learned?: { readonly lambda?: number };
}

const DIFFERENT: Readonly<Record<string, string>> = {
  "robust, many zeros": "where the interquartile range is 0, half the whole range divides",
  "power, large": "a power of which the values could not be turned back is not taken",
};

const cases = readFileSync(new URL("./golden/scikit-learn.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line): Golden => JSON.parse(line));

function learned({ encoder: name, args, fit }: Golden) {
  const encoder = encoders.get(name);
  if (encoder?.takes !== "number") throw new Error(`${name} does not take numbers`);
  const params = encoder.fit([Float64Array.from(fit)], withDefaults(encoder.params, args));
  const coding = encoder.open(params);
  if (coding === null) throw new Error(`${name} cannot open what it has learned`);
  return { params, coding };
}

/** In f64, which the arrays of a network do not hold. */
function encoded({ scaling, write, output }: NumberCoding, x: number): readonly number[] {
  if (scaling !== null) return [scaling.apply(x)];
  const width = output.shape[0] ?? 0;
  const into = new Float32Array(width);
  write(Float64Array.of(x), { into, at: 0, width });
  return [...into];
}

function expectClose(found: number, expected: number, relative: number): void {
  const size = Math.max(1, Math.abs(expected));
  if (Math.abs(found - expected) > relative * size) expect(found).toBe(expected);
}

/** The ends of a normal one are as far on both sides here; the power is found to half of the digits. */
const RELATIVE: Readonly<Record<string, number>> = { quantile: 1e-10, power: 2e-6, piecewise_linear: 1e-6 };

describe("as scikit-learn and NumPy", () => {
  const numbers = cases.filter(({ fit, name }) => fit !== undefined && DIFFERENT[name] === undefined);

  test.each(numbers.map((golden) => [golden.name, golden] as const))("%s", (_, golden) => {
    const { params, coding } = learned(golden);
    const relative = RELATIVE[golden.encoder] ?? 1e-12;
    for (const [i, x] of golden.input.entries()) {
      const expected = [golden.output[i] ?? Number.NaN].flat();
      const found = encoded(coding, x);
      for (const [k, z] of found.entries()) expectClose(z, expected[k] ?? Number.NaN, relative);
      const back = golden.inverse?.[i];
      const [z = Number.NaN] = found;
      if (back !== undefined) expectClose(coding.scaling?.invert(z) ?? Number.NaN, back, 1e-6);
    }
    const { lambda } = golden.learned ?? {};
    if (lambda !== undefined) expectClose(Number(params["lambda"]), lambda, 1e-6);
  });
});

test("robust divides by half the range where the interquartile range is 0", () => {
  const golden = cases.find(({ name }) => name === "robust, many zeros");
  if (golden === undefined) throw new Error("the case is gone");
  expect(learned({ ...golden, fit: [0, 0, 0, 0, 0, 0, 0, 8] }).params).toEqual({ median: 0, spread: 4 });
  expect(learned({ ...golden, fit: [7, 7, 7] }).params).toEqual({ median: 7, spread: 1 });
});

test("power takes none that its values cannot be turned back from", () => {
  const golden = cases.find(({ name }) => name === "power, large");
  if (golden === undefined) throw new Error("the case is gone");
  const { scaling } = learned(golden).coding;
  for (const x of golden.fit) {
    expect(Math.abs((scaling?.invert(scaling.apply(x)) ?? Number.NaN) - x)).toBeLessThanOrEqual(1e-9 * x);
  }
});
