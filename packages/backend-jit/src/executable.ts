// A compiled program with its state. The state lives in the module's memory; a call copies its inputs in, runs one
// function of the module, and copies what it returns out.

import type { FuncKind, Program } from "@netwright/ir";
import type { Batch, Executable, NamedTensors, TensorData } from "@netwright/runtime";
import { arrayAt, requireInput, requireStateArray, writeConstant } from "./arrays.ts";
import { jitError } from "./error.ts";
import type { Instance } from "./instance.ts";
import type { FuncPlan, ProgramPlan } from "./plan/plan.ts";

interface Ready {
  readonly plan: FuncPlan;
  readonly run: () => void;
  readonly inputs: readonly TensorData[];
  readonly outputs: readonly TensorData[];
}

/** The state is all zeros until `init` or `writeState`. */
export function createExecutable(program: Program, plan: ProgramPlan, instance: Instance): Executable {
  const { buffer } = instance.memory;
  for (const constant of plan.constants) writeConstant(buffer, constant);
  let state: readonly TensorData[] | undefined = plan.state.map((place, i) =>
    arrayAt(buffer, program.state[i]?.name ?? "", place),
  );
  let functions: readonly Ready[] = plan.functions.map((each, i) => ({
    plan: each,
    run: instance.functions[i] ?? (() => undefined),
    inputs: each.inputs.map((place, k) => arrayAt(buffer, `input ${k} of ${each.func.name}`, place)),
    outputs: each.outputs.map((place, k) => arrayAt(buffer, `output ${k} of ${each.func.name}`, place)),
  }));

  const live = (): readonly TensorData[] => {
    if (state === undefined) throw jitError("the executable was disposed", "Compile the program again.");
    return state;
  };
  const readyFor = (kind: FuncKind, rows: number): Ready => {
    live();
    const found = functions.find(({ plan: { func } }) => func.kind === kind && func.batch === rows);
    if (found !== undefined) return found;
    const sizes = program.functions.filter((func) => func.kind === kind).map(({ batch }) => batch);
    throw jitError(
      `program ${program.name} has no ${kind} function for ${rows} rows; it has ${sizes.join(", ") || "none"}`,
      "Compile the program for this batch size, or pass batches of a size that it has.",
    );
  };
  // Written out for two arrays: a prediction of one row takes as long as a few dozen such calls.
  const run = (kind: FuncKind, rows: number, x: Float32Array, y?: Float32Array): Ready => {
    const ready = readyFor(kind, rows);
    const [xPlace, yPlace] = ready.plan.inputs;
    if (xPlace !== undefined) requireInput("x", x, xPlace.type, kind, rows);
    if (y !== undefined && yPlace !== undefined) requireInput("y", y, yPlace.type, kind, rows);
    ready.inputs[0]?.set(x);
    if (y !== undefined) ready.inputs[1]?.set(y);
    ready.run();
    return ready;
  };
  const first = ({ outputs }: Ready, i: number): number => outputs[i]?.[0] ?? Number.NaN;
  const floats = ({ outputs }: Ready, i: number): Float32Array => new Float32Array(outputs[i] ?? []);

  return {
    get threads() {
      return instance.team?.threads ?? 1;
    },
    init: (seed) => {
      const ready = readyFor("init", 0);
      if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
        throw jitError(`seed ${seed} is not a u32`, "Pass an integer from 0 to 4294967295.");
      }
      ready.inputs[0]?.fill(seed);
      ready.run();
    },
    step: ({ rows, x, y }: Batch) => ({ loss: first(run("step", rows, x, y), 0) }),
    predict: (x, rows) => floats(run("predict", rows, x), 0),
    evaluate: ({ rows, x, y }: Batch) => {
      const ready = run("evaluate", rows, x, y);
      return { loss: first(ready, 0), prediction: floats(ready, 1) };
    },
    trace: (x, rows) => {
      const { plan: planned, outputs } = run("trace", rows, x);
      return new Map(
        planned.func.results.flatMap(({ name }, i): [string, TensorData][] => {
          const output = outputs[i];
          return output === undefined ? [] : [[name, output.slice()]];
        }),
      );
    },
    readState: () => {
      const current = live();
      return new Map(
        program.state.flatMap(({ name }, i): [string, TensorData][] => {
          const value = current[i];
          return value === undefined ? [] : [[name, value.slice()]];
        }),
      );
    },
    writeState: (written: NamedTensors) => {
      const current = live();
      const unknown = [...written.keys()].filter(
        (name) => !program.state.some((known) => known.name === name),
      );
      if (unknown.length > 0) {
        throw jitError(
          `program ${program.name} has no state variable ${unknown.join(", ")}`,
          `Write only its variables: ${program.state.map(({ name }) => name).join(", ")}.`,
        );
      }
      const changes = program.state.flatMap((variable, i) => {
        const data = written.get(variable.name);
        const target = current[i];
        if (data === undefined || target === undefined) return [];
        requireStateArray(variable, target, data);
        return [{ target, data }];
      });
      // All were checked before any is replaced.
      for (const { target, data } of changes) target.set(data);
    },
    dispose: () => {
      state = undefined;
      functions = [];
      instance.team?.dispose();
    },
  };
}
