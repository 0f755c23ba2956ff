// A definition is written with typed arguments and used with those that the resolver has checked.

import { expect, test } from "@jest/globals";
import { type Args, type Documented, definer, real } from "../../src/index.ts";

interface Curve extends Documented {
  readonly at: (x: number, args: Args) => number;
  readonly flat: (args: Args) => boolean;
}

const defineCurve = definer<Curve, "flat">({ flat: () => false });
const documentation = { doc: "", formula: "", example: "", source: "" };

test("what may be left out has its default, and arguments have the types of their parameters", () => {
  const line = defineCurve({
    ...documentation,
    name: "line",
    params: { slope: real({ doc: "", default: 1 }) },
    at: (x, { slope }) => x * slope,
  });
  expect([line.at(3, { slope: 2 }), line.flat({ slope: 0 })]).toEqual([6, false]);

  const level = defineCurve({ ...documentation, name: "level", params: {}, at: () => 1, flat: () => true });
  expect(level.flat({})).toBe(true);

  // @ts-expect-error a function that has no default is missing
  defineCurve({ ...documentation, name: "none", params: {} });
  // @ts-expect-error there is no such parameter
  defineCurve({ ...documentation, name: "none", params: {}, at: (x, { slope }) => x * slope });
});
