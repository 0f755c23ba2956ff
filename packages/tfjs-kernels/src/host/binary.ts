// Host kernels of the binary operations: the scalar meaning of the IR, element by element. A step of 0
// repeats a scalar operand, a step of 1 walks.

import { type BinaryName, binaryScalar, type ElementType } from "@netwright/ir";
import type { HostBody } from "../device/device.ts";
import type { Elements } from "../device/storage.ts";

type Loop = (x: Elements, xStep: number, y: Elements, yStep: number, out: Elements) => void;

/** Loops of their own, for speed: see `unary.ts`. */
const loops: { readonly [K in BinaryName]?: Loop } = {
  maximum: (x, xStep, y, yStep, out) => {
    for (let i = 0, n = out.length; i < n; i++) out[i] = Math.max(x[i * xStep] ?? 0, y[i * yStep] ?? 0);
  },
  minimum: (x, xStep, y, yStep, out) => {
    for (let i = 0, n = out.length; i < n; i++) out[i] = Math.min(x[i * xStep] ?? 0, y[i * yStep] ?? 0);
  },
};

export function binaryBody(name: BinaryName, dtype: ElementType, xStep: number, yStep: number): HostBody {
  const scalar = binaryScalar(name, dtype);
  const loop: Loop =
    loops[name] ??
    ((x, _x, y, _y, out) => {
      for (let i = 0, n = out.length; i < n; i++) out[i] = scalar(x[i * xStep] ?? 0, y[i * yStep] ?? 0);
    });
  return ([x, y], [out]) => {
    if (x !== undefined && y !== undefined && out !== undefined) loop(x, xStep, y, yStep, out);
  };
}
