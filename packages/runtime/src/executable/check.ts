// Arrays that callers pass to an executable, held against what its program takes.

import { type Func, formatType, type Program, sizeOf } from "@netwright/ir";
import type { NamedTensors, TensorData } from "../backend/backend.ts";
import { arrayFor } from "../tensors/array-for.ts";
import type { Feeds } from "./batch.ts";

type Fail = (message: string, remedy: string) => never;

/** Each feed has to have the kind and the length of the array that it is copied to; feeds that nobody takes may be there. */
export function checkFeeds(
  feeds: Feeds,
  inputs: ReadonlyMap<string, TensorData>,
  func: Func,
  fail: Fail,
): void {
  for (const [name, to] of inputs) {
    const data = Object.hasOwn(feeds, name) ? feeds[name] : undefined;
    if (data !== undefined && isAlike(data, to)) continue;
    const found = data === undefined ? "missing" : `${kindOf(data)} of ${data.length} elements`;
    fail(
      `${name} is ${found}, ${func.kind} for ${func.batch} rows takes a ${kindOf(to)} of ${to.length}`,
      `Pass ${name} row-major with one row for each sample.`,
    );
  }
}

/** Each variable has to be one of the program, with the kind and the length of its array; some may be absent. */
export function checkState({ name: program, state }: Program, written: NamedTensors, fail: Fail): void {
  const unknown = [...written.keys()].filter((name) => !state.some((known) => known.name === name));
  if (unknown.length > 0) {
    fail(
      `program ${program} has no state variable ${unknown.join(", ")}`,
      `Write only its variables: ${state.map(({ name }) => name).join(", ")}.`,
    );
  }
  for (const { name, type } of state) {
    const data = written.get(name);
    if (data === undefined) continue;
    const expected = arrayFor(type.dtype, 0);
    if (expected !== undefined && kindOf(expected) === kindOf(data) && data.length === sizeOf(type.shape)) {
      continue;
    }
    fail(
      `state variable ${name} is ${formatType(type)}, ${expected === undefined ? "which has no array" : `a ${kindOf(expected)} of ${sizeOf(type.shape)} elements`}; got a ${kindOf(data)} of ${data.length}`,
      "Write the state of the same program.",
    );
  }
}

function isAlike(a: TensorData, b: TensorData): boolean {
  return kindOf(a) === kindOf(b) && a.length === b.length;
}

/** By the array's own name and not by `instanceof`, which arrays of another realm fail. */
function kindOf(data: ArrayLike<number>): string {
  return Object.prototype.toString.call(data).slice(8, -1);
}
