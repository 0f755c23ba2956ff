// What a network put out, in the units of the target.

import { type FittedNumbers, type FittedWords, fittedEncoders } from "../fitted/fitted-encoders.ts";
import type { OpenColumn, OpenEncoders } from "../fitted/open-encoders.ts";
import { tempered } from "../uncertainty/temperature.ts";

/**
 * `y` is [rows x targets], row-major, as the network gives it; so is the result. Where several quantiles are predicted of one
 * target, both are [rows x quantiles].
 */
export function decodeOutput(encoders: OpenEncoders, y: Float32Array): Float64Array {
  const width = encoders.target.length;
  if (y.length % width !== 0) throw new RangeError(`${y.length} outputs for ${width} targets`);
  const decoded = new Float64Array(y.length);
  for (const [j, column] of encoders.target.entries()) {
    const scaling = column.kind === "number" ? column.coding.scaling : null;
    if (scaling === null) throw new Error(`column ${column.fitted.name} is no target of numbers`);
    const { invert } = scaling;
    for (let i = j; i < y.length; i += width) decoded[i] = invert(y[i] ?? Number.NaN);
  }
  return decoded;
}

/** The classes or labels that are predicted, in the order of the network's outputs; `null` where numbers are. */
export function classesOf({ target }: Pick<OpenEncoders, "target">): readonly string[] | null {
  const [only, ...others] = target;
  return only?.kind === "words" && others.length === 0 ? only.coding.words : null;
}

/** What stands between the labels of a cell, where any number of them are predicted; `null` elsewhere. */
export function labelSeparator({ target }: Pick<OpenEncoders, "target">): string | null {
  const [only, ...others] = target;
  return only?.kind === "words" && others.length === 0 ? (only.coding.many?.separator ?? null) : null;
}

/** 1 for each label that is rather there than not, else 0. */
export function decodeLabels(shares: ArrayLike<number>): Float64Array {
  return Float64Array.from(shares, (share) => (isRatherThere(share) ? 1 : 0));
}

/** Those of a row that are rather there than not, as a cell lists them; `shares` go with the words. */
export function likelyLabels(words: readonly string[], shares: ArrayLike<number>, separator: string): string {
  return words.filter((_, i) => isRatherThere(shares[i] ?? Number.NaN)).join(separator);
}

function isRatherThere(share: number): boolean {
  return share >= 0.5;
}

/** From which probability on the second of two classes is predicted; `null` where the likelier one is. */
export function thresholdOf({ target }: Pick<OpenEncoders, "target">): number | null {
  const [only] = target;
  return only?.kind === "words" ? (only.fitted.threshold ?? null) : null;
}

/** By which probabilities are brought in line; `null` where they stay as they are. */
export function temperatureOf({ target }: Pick<OpenEncoders, "target">): number | null {
  const [only] = target;
  return only?.fitted.kind === "words" ? (only.fitted.temperature ?? null) : null;
}

/** What the network gives for each class, brought in line where that was learned: [rows x classes]. */
export function calibratedScores(encoders: Pick<OpenEncoders, "target">, y: Float32Array): Float64Array {
  const scores = Float64Array.from(y);
  const temperature = temperatureOf(encoders);
  return temperature === null ? scores : tempered(scores, classesOf(encoders)?.length ?? 1, temperature);
}

/** With that threshold of a target of two classes in place of what it had. */
export function withThreshold(encoders: OpenEncoders, threshold: number): OpenEncoders {
  return withTarget(encoders, { words: () => ({ threshold }) });
}

/** With what else was learned of each target, in its place. */
export function withTarget(
  encoders: OpenEncoders,
  {
    numbers,
    words,
  }: {
    readonly numbers?: (j: number) => Pick<FittedNumbers, "interval">;
    readonly words?: (j: number) => Pick<FittedWords, "threshold" | "set" | "temperature">;
  },
): OpenEncoders {
  const target = encoders.target.map(
    (column, j): OpenColumn =>
      column.kind === "words"
        ? { ...column, fitted: { ...column.fitted, ...words?.(j) } }
        : { ...column, fitted: { ...column.fitted, ...numbers?.(j) } },
  );
  const { features, unused, weight, window } = encoders.fitted;
  const fitted = fittedEncoders(
    features,
    target.map((column) => column.fitted),
    unused,
    weight,
    window,
  );
  return { ...encoders, fitted, target };
}

/**
 * The number of the class that is predicted for each row: the most likely, of several the first, or of two by the threshold.
 * `shares` is [rows x classes], row-major.
 */
export function decodeClasses(
  classes: number,
  shares: Float32Array | Float64Array,
  threshold: number | null = null,
): Float64Array {
  const decoded = new Float64Array(shares.length / classes);
  for (const row of decoded.keys()) {
    const own = shares.subarray(row * classes, (row + 1) * classes);
    if (threshold !== null) {
      decoded[row] = (own[1] ?? Number.NaN) >= threshold ? 1 : 0;
      continue;
    }
    let best = 0;
    for (const [code, share] of own.entries()) if (share > (own[best] ?? Number.NaN)) best = code;
    decoded[row] = best;
  }
  return decoded;
}
