// A program with its state, executed by the interpreter: the state is a map from variable name to tensor,
// replaced as a whole after `init` and each `step`.

import { type Func, type FuncKind, findFunc, type Program, tensor } from "@netwright/ir";
import type { Batch, Executable, NamedTensors } from "@netwright/runtime";
import { interpret } from "./interpret.ts";
import { misuse } from "./misuse.ts";
import { arrayKind, toStateTensor, toTensorData } from "./state-array.ts";
import { type Tensor, tensorOf, zeros } from "./tensor.ts";

/** The state is all zeros until `init` or `writeState`. */
export function createExecutable(program: Program): Executable {
  let state: readonly Tensor[] | undefined = program.state.map(({ type }) => zeros(type));

  const live = (): readonly Tensor[] => {
    if (state === undefined) throw misuse("the executable was disposed", "Compile the program again.");
    return state;
  };

  const funcFor = (kind: FuncKind, rows: number): Func => {
    const found = findFunc(program, kind, rows);
    if (found !== undefined) return found;
    const sizes = program.functions.filter((func) => func.kind === kind).map(({ batch }) => batch);
    throw misuse(
      `program ${program.name} has no ${kind} function for ${rows} rows; it has ${sizes.join(", ") || "none"}`,
      "Compile the program for this batch size, or pass batches of a size that it has.",
    );
  };

  /** Runs a function on the state and the arrays that follow it. */
  const run = (kind: FuncKind, rows: number, arrays: Readonly<Record<string, Float32Array>>): Tensor[] => {
    const current = live();
    const func = funcFor(kind, rows);
    const inputs = Object.entries(arrays).map(([name, data], i) => {
      const type = func.parameters[current.length + i]?.value.type ?? tensor("f32", [0]);
      const expected = zeros(type).data.length;
      if (!(data instanceof Float32Array) || data.length !== expected) {
        throw misuse(
          `${name} is ${arrayKind(data)} of ${data.length} elements, ${kind} for ${rows} rows takes a Float32Array of ${expected}`,
          `Pass ${name} row-major with ${rows} rows.`,
        );
      }
      return tensorOf(type, data);
    });
    return interpret(program, func, [...current, ...inputs]);
  };

  const runOnBatch = (kind: "step" | "evaluate", { rows, x, y }: Batch): Tensor[] =>
    run(kind, rows, { x, y });

  return {
    init: (seed) => {
      live();
      if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
        throw misuse(`seed ${seed} is not a u32`, "Pass an integer from 0 to 4294967295.");
      }
      state = interpret(program, funcFor("init", 0), [tensorOf(tensor("u32"), [seed])]);
    },

    step: (batch) => {
      const results = runOnBatch("step", batch);
      state = results.slice(0, program.state.length);
      return { loss: results[program.state.length]?.data[0] ?? Number.NaN };
    },

    predict: (x, rows) => {
      const [prediction] = run("predict", rows, { x });
      return Float32Array.from(prediction?.data ?? []);
    },

    evaluate: (batch) => {
      const [loss, prediction] = runOnBatch("evaluate", batch);
      return { loss: loss?.data[0] ?? Number.NaN, prediction: Float32Array.from(prediction?.data ?? []) };
    },

    trace: (x, rows) => {
      const results = run("trace", rows, { x });
      return new Map(
        funcFor("trace", rows).results.flatMap(({ name }, i) => {
          const result = results[i];
          return result === undefined ? [] : [[name, toTensorData(name, result)]];
        }),
      );
    },

    readState: () => {
      const current = live();
      return new Map(
        program.state.flatMap(({ name }, i) => {
          const value = current[i];
          return value === undefined ? [] : [[name, toTensorData(name, value)]];
        }),
      );
    },

    writeState: (written: NamedTensors) => {
      const current = live();
      const unknown = [...written.keys()].filter(
        (name) => !program.state.some((known) => known.name === name),
      );
      if (unknown.length > 0) {
        throw misuse(
          `program ${program.name} has no state variable ${unknown.join(", ")}`,
          `Write only its variables: ${program.state.map(({ name }) => name).join(", ")}.`,
        );
      }
      // All are checked before any is replaced.
      state = program.state.flatMap((variable, i) => {
        const data = written.get(variable.name);
        const value = data === undefined ? current[i] : toStateTensor(variable, data);
        return value === undefined ? [] : [value];
      });
    },

    dispose: () => {
      state = undefined;
    },
  };
}
