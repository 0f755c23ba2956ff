// Training on several devices together: with a backend that can, and batches that can be divided among them.

import { count } from "@netwright/definitions";
import type { Program } from "@netwright/ir";
import type { Backend, BackendInfo, RuntimeProblem } from "@netwright/runtime";
import { fromRuntime } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";

/**
 * The backend on so many devices; without a number as it is, or, where a training of this backend is gone on with, on as many as
 * that had.
 */
export function onDevices(
  backend: Backend,
  asked: number | undefined,
  recorded?: Pick<BackendInfo, "name" | "devices">,
): Checked<Backend> {
  const devices = asked ?? (recorded?.name === backend.name ? recorded.devices : undefined);
  if (devices === undefined) return accept(backend);
  if (backend.onDevices !== undefined) return accept(backend.onDevices(devices));
  if (devices === 1) return accept(backend);
  return reject([
    fromRuntime({
      code: "NW0816",
      message: `The backend ${backend.name} trains on one device, and ${devices} are asked for.`,
      notes: [
        "Of Netwright's backends `xla` trains on several: `--backend xla` of the command, `backend` of the options.",
        "Or train on one: leave `devices` out.",
      ],
    }),
  ]);
}

/**
 * Whole batches have to be divided evenly. The last one of an epoch has what is left of the rows: where that is no multiple, every
 * device computes all of it.
 */
export function cannotDivide(
  { functions }: Pick<Program, "functions">,
  devices = 1,
): readonly RuntimeProblem[] {
  const most = Math.max(0, ...functions.map(({ kind, batch }) => (kind === "step" ? batch : 0)));
  if (most % devices === 0) return [];
  const multiple = most - (most % devices);
  const fewer = divisor(most, devices);
  return [
    {
      code: "NW0816",
      message: `A batch of ${count(most, "row")} cannot be divided among ${devices} devices evenly.`,
      notes: [
        ...(multiple === 0 ? [] : [`Take a batch that can: \`--set train.batch=${multiple}\`.`]),
        fewer > 1
          ? `Or take as many devices as divide it: \`--devices ${fewer}\`.`
          : "Or train on one device: leave `--devices` out.",
      ],
    },
  ];
}

/** The largest number below `devices` that divides it. */
function divisor(rows: number, devices: number): number {
  let fewer = devices - 1;
  while (fewer > 1 && rows % fewer !== 0) fewer--;
  return fewer;
}
