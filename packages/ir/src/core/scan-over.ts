// scan with its body written in place.

import { elementOf, inAllSteps, type ScanOrder } from "../ops/scan.ts";
import type { Builder } from "./builder.ts";
import type { NamedValue, Value } from "./program.ts";
import type { TensorType } from "./types.ts";

type List = readonly Value[];

/** As many values as there are in the list. */
type ValuesOf<N extends List> = { readonly [I in keyof N]: Value };

export interface ScanOver<C extends List, S extends List, O extends List> {
  /** Of the body, in the program; a number is put behind where the builder has that name already. */
  readonly name: string;
  /** What the first step is given. */
  readonly carries: C;
  /** The first dimension of each is the steps. */
  readonly sequences: S;
  /** The same for all steps: the body sees no other values of the function. */
  readonly shared: O;
  readonly length: number;
  readonly order: ScanOrder;
}

/** What a step is given. */
export interface ScanStep<C extends List, S extends List, O extends List> {
  readonly carries: ValuesOf<C>;
  readonly elements: ValuesOf<S>;
  readonly shared: ValuesOf<O>;
}

/** Of one step, or of all: then the carries after the last, and outputs whose first dimension is the steps. */
export interface ScanResults<C extends List> {
  readonly carries: ValuesOf<C>;
  readonly outputs: readonly Value[];
}

/** @throws ConstraintError as `emit` */
export function scanOver<const C extends List, const S extends List, const O extends List>(
  b: Builder,
  { name, carries, sequences, shared, length, order }: ScanOver<C, S, O>,
  step: (b: Builder, given: ScanStep<C, S, O>) => ScanResults<C>,
): ScanResults<C> {
  const inner = b.inner();
  const given = <N extends List>(
    kind: string,
    values: N,
    typeOf = (type: TensorType) => type,
  ): ValuesOf<N> => {
    const parameters = values.map(({ type }, i) => inner.parameter(`${kind}_${i}`, typeOf(type)));
    // One for each, so the list of parameters has the form of N.
    return parameters as unknown as ValuesOf<N>;
  };
  const made = step(inner, {
    carries: given("carry", carries),
    elements: given("element", sequences, elementOf),
    shared: given("shared", shared),
  });
  const named = (kind: string, values: List) =>
    values.map((value, i): NamedValue => ({ name: `${kind}_${i}`, value }));
  const results = [...named("carry", made.carries), ...named("output", made.outputs)];
  const found = b.emit("scan", [...carries, ...sequences, ...shared], {
    body: b.define(inner.finish(name, "composite", 0, results)),
    length,
    carries: carries.length,
    sequences: sequences.length,
    order,
    types: [
      ...made.carries.map(({ type }) => type),
      ...made.outputs.map(({ type }) => inAllSteps(type, length)),
    ],
  });
  return {
    // As many as a step is given.
    carries: found.slice(0, carries.length) as unknown as ValuesOf<C>,
    outputs: found.slice(carries.length),
  };
}
