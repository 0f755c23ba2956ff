// Programs compiled for a case, side by side on the backend and on the reference, freed however the case ends.

import { referenceBackend, type Tensor } from "@netwright/backend-reference";
import { type Program, tensor } from "@netwright/ir";
import { type Backend, compile, type Executable, type NamedTensors } from "@netwright/runtime";
import { require } from "../kit/case.ts";
import { type Comparison, requireClose } from "../kit/compare.ts";
import { requireSupport } from "../ops/require-support.ts";

/** Compiles, uses, disposes. @throws ConformanceError when the backend refuses an operation. */
export async function withExecutable<T>(
  backend: Backend,
  label: string,
  program: Program,
  use: (executable: Executable) => T | Promise<T>,
): Promise<T> {
  requireSupport(backend, label, program);
  const executable = await compile(backend, program);
  try {
    return await use(executable);
  } finally {
    executable.dispose();
  }
}

export async function withReference<T>(
  backend: Backend,
  label: string,
  program: Program,
  use: (executable: Executable, reference: Executable) => T | Promise<T>,
): Promise<T> {
  return withExecutable(backend, label, program, (executable) =>
    withExecutable(referenceBackend, label, program, (reference) => use(executable, reference)),
  );
}

/** Every state variable close to that of `expected`, with its name and in its kind of array. */
export function requireSameState(
  program: Program,
  actual: NamedTensors,
  expected: NamedTensors,
  comparison: Comparison,
): void {
  const names = program.state.map(({ name }) => name);
  require([...actual.keys()].sort().join() ===
    [...names]
      .sort()
      .join(), `${comparison.label}: readState has ${[...actual.keys()].join(", ")}; expected ${names.join(", ")}`);
  for (const { name, type } of program.state) {
    const [found, wanted] = [actual.get(name), expected.get(name)];
    if (found === undefined || wanted === undefined) continue;
    require(kindOf(found) ===
      kindOf(
        wanted,
      ), `${comparison.label}: ${name} comes as a ${kindOf(found)}, expected a ${kindOf(wanted)}`);
    requireClose(name, found, { type, data: wanted }, comparison);
  }
}

/** A list of numbers as a tensor, for comparisons. */
export function vector(data: Float32Array): Tensor {
  return { type: tensor("f32", [data.length]), data };
}

export function kindOf(data: ArrayLike<number>): string {
  return Object.prototype.toString.call(data).slice(8, -1);
}
