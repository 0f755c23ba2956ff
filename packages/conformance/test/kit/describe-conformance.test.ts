// describeConformance with a runner that only collects: what a backend's package gets.

import { describe, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import {
  type ConformanceOptions,
  conformanceCases,
  describeConformance,
  type Runner,
} from "@netwright/conformance";
import { withWrongOp } from "./broken-backends.ts";

function collect(define: (runner: Runner) => void): Map<string, () => Promise<void>> {
  const tests = new Map<string, () => Promise<void>>();
  let group = "";
  define({
    describe: (name, inner) => {
      group = name;
      inner();
      group = "";
    },
    test: (name, run) => {
      tests.set(`${group}/${name}`, run);
    },
  });
  return tests;
}

const collected = (options: ConformanceOptions, backend = referenceBackend) =>
  collect((runner) => describeConformance(backend, runner, options));

test("one test for each case, and one for the declarations", () => {
  const names = [...collected({}).keys()];
  expect(names).toEqual([...conformanceCases().map(({ name }) => name), "/every declared gap names a case"]);
});

test("the backend is made once, by the first test that runs", async () => {
  let made = 0;
  const tests = collect((runner) =>
    describeConformance(
      async () => {
        made += 1;
        return referenceBackend;
      },
      runner,
      {},
    ),
  );
  expect(made).toBe(0);
  await tests.get("op/add/f32 shapes")?.();
  await tests.get("op/add/i32 shapes")?.();
  expect(made).toBe(1);
});

describe("declared gaps", () => {
  const options = { declaredGaps: { "op/erf/f32 shapes": "a coarse formula", "op/nothing": "" } };
  const title = "op/erf/f32 shapes (declared gap: a coarse formula)";

  test("pass while they fail, and fail when they pass", async () => {
    await expect(collected(options, withWrongOp("erf")).get(title)?.()).resolves.toBeUndefined();
    await expect(collected(options).get(title)?.()).rejects.toThrow("remove the declaration");
  });

  test("must name a case", async () => {
    const run = collected(options).get("/every declared gap names a case");
    await expect(run?.()).rejects.toThrow('the declared gap "op/nothing" is no case of the kit');
  });

  test("a case that fails without a declaration fails its test", async () => {
    await expect(collected({}, withWrongOp("erf")).get("op/erf/f32 shapes")?.()).rejects.toThrow(
      "erf(tensor<",
    );
  });
});
