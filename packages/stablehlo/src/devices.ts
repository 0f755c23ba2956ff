// Several devices that run one module together, as the marks of Shardy say it: the program is that of the whole batch, and
// XLA divides it, with whatever has to be summed between the devices.
//
//   sdy.mesh @netwright.devices = <["rows"=2]>
//   %arg0: tensor<8x512xf32> {..., sdy.sharding = #sdy.sharding<@netwright.devices, [{}, {}]>}        on each device
//   %arg1: tensor<128x8xf32> {..., sdy.sharding = #sdy.sharding<@netwright.devices, [{"rows"}, {}]>}  half of its rows

import type { Func, TensorType } from "@netwright/ir";
import { HELPER } from "./names.ts";

const MESH = `@${HELPER}devices`;
const AXIS = '"rows"';

/**
 * Whether so many devices take a share of the rows of a batch each. Where the rows cannot be divided evenly, each computes all
 * of them: the result is on all devices in either case.
 */
export function isDivided({ batch }: Pick<Func, "batch">, devices: number): boolean {
  return devices > 1 && batch > 0 && batch % devices === 0;
}

export function meshText(devices: number): string {
  return `  sdy.mesh ${MESH} = <[${AXIS}=${devices}]>`;
}

/** Of a parameter or a result; with `rows`, each device has a share of the first dimension. */
export function shardingText({ shape }: TensorType, rows: boolean): string {
  const dimensions = shape.map((_, i) => (rows && i === 0 ? `{${AXIS}}` : "{}"));
  return `sdy.sharding = #sdy.sharding<${MESH}, [${dimensions.join(", ")}]>`;
}

/** How many devices the line of a mesh names; undefined for another line. */
export function devicesIn(line: string | undefined): number | undefined {
  const found = /^ {2}sdy\.mesh @\S+ = <\["rows"=(\d+)\]>$/.exec(line ?? "")?.[1];
  return found === undefined ? undefined : Number(found);
}
