// An exported model beside the one that it was made of: both predict the same, bit for bit, or both refuse and say the same.

import { expect } from "@jest/globals";
import fc from "fast-check";
import { exportWasm, NetwrightError, type SavableModel } from "netwright";

export interface Alone {
  readonly predict: (row: object) => unknown;
  readonly predictMany: (rows: readonly object[]) => unknown;
}

export interface Pair {
  readonly model: SavableModel;
  readonly alone: Alone;
  readonly types: string;
  readonly js: string;
}

export async function pairOf(model: SavableModel): Promise<Pair> {
  const { js, wasm, types } = await exportWasm(model.bundle);
  // As a module of its own, which is what a user has.
  const wrapper = await import(`data:text/javascript,${encodeURIComponent(js)}`);
  return { model, alone: await wrapper.load(wasm), types, js };
}

export interface Tried {
  /** How many rows were predicted. */
  readonly rows: number;
  /** What both said of rows that they refused. */
  readonly codes: readonly string[];
}

/** Tables of any rows, and each of those rows alone. */
export async function expectSame(
  { model, alone }: Pick<Pair, "model" | "alone">,
  anyRow: fc.Arbitrary<Record<string, unknown>>,
  { runs, seed = 5 }: { readonly runs: number; readonly seed?: number },
): Promise<Tried> {
  let rows = 0;
  const codes = new Set<string>();
  const same = async (given: readonly Record<string, unknown>[], found: () => unknown) => {
    const expected = await model.predict(given).catch((error: unknown) => error);
    if (expected instanceof NetwrightError) codes.add(expectRefusal(expected, found));
    else {
      const text = JSON.stringify(found());
      // \`toEqual\` tells -0 from 0, and own keys such as __proto__ apart only as text.
      expect(text).toBe(JSON.stringify(expected));
      rows += given.length;
    }
  };
  await fc.assert(
    fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 4 }), async (given) => {
      await same(given, () => alone.predictMany(given));
      const [row = {}] = given;
      await same([row], () => [alone.predict(row)]);
    }),
    { numRuns: runs, seed },
  );
  return { rows, codes: [...codes] };
}

/** Gives the code, or "" where the wrapper cannot know the column. */
function expectRefusal({ diagnostics }: NetwrightError, found: () => unknown): string {
  let thrown: unknown;
  try {
    thrown = found();
  } catch (error) {
    thrown = error;
  }
  expect(thrown instanceof TypeError || thrown instanceof RangeError).toBe(true);
  if (!(thrown instanceof Error)) return "";
  const { message } = thrown;
  const code = "code" in thrown ? String(thrown.code) : "";
  const told = diagnostics.map((one) => `${one.code} ${one.message}`);
  if (code !== "") expect(told).toContain(`${code} ${message}`);
  else {
    // A wrapper of numbers alone has words of its own, and what a module scales itself is known by its row alone.
    const own = /^(?:Row \d+: )?Column "/.test(message);
    const isScaled = /[Aa] value is outside of what the scaling of its column takes\.$/.test(message);
    expect(own || (isScaled && diagnostics.some((one) => /NW063[45]/.test(one.code)))).toBe(true);
  }
  return code;
}
