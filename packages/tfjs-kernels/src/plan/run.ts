// Runs a plan: tensors in, tensors out. Owned inputs are freed or passed on; the caller owns the results.

import { at } from "@netwright/ir";
import type { DataId } from "@tensorflow/tfjs-core";
import type { Device } from "../device/device.ts";
import type { Plan } from "./plan.ts";

/** `inputs` in the order of the parameters. */
export function runPlan(plan: Plan, device: Device, inputs: readonly DataId[]): readonly DataId[] {
  const frame = new Array<DataId | undefined>(plan.slots);
  for (const { slot, info } of plan.constants) frame[slot] = info.dataId;
  for (const [i, slot] of plan.parameters.entries()) frame[slot] = inputs[i];
  const held = (slot: number): DataId => {
    const dataId = frame[slot];
    if (dataId === undefined) throw new Error(`slot ${slot} is empty`);
    return dataId;
  };
  for (const slot of plan.unused) device.release(held(slot));
  for (const step of plan.steps) {
    const { inputs: refs, handles, outputs, release } = step;
    for (let i = 0; i < refs.length; i++) {
      const handle = handles[i];
      const ref = refs[i];
      if (handle !== undefined && ref !== undefined) handle.dataId = held(ref.slot);
    }
    const results = step.run(handles, step.lastUse);
    for (let i = 0; i < outputs.length; i++) frame[at(outputs, i)] = results[i]?.dataId;
    for (const slot of release) device.release(held(slot));
  }
  return plan.results.map(({ ref, shared }) => {
    const dataId = held(ref.slot);
    if (shared) device.retain(dataId);
    return dataId;
  });
}

/** Frees the constants; the plan cannot run afterwards. */
export function disposePlan(plan: Plan, device: Device): void {
  for (const { info } of plan.constants) device.release(info.dataId);
}
