// Host kernels of the unary operations: the scalar meaning of the IR, element by element. What training
// steps use has a loop of its own, as a loop around a changing function is several times slower.

import { type ElementType, type UnaryName, unaryScalar } from "@netwright/ir";
import type { HostBody } from "../device/device.ts";
import type { Elements } from "../device/storage.ts";

type Loop = (x: Elements, out: Elements) => void;

const loops: { readonly [K in UnaryName]?: Loop } = {
  sign: (x, out) => {
    for (let i = 0, n = out.length; i < n; i++) {
      const v = x[i] ?? 0;
      out[i] = v > 0 ? 1 : v < 0 ? -1 : v;
    }
  },
};

export function unaryBody(name: UnaryName, dtype: ElementType): HostBody {
  const scalar = unaryScalar(name, dtype);
  const loop: Loop =
    loops[name] ??
    ((x, out) => {
      for (let i = 0, n = out.length; i < n; i++) out[i] = scalar(x[i] ?? 0);
    });
  return ([x], [out]) => {
    if (x !== undefined && out !== undefined) loop(x, out);
  };
}
