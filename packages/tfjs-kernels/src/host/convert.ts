// Host kernel of convert: the scalar meaning of the IR, element by element.

import { convertScalar, type ElementType } from "@netwright/ir";
import type { HostBody } from "../device/device.ts";

export function convertBody(from: ElementType, to: ElementType): HostBody {
  const scalar = convertScalar(from, to);
  return ([x], [out]) => {
    if (x === undefined || out === undefined) return;
    for (let i = 0, n = out.length; i < n; i++) out[i] = scalar(x[i] ?? 0);
  };
}
