// Gradients of several batches in one update: sums of gradient times rows, and the number of these rows. So batches of
// any sizes count as if they were one, up to rounding: it adds the means of the batches, where one batch adds rows.

import { at, type Builder, type NamedValue, type Value } from "@netwright/ir";
import { ACCUMULATED_ROWS, gradientId, type StateLayout, stateValue } from "../state.ts";

type State = ReadonlyMap<string, Value>;

/** What a batch leaves that is not the last of its update. `gradients` are in order of the weights that are trained. */
export function addedUp(
  b: Builder,
  layout: StateLayout,
  state: State,
  gradients: readonly Value[],
  rows: number,
): NamedValue[] {
  return [
    ...layout.trained.map(({ id }, i) => ({
      name: gradientId(id),
      value: summed(b, stateValue(state, gradientId(id)), at(gradients, i), rows),
    })),
    { name: ACCUMULATED_ROWS, value: b.add(stateValue(state, ACCUMULATED_ROWS), b.scalar(rows)) },
  ];
}

/** The mean over the rows of all batches of the update, of which this is the last. */
export function meanOfAll(
  b: Builder,
  layout: StateLayout,
  state: State,
  gradients: readonly Value[],
  rows: number,
): readonly Value[] {
  const count = b.add(stateValue(state, ACCUMULATED_ROWS), b.scalar(rows));
  return layout.trained.map(({ id }, i) => {
    const sum = summed(b, stateValue(state, gradientId(id)), at(gradients, i), rows);
    return b.divide(sum, b.spread(count, sum.type.shape));
  });
}

/** Nothing is added up after an update. */
export function emptied(b: Builder, layout: StateLayout, state: State): NamedValue[] {
  return [...layout.trained.map(({ id }) => gradientId(id)), ACCUMULATED_ROWS].map((name) => ({
    name,
    value: b.like(stateValue(state, name), 0),
  }));
}

function summed(b: Builder, sum: Value, gradient: Value, rows: number): Value {
  return b.add(sum, b.multiply(gradient, b.like(gradient, rows)));
}
