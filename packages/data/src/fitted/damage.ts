// What is told of saved encoders that cannot be read.

import { quote } from "@netwright/definitions";
import { type DataProblem, error } from "../problem/problem.ts";
import type { FittedColumn } from "./fitted-encoders.ts";

/** What an encoder has learned and cannot open. */
export function damagedColumn({ name, encoder }: FittedColumn): DataProblem {
  return unreadable(`column ${quote(name)}: ${damagedParams(encoder)}`);
}

/** An interval that is saved in spreads where none are predicted, or in units where some are. */
export function damagedInterval({ name }: FittedColumn): DataProblem {
  return unreadable(`column ${quote(name)}: ${DAMAGED_INTERVAL}`);
}

export const DAMAGED_INTERVAL = "`interval` is damaged";

export function damagedParams(encoder: string): string {
  return `the parameters of the encoder ${quote(encoder)} are damaged`;
}

export function unreadable(why: string): DataProblem {
  return error("NW0660", `The saved encoders cannot be read: ${why}.`, {
    notes: ["The file may have been changed or cut short; train again, or restore it from a copy."],
  });
}
