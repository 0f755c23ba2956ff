// Pooling by windows.

import type { Args } from "@netwright/definitions";
import { ACTIVATION_NAMES } from "../../model/layer-names.ts";
import { oneForAll } from "./arrange.ts";
import { count } from "./layout.ts";
import { misfit, type NodeContext, type NodeRule } from "./node-context.ts";
import { type Flow, layerOf, type Term } from "./terms.ts";
import { images, lengthsAfter, ready, spatialOf, type Windows, windowsOf } from "./windows.ts";

/** Activations that give nothing below 0, so that zeros around change no greatest number. */
const NOT_BELOW: ReadonlySet<string> = new Set([
  "relu",
  "relu6",
  "sigmoid",
  "softplus",
  "exponential",
  "hard_sigmoid",
  "softmax",
]);

export const pool =
  (kind: "max" | "average"): NodeRule =>
  (c) => {
    const given = c.flow();
    const lengths = spatialOf(given);
    const sizes = c.ints("kernel_shape") ?? misfit("has no windows");
    if ((c.ints("dilations") ?? []).some((one) => one !== 1))
      return misfit("takes windows with gaps, which pooling has not");
    if (c.isTaken(1)) return misfit("also gives where the greatest numbers were");
    const stated = windowsOf(c, lengths, sizes);
    const windows = c.int("ceil_mode", 0) === 1 ? ceiled(stated, lengths) : stated;
    const counts = c.int("count_include_pad", 0) === 1;
    if (
      windows.padding === null ||
      windows.padding === "causal" ||
      (counts && windows.padding === "same" && windows.edges.flat().some((one) => one > 0))
    ) {
      const isSafe = kind === "average" ? counts : isNeverBelow(given.term);
      if (!isSafe || (kind === "average" && windows !== stated))
        return misfit(
          kind === "max"
            ? "has windows beyond the edges of its input as no `padding` of Netwright has them, and its input may be below 0, so that zeros around it would count"
            : "has windows beyond the edges of its input as no `padding` of Netwright has them",
        );
      return pooled(c, given, kind, { ...windows, padding: null });
    }
    return pooled(c, given, kind, windows);
  };

function pooled(c: NodeContext, given: Flow, kind: "max" | "average", windows: Windows): Flow {
  const lengths = spatialOf(given);
  const { flow, padding } = ready(c, given, windows);
  const { sizes, strides } = windows;
  const made = lengthsAfter(windows, lengths);
  const channels = count(given.dims[1] ?? []);
  const args: Args = {
    pool_size: oneForAll(sizes),
    ...(strides.join() === sizes.join() ? {} : { strides: oneForAll(strides) }),
    ...(padding === "valid" ? {} : { padding }),
  };
  const name = `${kind}_pooling${lengths.length === 1 ? "1d" : "2d"}` as const;
  return images(given, c.layer(name, [flow.term], [...made, channels], args), made, channels);
}

/** Windows that begin in the input or before it, also where they end behind it. */
function ceiled(windows: Windows, lengths: readonly number[]): Windows {
  const edges = windows.edges.map(([low, high], d): readonly [number, number] => {
    const [size, stride, length] = [windows.sizes[d] ?? 1, windows.strides[d] ?? 1, lengths[d] ?? 1];
    const steps = Math.ceil((length + low + high - size) / stride);
    const isInside = steps * stride < length + low;
    const last = isInside ? steps : steps - 1;
    return [low, Math.max(high, last * stride + size - length - low)];
  });
  if (edges.join() === windows.edges.join()) return windows;
  const same = lengths.map((length, d): readonly [number, number] => {
    const [size, stride] = [windows.sizes[d] ?? 1, windows.strides[d] ?? 1];
    const missing = Math.max(0, (Math.ceil(length / stride) - 1) * stride + size - length);
    return [Math.floor(missing / 2), Math.ceil(missing / 2)];
  });
  return { ...windows, edges, padding: same.join() === edges.join() ? "same" : null };
}

function isNeverBelow(term: Term): boolean {
  const layer = layerOf(term);
  if (layer === null)
    return term.meaning.kind === "part" && term.meaning.op === "Clip" && (term.meaning.numbers[0] ?? -1) >= 0;
  const isActivation = ACTIVATION_NAMES.some((name) => name === layer.layer);
  const [input] = term.inputs;
  if (isActivation) return NOT_BELOW.has(layer.layer) && layer.args["negative_slope"] === undefined;
  return (
    input !== undefined &&
    ["max_pooling1d", "max_pooling2d", "reshape", "permute", "flatten", "dropout"].includes(layer.layer) &&
    isNeverBelow(input)
  );
}
