// A program on a backend as the training loop and predictions use it: functions by what they are for and their rows.
// Everything that callers may do wrong is found here, once for all backends.

import { LARGEST_SEED } from "@netwright/definitions";
import { at, type Func, type FuncKind, feedsOf, outputsOf, type Program } from "@netwright/ir";
import { BackendError, type Machine, type NamedTensors, type TensorData } from "../backend/backend.ts";
import type { Batch } from "./batch.ts";
import { checkFeeds, checkState } from "./check.ts";

export interface StepResult {
  /** Mean over the batch, with penalties, before the update. */
  readonly loss: number;
}

export interface Sums {
  /** Sum over the rows of loss times weight, without penalties. */
  readonly loss: number;
  /** Sum over the rows of their weights. */
  readonly weight: number;
  /** [rows x outputs], encoded. */
  readonly prediction: Float32Array;
}

/** One function, ready to run: whoever fills its inputs in place saves a copy. */
export interface Invocation {
  readonly func: Func;
  /** By name, in order of the function; they keep what was written into them. */
  readonly inputs: ReadonlyMap<string, TensorData>;
  /** By name, in order of the function: theirs until anything of the executable runs again. */
  readonly outputs: ReadonlyMap<string, TensorData>;
  readonly run: () => void;
  /** Where the backend has it: as `begin` of a `Call`. */
  readonly begin?: () => () => void;
}

/** A program, compiled, with its state. Calls are synchronous; the sizes are those the program was made for. */
export interface Executable {
  /** How many threads take part now, where the backend knows: never more than `threads` of the options. */
  readonly threads?: number;
  /** Sets the state to that of `init(seed)`. */
  init(seed: number): void;
  /** The function of that kind for so many rows. @throws BackendError when the program has none */
  invocation(kind: FuncKind, rows: number): Invocation;
  /** One training step on a batch whose size has a `step` function in the program. */
  step(batch: Batch): StepResult;
  /** Rows for which the program has a `predict` function; gives [rows x outputs]. */
  predict(batch: Batch): Float32Array;
  evaluate(batch: Batch): Sums;
  /** The outputs of all layers by name, in order of the program. */
  trace(batch: Batch): NamedTensors;
  /** A copy of the whole state. */
  readState(): NamedTensors;
  /** Replaces the named variables; the others stay. @throws BackendError on an unknown name or wrong size. */
  writeState(state: NamedTensors): void;
  /** Frees everything; afterwards only `dispose` may be called. */
  dispose(): void;
}

/** `backend` names it in errors. The state is all zeros until `init` or `writeState`. */
export function executableOf(backend: string, program: Program, machine: Machine): Executable {
  let live: Machine | undefined = machine;
  const ready = new Map<Func, Invocation>();
  const fail = (message: string, remedy: string): never => {
    throw new BackendError(backend, message, remedy);
  };

  const running = (): Machine => live ?? fail("the executable was disposed", "Compile the program again.");
  const invocation = (kind: FuncKind, rows: number): Invocation => {
    const on = running();
    const func =
      program.functions.find((each) => each.kind === kind && each.batch === rows) ?? lacking(kind, rows);
    const known = ready.get(func);
    if (known !== undefined) return known;
    const made = invoke(on, func);
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
  const run = (kind: FuncKind, { rows, feeds }: Batch): Invocation => {
    const found = invocation(kind, rows);
    checkFeeds(feeds, found.inputs, found.func, fail);
    for (const [name, input] of found.inputs) input.set(feeds[name] ?? []);
    found.run();
    return found;
  };

  return {
    get threads() {
      return live?.threads ?? 1;
    },
    init: (seed) => {
      const { inputs, run: draw } = invocation("init", 0);
      if (!Number.isInteger(seed) || seed < 0 || seed > LARGEST_SEED) {
        fail(`seed ${seed} is not a u32`, "Pass an integer from 0 to 4294967295.");
      }
      inputs.get("seed")?.fill(seed);
      draw();
    },
    invocation,
    step: (batch) => ({ loss: numberOf(run("step", batch), "loss") }),
    predict: (batch) => predictionOf(run("predict", batch)),
    evaluate: (batch) => sumsOf(run("evaluate", batch)),
    trace: (batch) => {
      const { outputs } = run("trace", batch);
      return new Map([...outputs].map(([name, output]) => [name, output.slice()]));
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

function invoke(machine: Machine, func: Func): Invocation {
  const { inputs, outputs, run, begin } = machine.call(func.name);
  return {
    func,
    inputs: new Map(feedsOf(func).map(({ name }, i) => [name, at(inputs, i)])),
    outputs: new Map(outputsOf(func).map(({ name }, i) => [name, at(outputs, i)])),
    run,
    ...(begin !== undefined && { begin }),
  };
}

/** The scalar result of that name. */
export function numberOf({ func, outputs }: Invocation, name: string): number {
  const output = outputs.get(name);
  if (output === undefined) throw new Error(`${func.name} has no result ${name}`);
  return at(output, 0);
}

/** What an `evaluate` that has run gives; the prediction is a copy. */
export function sumsOf(done: Invocation): Sums {
  return {
    loss: numberOf(done, "loss_sum"),
    weight: numberOf(done, "weight_sum"),
    prediction: predictionOf(done),
  };
}

/** A copy. */
function predictionOf({ func, outputs }: Invocation): Float32Array {
  const output = outputs.get("prediction");
  if (output === undefined) throw new Error(`${func.name} has no prediction`);
  return Float32Array.from(output);
}
