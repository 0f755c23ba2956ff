// What shares a kernel, and where results go.

import { describe, expect, test } from "@jest/globals";
import { type Func, inline, optimize, type Program } from "@netwright/ir";
import { buffersOf, type Kernel } from "../../src/kernels/table.ts";
import { type FuncPlan, type ProgramPlan, planProgram } from "../../src/plan/plan.ts";
import { programOf } from "../models.ts";

function planOf(program: Program): ProgramPlan {
  return planProgram(optimize(inline(program)), { keepsOrder: false });
}

function stepOf(plan: ProgramPlan): FuncPlan {
  const found = plan.functions.find(({ func }: { func: Func }) => func.kind === "step");
  if (found === undefined) throw new Error("the program has no step");
  return found;
}

const contractions = ({ kernels }: FuncPlan) =>
  kernels.flatMap(({ kernel }) => (kernel.kind === "contraction" ? [kernel] : []));
const namesOf = (kernel: Kernel) =>
  kernel.kind === "contraction" || kernel.kind === "map" ? kernel.body.ops.map(({ op }) => op.name) : [];

describe("a dense network with Adam", () => {
  const plan = planOf(
    programOf(
      {
        inputs: 8,
        flow: "dense(32, relu)\n dense(32, relu)\n dense(1)",
        train: "loss: mae\n optimizer: adam",
      },
      { step: [16] },
    ),
  );
  const step = stepOf(plan);

  test("bias, activation, its mask and the update of a weight belong to the product before them", () => {
    const ofShape = (rows: number, columns: number, inner: number) =>
      contractions(step)
        .filter((each) => each.rows === rows && each.columns === columns && each.inner === inner)
        .map(namesOf);
    expect(ofShape(16, 32, 8)).toEqual([["add", "maximum", "compare"]]);
    expect(ofShape(16, 32, 32)).toEqual([["add", "maximum", "compare"], ["select"]]);
    const update = expect.arrayContaining(["sqrt", "divide", "subtract"]);
    expect(ofShape(8, 32, 16)).toEqual([update]);
    expect(ofShape(32, 32, 16)).toEqual([update]);
  });

  test("nothing is moved or copied", () => {
    expect(step.kernels.filter(({ kernel }) => kernel.kind === "move")).toEqual([]);
    expect(step.copies).toEqual([]);
  });

  test("every new state is written where the old one was", () => {
    const state = new Set([...plan.state.values()].map(({ address }) => address));
    const written = step.kernels.flatMap(({ kernel }) =>
      buffersOf(kernel).writes.map((buffer) => step.addresses.get(buffer) ?? -1),
    );
    expect(new Set(written.filter((address) => state.has(address)))).toEqual(state);
  });

  test("arrays whose time has passed give their place to others", () => {
    const temporary = step.kernels.flatMap(({ kernel }) =>
      buffersOf(kernel).writes.map((buffer) => step.addresses.get(buffer) ?? -1),
    );
    expect(new Set(temporary).size).toBeLessThan(temporary.length);
  });
});

describe("planned memory", () => {
  test("no two arrays that live at the same time overlap", () => {
    const plan = planOf(
      programOf(
        {
          inputs: 5,
          flow: "dense(17, gelu)\n dropout(0.5)\n dense(9, tanh)\n dense(3)",
          train: "loss: mse\n optimizer: adam",
        },
        { step: [7], predict: [7], evaluate: [7] },
      ),
    );
    for (const { kernels, addresses, outputs } of plan.functions) {
      // A write must not touch what a later kernel reads, unless that was written in between.
      kernels.forEach(({ kernel }, i) => {
        for (const buffer of buffersOf(kernel).writes) {
          const address = addresses.get(buffer);
          const later = kernels.slice(i + 1);
          const others = later.flatMap((each, k) => {
            const made = new Set(later.slice(0, k).flatMap((between) => buffersOf(between.kernel).writes));
            return readBuffers(each.kernel).filter((read) => !made.has(read) && read !== buffer);
          });
          for (const other of others) expect(addresses.get(other)).not.toBe(address);
        }
      });
      expect(outputs.every(({ address }) => address > 0)).toBe(true);
    }
  });
});

function readBuffers(kernel: Kernel): readonly number[] {
  switch (kernel.kind) {
    case "contraction":
      return [kernel.lhs.buffer, kernel.rhs.buffer];
    case "reduce":
      return [kernel.operand];
    default:
      return [];
  }
}
