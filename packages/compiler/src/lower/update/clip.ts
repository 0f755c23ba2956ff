// Clipping of gradients, before anything else looks at them: each number by its size, then those of each weight by their
// length, then all of them together by theirs. Sources: Pascanu, Mikolov, Bengio 2013; as `clipvalue`, `clipnorm` and
// `global_clipnorm` of Keras, which takes one of them alone.

import type { Builder, Value } from "@netwright/ir";
import type { TrainSettings } from "@netwright/lang";

type Limits = Pick<TrainSettings, "clip_value" | "clip_norm" | "clip_norm_each">;

export function clipped(b: Builder, gradients: readonly Value[], limits: Limits): readonly Value[] {
  const { clip_value, clip_norm, clip_norm_each } = limits;
  const sized =
    clip_value === null ? gradients : gradients.map((gradient) => clipValue(b, gradient, clip_value));
  const short =
    clip_norm_each === undefined
      ? sized
      : sized.flatMap((gradient) => clipNorm(b, [gradient], clip_norm_each));
  return clip_norm === null ? short : clipNorm(b, short, clip_norm);
}

function clipValue(b: Builder, gradient: Value, limit: number): Value {
  return b.minimum(b.maximum(gradient, b.like(gradient, -limit)), b.like(gradient, limit));
}

/** g * limit / max(norm, limit), where norm is the root of the sum of all squares. Shorter gradients keep their bits. */
function clipNorm(b: Builder, gradients: readonly Value[], limit: number): readonly Value[] {
  const squares = gradients.map((gradient) => b.sum(b.multiply(gradient, gradient)));
  const [first, ...others] = squares;
  if (first === undefined) return gradients;
  const norm = b.sqrt(others.reduce((sum, square) => b.add(sum, square), first));
  const factor = b.divide(b.scalar(limit), b.maximum(norm, b.scalar(limit)));
  return gradients.map((gradient) => b.multiply(gradient, b.spread(factor, gradient.type.shape)));
}
