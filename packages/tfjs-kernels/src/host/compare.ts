// Host kernel of compare. A step of 0 repeats a scalar operand, a step of 1 walks. `+` makes 0 and 1
// without a branch, which unpredictable operands would make slow.

import type { Direction } from "@netwright/ir";
import type { HostBody } from "../device/device.ts";
import type { Elements } from "../device/storage.ts";

type Loop = (x: Elements, xStep: number, y: Elements, yStep: number, out: Elements) => void;

const loops = {
  EQ: (x, xStep, y, yStep, out) => {
    for (let i = 0, n = out.length; i < n; i++) out[i] = +((x[i * xStep] ?? 0) === (y[i * yStep] ?? 0));
  },
  NE: (x, xStep, y, yStep, out) => {
    for (let i = 0, n = out.length; i < n; i++) out[i] = +((x[i * xStep] ?? 0) !== (y[i * yStep] ?? 0));
  },
  GE: (x, xStep, y, yStep, out) => {
    for (let i = 0, n = out.length; i < n; i++) out[i] = +((x[i * xStep] ?? 0) >= (y[i * yStep] ?? 0));
  },
  GT: (x, xStep, y, yStep, out) => {
    for (let i = 0, n = out.length; i < n; i++) out[i] = +((x[i * xStep] ?? 0) > (y[i * yStep] ?? 0));
  },
  LE: (x, xStep, y, yStep, out) => {
    for (let i = 0, n = out.length; i < n; i++) out[i] = +((x[i * xStep] ?? 0) <= (y[i * yStep] ?? 0));
  },
  LT: (x, xStep, y, yStep, out) => {
    for (let i = 0, n = out.length; i < n; i++) out[i] = +((x[i * xStep] ?? 0) < (y[i * yStep] ?? 0));
  },
} satisfies { readonly [K in Direction]: Loop };

export function compareBody(direction: Direction, xStep: number, yStep: number): HostBody {
  const loop = loops[direction];
  return ([x, y], [out]) => {
    if (x !== undefined && y !== undefined && out !== undefined) loop(x, xStep, y, yStep, out);
  };
}
