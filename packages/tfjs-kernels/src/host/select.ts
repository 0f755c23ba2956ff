// Host kernel of select, on the bits of the elements and without branches, which an unpredictable
// predicate would make slow. A step of 0 repeats a scalar operand, a step of 1 walks.

import type { ElementType } from "@netwright/ir";
import type { HostBody } from "../device/device.ts";
import { type Elements, viewAs } from "../device/storage.ts";

/** `steps` of the predicate and the two alternatives. */
export function selectBody(dtype: ElementType, steps: readonly number[]): HostBody {
  const [p, t, e] = [steps[0] ?? 1, steps[1] ?? 1, steps[2] ?? 1];
  const bits = (elements: Elements): Elements =>
    dtype === "pred" ? elements : viewAs("i32", elements, elements.length);
  return ([predicate, onTrue, onFalse], [out]) => {
    if (predicate === undefined || onTrue === undefined || onFalse === undefined || out === undefined) return;
    choose(predicate, p, bits(onTrue), t, bits(onFalse), e, bits(out));
  };
}

function choose(
  predicate: Elements,
  predicateStep: number,
  onTrue: Elements,
  trueStep: number,
  onFalse: Elements,
  falseStep: number,
  out: Elements,
): void {
  for (let i = 0, n = out.length; i < n; i++) {
    const mask = -(predicate[i * predicateStep] ?? 0);
    out[i] = ((onTrue[i * trueStep] ?? 0) & mask) | ((onFalse[i * falseStep] ?? 0) & ~mask);
  }
}
