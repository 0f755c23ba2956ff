// Sizes that become larger: the same numbers several times.

import { oneForAll, placed } from "./arrange.ts";
import { count, hasRows, type Size, shapeOf, sizeBy, widened } from "./layout.ts";
import { misfit, type NodeRule } from "./node-context.ts";
import type { Flow } from "./terms.ts";

/** Each size so many times as long: the same numbers again, behind all of them. */
export const tile: NodeRule = (c) => {
  const flow = c.flow();
  const times = c.intsOf("repeats", 1) ?? [];
  return again(
    flow,
    flow.dims.map((_, d) => times[d] ?? 1),
  );
};

export const expand: NodeRule = (c) => {
  const given = c.flow();
  const target = Array.from(c.constant(1).data);
  const pad = target.length - given.dims.length;
  const flow =
    pad > 0
      ? widened(
          given,
          Array.from({ length: pad }, (_, i) => i),
        )
      : given;
  const front = Math.max(0, -pad);
  return again(
    flow,
    flow.dims.map((size, d) => {
      const to = target[d - front] ?? 1;
      return count(size) === 1 && to > 1 && !hasRows(size) ? to : 1;
    }),
  );
};

function again(flow: Flow, times: readonly number[]): Flow {
  const dims = flow.dims.map((size, d): Size => {
    const own = times[d] ?? 1;
    if (own === 1) return size;
    if (hasRows(size)) return misfit("repeats rows, of which each is predicted by itself");
    return own > 1 && Number.isInteger(own)
      ? [...sizeBy(own), ...size]
      : misfit(`repeats a size ${own} times`);
  });
  return { ...flow, dims };
}

/** Places of an image or a sequence, whole times as many. */
export const resize: NodeRule = (c) => {
  const given = c.flow();
  const own = shapeOf(given.dims);
  const isOld = c.op === "Upsample";
  const scales = isOld ? (c.intsOf("scales", 1) ?? c.floats("scales")) : (c.optional(2)?.data ?? []);
  const target = isOld ? null : c.optional(3);
  const factors = own.map((size, d) =>
    target === null || target.data.length === 0 ? (scales[d] ?? 1) : (target.data[d] ?? size) / size,
  );
  const [, , ...spatial] = factors;
  if (factors.some((one) => !Number.isInteger(one) || one < 1) || factors[0] !== 1 || factors[1] !== 1)
    return misfit("makes of an image one that is not whole times as large");
  if (spatial.length < 1 || spatial.length > 2)
    return misfit("makes larger what is no sequence and no image");
  const mode = c.text("mode", "nearest");
  const places = isOld ? "asymmetric" : c.text("coordinate_transformation_mode", "half_pixel");
  const rounding = isOld ? "floor" : c.text("nearest_mode", "round_prefer_floor");
  const isHalf = places === "half_pixel" || places === "pytorch_half_pixel";
  const isNearest =
    mode === "nearest" &&
    ((isHalf && rounding.startsWith("round_prefer")) ||
      (places === "asymmetric" &&
        (rounding === "floor" || (rounding === "round_prefer_floor" && spatial.every((one) => one <= 2)))));
  const isLinear = mode === "linear" && isHalf && spatial.length === 2;
  if (!isNearest && !isLinear)
    return misfit(`makes larger by \`${mode}\` with \`${places}\`, which no layer of Netwright does`);
  const flow = placed(c, given, [...own.slice(2).map((_, d) => d + 2), 1]);
  const lengths = spatial.map((one, d) => one * (own[d + 2] ?? 1));
  const made = lengths.map(sizeBy);
  const channels = flow.axes.at(-1) ?? [];
  const args = { size: oneForAll(spatial), ...(isLinear ? { interpolation: "bilinear" } : {}) };
  const layer = spatial.length === 1 ? "upsampling1d" : "upsampling2d";
  const term = c.layer(layer, [flow.term], [...lengths, count(channels)], args);
  return { kind: "flow", term, axes: [...made, channels], dims: [flow.dims[0] ?? [], channels, ...made] };
};
