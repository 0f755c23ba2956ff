// One use of one operation on given operands.

import type { Tensor } from "@netwright/backend-reference";
import { type Attributes, type Func, formatType, type OpName } from "@netwright/ir";
import type { Graph } from "./graph.ts";

export interface Application<K extends OpName> {
  readonly operands: readonly Tensor[];
  readonly attributes: Attributes[K];
  /** For `composite`: its decomposition and those that it calls. */
  readonly functions?: readonly Func[];
}

export function graphOf<K extends OpName>(
  name: K,
  { operands, attributes, functions }: Application<K>,
): Graph {
  return {
    operands,
    build: (b, values) => b.emit(name, values, attributes),
    ...(functions === undefined ? {} : { functions }),
  };
}

const LONGEST = 160;

/** As in `reduce(tensor<2x3xf32>) {"kind":"sum","dimensions":[0]}`. */
export function labelOf<K extends OpName>(name: K, { operands, attributes }: Application<K>): string {
  const types = operands.map(({ type }) => formatType(type)).join(", ");
  const written = JSON.stringify(attributes);
  const shown = written.length > LONGEST ? `${written.slice(0, LONGEST)}...` : written;
  return `${name}(${types})${shown === "{}" ? "" : ` ${shown}`}`;
}
