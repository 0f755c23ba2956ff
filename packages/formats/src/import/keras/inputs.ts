// What a model takes: the shape of a row, which files say in many places.

import { quote } from "@netwright/definitions";
import { fieldOf, type JsonObject, listIn, objectIn } from "./json.ts";
import type { LayerSpec, Reading } from "./layer-call.ts";

/** The shape of a first layer that is a model. */
export function firstShape(layer: unknown): readonly unknown[] | null {
  const inner = listIn(fieldOf(layer, "config"), "layers")?.[0];
  return inner === undefined ? null : (shapeIn(objectIn(inner, "config") ?? {}) ?? firstShape(inner));
}

export function shapeStated(model: unknown): readonly unknown[] | null {
  return (
    listIn(fieldOf(model, "config"), "build_input_shape") ??
    listIn(fieldOf(model, "build_config"), "input_shape") ??
    null
  );
}

/** With the batch in front; null where it is not said. */
export function shapeIn(config: JsonObject): readonly unknown[] | null {
  for (const key of ["batch_shape", "batch_input_shape", "batchInputShape"]) {
    const shape = listIn(config, key);
    if (shape !== null) return shape;
  }
  const row = listIn(config, "shape") ?? listIn(config, "input_shape");
  return row === null ? null : [null, ...row];
}

export function inputOf(spec: LayerSpec, reading: Reading): string | null {
  return inputFor(spec.name, shapeIn(spec.config), spec.config, reading, `Input ${quote(spec.name)}`);
}

export function inputFor(
  name: string,
  shape: readonly unknown[] | null,
  config: JsonObject,
  { g, settings, inputs }: Reading,
  what: string,
): string | null {
  if (shape === null) {
    g.refuse(what, "does not say the shape of a row: a model that was saved before it was built has none");
    return null;
  }
  if (fieldOf(config, "sparse") === true || fieldOf(config, "ragged") === true) {
    g.refuse(what, "takes sparse or ragged rows, and those of Netwright are full");
    return null;
  }
  const sizes: number[] = [];
  for (const [i, size] of shape.slice(1).entries()) {
    const filled = size ?? (i === 0 ? settings.steps : undefined);
    if (typeof filled !== "number" || !Number.isSafeInteger(filled) || filled < 1) {
      g.refuse(
        what,
        size === null && i === 0
          ? "takes sequences of any length: say how many steps yours have, `--steps 20`"
          : "has a size that is left open",
      );
      return null;
    }
    sizes.push(filled);
  }
  if (sizes.reduce((product, size) => product * size, 1) > MOST_NUMBERS) {
    g.refuse(what, "has more numbers than Netwright takes for a row");
    return null;
  }
  const own = g.input(name, sizes.length);
  inputs.push({ name: own, type: { kind: "number", shape: sizes } });
  return own;
}

/** Of a row. */
const MOST_NUMBERS = 2 ** 26;
