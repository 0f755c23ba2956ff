// Which steps of the output of a layer are there, and which are padding: what travels along the graph beside its values.

import type { Args, Some } from "@netwright/definitions";
import type { Value } from "@netwright/ir";
import type { Layer, Mask, MaskContext } from "../layers/layer.ts";

export function maskOf(
  { mask, parts }: Pick<Layer, "mask" | "parts">,
  context: MaskContext,
  inputs: Some<Value>,
  args: Args,
): Mask {
  if (mask !== null) return mask(context, inputs, args);
  const { padding } = parts(args);
  return padding === "keeps" || padding === "heeds and keeps" ? inAny(context) : null;
}

/** A step is there that one of several inputs has: an input without a mask has all of them. */
function inAny({ b, masks }: MaskContext): Mask {
  const known = masks.filter((mask) => mask !== null);
  if (known.length < masks.length) return null;
  return [...new Set(known)].reduce((all, one) => b.binary("or", all, one));
}
