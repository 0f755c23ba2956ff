// A program on a backend as the training loop and predictions use it: functions by what they are for and their rows.
// Everything that callers may do wrong is found here, once for all backends.

import { at, type Func, type FuncKind, type Program } from "@netwright/ir";
import {
  BackendError,
  type Call,
  type Machine,
  type NamedTensors,
  type TensorData,
} from "../backend/backend.ts";
import type { Batch } from "./batch.ts";
import { checkInput, checkState } from "./check.ts";

export interface StepResult {
  /** Mean over the batch, with penalties, before the update. */
  readonly loss: number;
}

export interface Sums {
  /** Sum over the rows, without penalties. */
  readonly loss: number;
  /** [rows x outputs], encoded. */
  readonly prediction: Float32Array;
}

/** A program, compiled, with its state. Calls are synchronous; the sizes are those the program was made for. */
export interface Executable {
  /** How many threads take part now, where the backend knows: never more than `threads` of the options. */
  readonly threads?: number;
  /** Sets the state to that of `init(seed)`. */
  init(seed: number): void;
  /** One training step on a batch whose size has a `step` function in the program. */
  step(batch: Batch): StepResult;
  /** `rows` of inputs for which the program has a `predict` function; gives [rows x outputs]. */
  predict(x: Float32Array, rows: number): Float32Array;
  evaluate(batch: Batch): Sums;
  /** The outputs of all layers by name, in order of the program. */
  trace(x: Float32Array, rows: number): NamedTensors;
  /** A copy of the whole state. */
  readState(): NamedTensors;
  /** Replaces the named variables; the others stay. @throws BackendError on an unknown name or wrong size. */
  writeState(state: NamedTensors): void;
  /** Frees everything; afterwards only `dispose` may be called. */
  dispose(): void;
}

interface Ready {
  readonly func: Func;
  readonly call: Call;
}

const LARGEST_SEED = 0xffffffff;

/** `backend` names it in errors. The state is all zeros until `init` or `writeState`. */
export function executableOf(backend: string, program: Program, machine: Machine): Executable {
  let live: Machine | undefined = machine;
  const ready = new Map<Func, Ready>();
  const fail = (message: string, remedy: string): never => {
    throw new BackendError(backend, message, remedy);
  };

  const running = (): Machine => live ?? fail("the executable was disposed", "Compile the program again.");
  const readyFor = (kind: FuncKind, rows: number): Ready => {
    const on = running();
    const func =
      program.functions.find((each) => each.kind === kind && each.batch === rows) ?? lacking(kind, rows);
    const known = ready.get(func);
    if (known !== undefined) return known;
    const made = { func, call: on.call(func.name) };
    ready.set(func, made);
    return made;
  };
  const lacking = (kind: FuncKind, rows: number): never => {
    const sizes = program.functions.filter((func) => func.kind === kind).map(({ batch }) => batch);
    return fail(
      `program ${program.name} has no ${kind} function for ${rows} rows; it has ${sizes.join(", ") || "none"}`,
      "Compile the program for this batch size, or pass batches of a size that it has.",
    );
  };
  // Written out for two arrays: a prediction of one row takes as long as a few dozen such calls.
  const run = (kind: FuncKind, rows: number, x: Float32Array, y?: Float32Array): Ready => {
    const found = readyFor(kind, rows);
    const [toX, toY] = found.call.inputs;
    if (toX !== undefined) checkInput("x", x, toX, found.func, fail);
    if (y !== undefined && toY !== undefined) checkInput("y", y, toY, found.func, fail);
    toX?.set(x);
    if (y !== undefined) toY?.set(y);
    found.call.run();
    return found;
  };
  const number = ({ call }: Ready, output: number): number => at(at(call.outputs, output), 0);
  const copy = ({ call }: Ready, output: number): Float32Array => new Float32Array(at(call.outputs, output));

  return {
    get threads() {
      return machine.threads ?? 1;
    },
    init: (seed) => {
      const { call } = readyFor("init", 0);
      if (!Number.isInteger(seed) || seed < 0 || seed > LARGEST_SEED) {
        fail(`seed ${seed} is not a u32`, "Pass an integer from 0 to 4294967295.");
      }
      call.inputs[0]?.fill(seed);
      call.run();
    },
    step: ({ rows, x, y }) => ({ loss: number(run("step", rows, x, y), 0) }),
    predict: (x, rows) => copy(run("predict", rows, x), 0),
    evaluate: ({ rows, x, y }) => {
      const done = run("evaluate", rows, x, y);
      return { loss: number(done, 0), prediction: copy(done, 1) };
    },
    trace: (x, rows) => {
      const { func, call } = run("trace", rows, x);
      return new Map(
        func.results.flatMap(({ name }, i): [string, TensorData][] => {
          const output = call.outputs[i];
          return output === undefined ? [] : [[name, output.slice()]];
        }),
      );
    },
    readState: () => running().readState(),
    writeState: (state) => {
      const on = running();
      // All are checked before any is replaced.
      checkState(program, state, fail);
      on.writeState(state);
    },
    dispose: () => {
      live?.dispose();
      live = undefined;
      ready.clear();
    },
  };
}
