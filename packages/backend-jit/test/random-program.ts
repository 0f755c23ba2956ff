// What makes a program of its own of a random one: the trace as it is, or as a step that replaces the state.

import { feedsOf, type NamedValue, type Program, type StateVariable, sameType } from "@netwright/ir";
import type { NamedTensors } from "@netwright/runtime";
import { numbers } from "./models.ts";

/** Input of the random programs, two rows of three. */
export const randomX = Float32Array.of(-1.5, 0, 2, Number.NaN, -0, 3e9);

/** Of everything that the trace gives, what may leave a program. */
export function withoutPred({ functions, ...program }: Program): Program {
  return {
    ...program,
    functions: functions.map((func) =>
      func.kind === "trace"
        ? { ...func, results: func.results.filter(({ value }) => value.type.dtype !== "pred") }
        : func,
    ),
  };
}

/** The trace as a training step: the last values that fit become the new state. */
export function asStep(program: Program): Program {
  return {
    ...program,
    functions: program.functions.map((func) => {
      if (func.kind !== "trace") return func;
      const values = [...func.parameters, ...func.results].map(({ value }) => value);
      const next = ({ name, type }: StateVariable): NamedValue[] => {
        const value = values.findLast((each) => sameType(each.type, type));
        return value === undefined ? [] : [{ name, value }];
      };
      const loss = feedsOf(func).map(({ value }) => ({ name: "loss", value }));
      const written = program.state.flatMap(next);
      return {
        ...func,
        kind: "step" as const,
        writes: written.map(({ name }) => name),
        results: [...written, ...loss],
      };
    }),
  };
}

export const randomState: NamedTensors = new Map<string, Float32Array | Int32Array | Uint32Array>([
  ["dense_1.kernel", numbers(6)],
  ["dropout 1", Uint32Array.of(1, 2, 0xffffffff, 0xffffffff, 0, 7)],
  ["steps", Int32Array.of(3)],
]);
