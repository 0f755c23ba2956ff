// What is shown of a backend whose kernels another compiler makes, in wide and in narrow terminals.

import { describe, expect, test } from "@jest/globals";
import type { KernelExplanation, Profile, ProgramExplanation } from "@netwright/runtime";
import picocolors from "picocolors";
import { kernelsText } from "../../src/output/kernels-text.ts";
import { profileText } from "../../src/output/profile-text.ts";

const colours = picocolors.createColors(false);

const product: KernelExplanation = {
  name: "ynn_fusion.1",
  kind: "ynn fusion",
  layers: ["dense_1"],
  ops: ["dot"],
  shape: [128, 256, 2],
  tile: null,
  layout: null,
  packed: [],
  updates: [],
  flops: 131072,
  bytes: 134144,
  threads: 2,
};
const loop: KernelExplanation = {
  ...product,
  ...{ name: "add.1", kind: "loop fusion", ops: ["add", "maximum"], shape: [128, 256], threads: 1 },
};

const memory = { arguments: 5640, results: 4156, reused: 4104, temporary: 264_704, code: 0 };
const step = {
  ...({ name: "step_128", kind: "step", batch: 128, kernels: [product, loop, loop] } as const),
  ...{ flops: 393216, bytes: 402432 },
  compiled: { seconds: 0.82, kept: false, shown: true, analysed: false, memory },
};
const explanation: ProgramExplanation = {
  ...{ backend: "xla", threads: 2, functions: [step] },
  memory: { state: 4104, constants: 0, arena: 266_292, total: 270_396, limit: null },
};

describe("explained", () => {
  test("kernels are counted by kind, and columns that only products of jit have are not there", () => {
    const text = kernelsText(explanation, { colours, width: 120 });
    expect(text).toContain(
      "Training step of 128 rows: 3 kernels, 393k FLOPs, 393.0 KiB\n2 loop fusion, 1 ynn fusion.\nCompiled in 820 ms.\n",
    );
    expect(text).toMatch(
      /^Memory: arguments 5\.5 KiB, results 4\.1 KiB, of which 4\.0 KiB in place of arguments, temporary/m,
    );
    expect(text).toMatch(/^kernel +layers +operations +size +threads +FLOPs +bytes$/m);
    expect(text).not.toContain("Layout of its operands");
  });

  test.each([100, 60, 40, 30])("fits into %i columns", (width) => {
    const text = kernelsText(explanation, { colours, width });
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(width);
    expect(text.replaceAll(/\s+/g, " ")).toContain("in place of arguments");
  });

  test("what was compiled at an earlier time, is not shown or has other costs is said", () => {
    const compiled = { seconds: 1.26, kept: true, shown: false, analysed: true };
    const told = { ...explanation, functions: [{ ...step, kernels: [], compiled }] };
    const text = kernelsText(told, { colours, width: 120 });
    expect(text).toContain("The plugin does not show what its compiler has made of it.\n");
    expect(text).toContain("Compiled at an earlier time, loaded in 1.3 s.\n");
    expect(text).toContain("The plugin does not tell what memory it needs.\n");
    expect(text).toContain("FLOPs and bytes of a whole function: what xla says");
    expect(text).not.toMatch(/^kernel /m);
  });
});

describe("timed", () => {
  const profile: Profile = {
    ...{ backend: "xla", threads: 2, function: step, kernels: [], steps: 100, seconds: 0.004, peak: null },
    processor: 0.006,
    parts: [
      { part: "send rows", seconds: 0.0001 },
      { part: "execute", seconds: 0.0036 },
      { part: "between the calls", seconds: 0.0003 },
    ],
  };

  test("the parts of a step have their shares, in the order of a step", () => {
    const text = profileText(profile, { colours, width: 100 });
    expect(text).toContain("Parts of a training step on xla\n");
    expect(text).toMatch(
      /^send rows +0\.1000 +2\.5%\nexecute +3\.6000 +90\.0%\nbetween the calls +0\.3000 +7\.5%$/m,
    );
    expect(text).toContain("A whole step of 128 rows: 4.000 ms, 32k rows/s.\n0.1 GFLOP/s.\n");
    expect(text).toContain("Processor time of a step, of all threads: 6.000 ms.\n");
    expect(text).not.toMatch(/peak|Size of a product/i);
  });

  test.each([60, 30])("fits into %i columns", (width) => {
    for (const line of profileText(profile, { colours, width }).split("\n"))
      expect(line.length).toBeLessThanOrEqual(width);
  });
});
