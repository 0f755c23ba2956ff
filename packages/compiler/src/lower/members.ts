// The members of an ensemble inside the network of which some are chosen: where the choice is kept.

import { some } from "@netwright/definitions";
import { type Model, membersOf } from "@netwright/lang";
import type { Definitions } from "../definitions.ts";
import { CHOSEN } from "../layers/members.ts";
import { nodeVariables } from "./variables.ts";

export interface MemberChoice {
  /** The variable of the state: for each member 1 where it predicts, else 0. */
  readonly id: string;
  readonly count: number;
  /** The layer that has it. */
  readonly layer: string;
}

/** Null where all members predict, and where there are none. */
export function choiceOf(
  { nodes, outputs }: Pick<Model, "nodes" | "outputs">,
  known: Pick<Definitions, "layer">,
): MemberChoice | null {
  const members = membersOf(nodes, some(outputs)[0].from, known);
  if (members === null) return null;
  const owner = nodes.find(({ name }) => name === members.begin.weights) ?? members.begin;
  const variable = nodeVariables(owner, known).find(({ name }) => name === CHOSEN);
  return variable === undefined ? null : { id: variable.id, count: members.count, layer: owner.name };
}
