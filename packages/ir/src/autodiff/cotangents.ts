// The cotangents of values while gradients go backwards: what several uses add up to. Slices that cut a value into pieces
// give a piece each, which are put side by side: no array of zeros is made for any, and nothing is added.

import { at } from "@netwright/definitions";
import type { Builder } from "../core/builder.ts";
import type { AnyOp, Value } from "../core/program.ts";

/** What a slice of neighbours adds: `cotangent` from `start` on up to `limit`, and zeros around it. */
export interface Part {
  readonly start: readonly number[];
  readonly limit: readonly number[];
  readonly cotangent: Value;
}

interface Contribution {
  readonly part: Part;
  /** With the zeros. */
  readonly whole: Value;
}

/** Undefined where the operation is no slice of neighbours. */
export function partOf(op: AnyOp, [cotangent]: readonly (Value | undefined)[]): Part | undefined {
  if (op.name !== "slice" || cotangent === undefined) return undefined;
  const { start, limit, strides } = op.attributes;
  return strides.every((stride) => stride === 1) ? { start, limit, cotangent } : undefined;
}

export class Cotangents {
  readonly #builder: Builder;
  /** By the id of the value. */
  readonly #sums = new Map<number, Value>();
  /** Where nothing but parts has come. */
  readonly #parts = new Map<number, readonly Contribution[]>();

  constructor(builder: Builder) {
    this.#builder = builder;
  }

  has({ id }: Value): boolean {
    return this.#sums.has(id) || this.#parts.has(id);
  }

  /** Of all that has been added; undefined where nothing was. */
  of(value: Value): Value | undefined {
    const parts = this.#parts.get(value.id);
    if (parts === undefined) return this.#sums.get(value.id);
    const sum =
      sideBySide(this.#builder, value, parts) ??
      parts.map(({ whole }) => whole).reduce((sofar, whole) => this.#builder.add(sofar, whole));
    this.#parts.delete(value.id);
    this.#sums.set(value.id, sum);
    return sum;
  }

  /** Behind what has come before. `part`: where the contribution is zeros but for that. */
  add(value: Value, contribution: Value, part?: Part): void {
    const { id } = value;
    if (part !== undefined && !this.#sums.has(id)) {
      this.#parts.set(id, [...(this.#parts.get(id) ?? []), { part, whole: contribution }]);
      return;
    }
    const sofar = this.of(value);
    this.#sums.set(id, sofar === undefined ? contribution : this.#builder.add(sofar, contribution));
  }
}

/** Undefined where they are not all of the value, cut along one dimension into two pieces or more. */
function sideBySide(
  b: Builder,
  { type: { shape } }: Value,
  contributions: readonly Contribution[],
): Value | undefined {
  const parts = contributions.map(({ part }) => part);
  const cut = shape.flatMap((size, d) =>
    parts.some(({ start, limit }) => at(start, d) > 0 || at(limit, d) < size) ? [d] : [],
  );
  const [dimension] = cut;
  if (dimension === undefined || cut.length > 1) return undefined;
  const inOrder = [...parts].sort((one, other) => at(one.start, dimension) - at(other.start, dimension));
  let end = 0;
  for (const { start, limit } of inOrder) {
    if (at(start, dimension) !== end) return undefined;
    end = at(limit, dimension);
  }
  if (end !== shape[dimension]) return undefined;
  return b.concatenate(
    inOrder.map(({ cotangent }) => cotangent),
    dimension,
  );
}
