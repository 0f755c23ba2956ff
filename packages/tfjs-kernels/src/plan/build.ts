// From a function of the IR to a plan: the operations in order, each by its rule; then for every slot the
// step after which it is free.

import { type AnyOp, type Func, type Op, type OpName, sizeOf } from "@netwright/ir";
import type { Device } from "../device/device.ts";
import { type Fusion, findFusions } from "../fusion/dense.ts";
import { ruleOf } from "../rules/table.ts";
import type { Plan, Ref, Result, Step } from "./plan.ts";
import { handleFor, Planner } from "./planner.ts";

/**
 * `owned` says for each parameter whether the plan frees it, at its last use, or passes it on as a result;
 * a parameter that is not owned stays as it is. Composites must have been inlined and dead operations removed.
 */
export function buildPlan(func: Func, device: Device, owned: readonly boolean[]): Plan {
  const planner = new Planner(device);
  const parameters = func.parameters.map(({ value }) => planner.parameter(value));
  for (const [i, slot] of parameters.entries()) if (owned[i] !== true) planner.persistent.add(slot);
  const fusions = findFusions(func.body, func.results, device.profile.fusedProduct);
  for (const op of func.body) lower(op, fusions, planner);
  const refs = func.results.map(({ value }) => {
    const ref = planner.full(value);
    return planner.isOriginal(ref) ? ref : planner.copy(ref);
  });
  const kept = new Set(planner.persistent);
  const results = share(refs, kept);
  for (const { ref } of results) kept.add(ref.slot);
  const steps = withReleases(planner, kept);
  const used = new Set([...kept, ...steps.flatMap((step) => step.inputs.map((ref) => ref.slot))]);
  return {
    slots: planner.slotCount,
    parameters,
    constants: planner.constants,
    unused: parameters.filter((slot) => !used.has(slot)),
    steps,
    results,
  };
}

function lower(op: AnyOp, fusions: ReadonlyMap<AnyOp, Fusion>, planner: Planner): void {
  const fusion = fusions.get(op);
  if (fusion === "absorbed") return;
  planner.origin = op.origin;
  if (op.results.every((value) => sizeOf(value.type.shape) === 0)) {
    for (const value of op.results) planner.bind(value, planner.constant(value.type, []));
  } else if (fusion !== undefined) fusion.lower(planner);
  else apply(op, planner);
}

function apply<K extends OpName>(op: Op<K>, planner: Planner): void {
  const rule = ruleOf(op.name);
  if (rule === undefined) throw new Error(`${op.name} should have been expanded`);
  const refs = rule(op, planner);
  for (const [i, value] of op.results.entries()) {
    const ref = refs[i];
    if (ref === undefined) throw new Error(`the rule of ${op.name} gives no result ${i}`);
    planner.bind(value, ref);
  }
}

/** A slot that is kept anyway, or is a result already, is shared with the caller. */
function share(refs: readonly Ref[], kept: ReadonlySet<number>): readonly Result[] {
  const taken = new Set(kept);
  return refs.map((ref) => {
    const shared = taken.has(ref.slot);
    taken.add(ref.slot);
    return { ref, shared };
  });
}

function withReleases(planner: Planner, kept: ReadonlySet<number>): readonly Step[] {
  const seen = new Set(kept);
  const backwards = [...planner.instructions].reverse().map((instruction): Step => {
    const slots = [...instruction.outputs, ...instruction.inputs.map((ref) => ref.slot)];
    const release = [...new Set(slots)].filter((slot) => !seen.has(slot));
    for (const slot of release) seen.add(slot);
    const lastUse = instruction.inputs.map((ref) => release.includes(ref.slot));
    return { ...instruction, handles: instruction.inputs.map(handleFor), lastUse, release };
  });
  return backwards.reverse();
}
