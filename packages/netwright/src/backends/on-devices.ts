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
 * Nothing is wrong where one of its steps can be divided: the last batch of an epoch has what is left of the rows, and where that
 * cannot be, every device computes all of it.
 */
export function cannotDivide(
  { functions }: Pick<Program, "functions">,
  devices = 1,
): readonly RuntimeProblem[] {
  const sizes = functions.flatMap(({ kind, batch }) =>
    kind === "step" || kind === "accumulate" ? [batch] : [],
  );
  if (sizes.some((rows) => rows % devices === 0)) return [];
  const most = Math.max(...sizes);
  const multiple = most - (most % devices);
  const fewer = divisor(most, devices);
  return [
    {
      code: "NW0816",
      message: `No batch of this training can be divided among ${devices} devices evenly: the largest has ${count(most, "row")}.`,
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
