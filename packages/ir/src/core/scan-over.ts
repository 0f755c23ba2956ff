// scan with its body written in place.

import { elementOf, inAllSteps, type ScanOrder } from "../ops/scan.ts";
import type { Builder } from "./builder.ts";
import type { NamedValue, Value } from "./program.ts";

export interface ScanOver {
  /** Of the body, in the program; a number is put behind where the builder has that name already. */
  readonly name: string;
  /** What the first step is given. */
  readonly carries: readonly Value[];
  /** The first dimension of each is the steps. */
  readonly sequences: readonly Value[];
  /** The same for all steps: the body sees no other values of the function. */
  readonly shared: readonly Value[];
  readonly length: number;
  readonly order: ScanOrder;
}

/** What a step is given, in the order of `ScanOver`. */
export interface ScanStep {
  readonly carries: readonly Value[];
  readonly elements: readonly Value[];
  readonly shared: readonly Value[];
}

export interface StepResults {
  readonly carries: readonly Value[];
  readonly outputs: readonly Value[];
}

/** The carries after the last step, and the outputs of all steps. @throws ConstraintError */
export function scanOver(
  b: Builder,
  { name, carries, sequences, shared, length, order }: ScanOver,
  step: (b: Builder, given: ScanStep) => StepResults,
): StepResults {
  const inner = b.inner();
  const given = (kind: string, values: readonly Value[], typeOf: (value: Value) => Value["type"]) =>
    values.map((value, i) => inner.parameter(`${kind}_${i}`, typeOf(value)));
  const made = step(inner, {
    carries: given("carry", carries, ({ type }) => type),
    elements: given("element", sequences, ({ type }) => elementOf(type)),
    shared: given("shared", shared, ({ type }) => type),
  });
  const named = (kind: string, values: readonly Value[]) =>
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
  return { carries: found.slice(0, carries.length), outputs: found.slice(carries.length) };
}
