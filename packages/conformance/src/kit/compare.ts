// Compares what a backend gave with what the reference gives, element by element, and says precisely where
// they part.

import type { Tensor } from "@netwright/backend-reference";
import { formatType } from "@netwright/ir";
import { require } from "./case.ts";
import { type Closeness, isClose } from "./tolerance.ts";

export interface Comparison {
  /** What was run, for the message. */
  readonly label: string;
  readonly closeness: Closeness;
  /** Scale of the relative tolerance for each element; without it the expected values are. */
  readonly scale?: Tensor | undefined;
  /** More about an element, such as the operands it came from. */
  readonly explain?: (index: number) => string;
}

/** @throws ConformanceError naming the first element that differs, and how many do. */
export function requireClose(
  name: string,
  actual: ArrayLike<number>,
  expected: Tensor,
  comparison: Comparison,
): void {
  const { label, closeness, scale, explain } = comparison;
  const { type, data } = expected;
  require(actual.length ===
    data.length, `${label}: ${name} has ${actual.length} elements, expected ${data.length} for ${formatType(type)}`);
  const wrong: number[] = [];
  for (let i = 0; i < data.length; i++) {
    const [a, e] = [actual[i] ?? Number.NaN, data[i] ?? Number.NaN];
    if (!isClose(a, e, closeness, scale?.data[i] ?? e)) wrong.push(i);
  }
  const [first] = wrong;
  if (first === undefined) return;
  const share = data.length === 1 ? "" : `; ${wrong.length} of ${data.length} elements differ`;
  require(false, `${label}: ${name}[${indexOf(first, type.shape)}] is ${format(actual[first])}, ` +
    `expected ${format(data[first])} ${allowed(closeness)}${explain?.(first) ?? ""}${share}`);
}

function allowed(closeness: Closeness): string {
  if (closeness === "bits") return "with the same bits";
  if (closeness.absolute === 0 && closeness.relative === 0) return "exactly";
  return `within ${closeness.absolute} + ${closeness.relative} relative`;
}

/** All digits, and the sign of a zero. */
export function format(value: number | undefined): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** The multi-dimensional index of a row-major position. */
function indexOf(position: number, shape: readonly number[]): string {
  let rest = position;
  const index = shape.map((_, d) => {
    const below = shape.slice(d + 1).reduce((size, n) => size * n, 1);
    const i = Math.floor(rest / below);
    rest -= i * below;
    return i;
  });
  return index.join(", ");
}
