// The table of all encoders, and the functions that use one by its name. A new encoder is a file beside this one and a
// line here.

import { type ByName, byName, type Chosen } from "@netwright/definitions";
import type { FittedColumn, FittedNumbers, FittedWords } from "../fitted/fitted-encoders.ts";
import type {
  Coding,
  Encoder,
  NumberCoding,
  NumberEncoder,
  Scaling,
  WordCoding,
  WordEncoder,
} from "./encoder.ts";
import { log1p } from "./log1p.ts";
import { minmax } from "./minmax.ts";
import { none } from "./none.ts";
import { oneHot } from "./one-hot.ts";
import { ordinal } from "./ordinal.ts";
import type { ScalingSteps } from "./scaling-step.ts";
import { zscore } from "./zscore.ts";

export const encoders: ByName<Encoder> = byName<Encoder>([zscore, minmax, log1p, none, oneHot, ordinal]);

export function numberEncoder({ name }: Pick<Chosen, "name">): NumberEncoder {
  const encoder = encoders.get(name);
  if (encoder?.takes !== "number") throw new Error(`${name} is no encoder of numbers`);
  return encoder;
}

export function wordEncoder({ name }: Pick<Chosen, "name">): WordEncoder {
  const encoder = encoders.get(name);
  if (encoder?.takes !== "words") throw new Error(`${name} is no encoder of words`);
  return encoder;
}

/** Opened once: an encoder of many words makes a table of them. */
const opened = new WeakMap<FittedColumn, Coding>();

export function codingOf(column: FittedNumbers): NumberCoding;
export function codingOf(column: FittedWords): WordCoding;
export function codingOf(column: FittedColumn): Coding;
export function codingOf(column: FittedColumn): Coding {
  const before = opened.get(column);
  if (before !== undefined) return before;
  const coding = encoders.get(column.encoder)?.open(column.params) ?? null;
  if (coding?.takes !== column.kind) throw new Error(`column ${column.name} has no coding`);
  opened.set(column, coding);
  return coding;
}

/** How one number becomes one number; throws for an encoder that makes something else of it. */
export function scalingOf(column: FittedNumbers): Scaling {
  const { scaling } = codingOf(column);
  if (scaling === null) throw new Error(`column ${column.name} is not scaled`);
  return scaling;
}

/** What scaling and its inverse compute, as data; `null` where the column becomes something else than one number. */
export function scalingSteps(column: FittedColumn): ScalingSteps | null {
  return column.kind === "number" ? (codingOf(column).scaling?.steps ?? null) : null;
}
