// Which members of an ensemble inside a network predict, once they are trained: those that together have the least loss of
// validation. They are tried in the order of their own losses, the best alone, the two best, and so on.

import { rowsOf, type Split } from "@netwright/data";
import { at } from "@netwright/definitions";
import { evaluateChunks } from "../evaluation/evaluate-chunks.ts";
import type { Executable } from "../executable/executable.ts";
import { createBreather } from "../pause/breather.ts";

export interface ChosenMembers {
  /** The variable of the state: for each member 1 where it predicts, else 0. */
  readonly id: string;
  readonly count: number;
}

/**
 * Writes the choice into the state, and gives it. Of members that are as good the first ones are taken, and of numbers of
 * members the fewest; where no loss is a number all predict. The event loop runs every 50 ms or so.
 */
export async function chooseMembers(
  executable: Executable,
  { id, count }: ChosenMembers,
  split: Split,
  chunk: number,
): Promise<Float32Array> {
  const breathe = createBreather();
  const lossOf = async (members: readonly number[]): Promise<number> => {
    executable.writeState(new Map([[id, choiceOf(members, count)]]));
    let [loss, weight] = [0, 0];
    for (const { sums } of evaluateChunks(executable, rowsOf(split), chunk)) {
      loss += sums.loss;
      weight += sums.weight;
      await breathe();
    }
    const mean = loss / weight;
    return Number.isNaN(mean) ? Number.POSITIVE_INFINITY : mean;
  };
  const all = Array.from({ length: count }, (_, member) => member);
  const own: number[] = [];
  for (const member of all) own.push(await lossOf([member]));
  const ordered = [...all].sort((a, b) => at(own, a) - at(own, b) || a - b);
  let best = { loss: Number.POSITIVE_INFINITY, members: all };
  for (let size = 1; size <= count; size++) {
    const members = ordered.slice(0, size);
    const loss = size === 1 ? at(own, at(members, 0)) : await lossOf(members);
    if (loss < best.loss) best = { loss, members };
  }
  const choice = choiceOf(best.members, count);
  executable.writeState(new Map([[id, choice]]));
  return choice;
}

function choiceOf(members: readonly number[], count: number): Float32Array {
  const choice = new Float32Array(count);
  for (const member of members) choice[member] = 1;
  return choice;
}
