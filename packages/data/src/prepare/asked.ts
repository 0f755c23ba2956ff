// What the file asks of a column: the type that it is described as, the kind that it is read as, and the encoder.

import {
  type Args,
  type Chosen,
  type ColumnKind,
  columnKindOf,
  lookUp,
  type MadeImage,
  type TargetKind,
} from "@netwright/definitions";
import type { ColumnRule } from "../check/column-rule.ts";
import type { ColumnType } from "../columns/column-type.ts";
import type { DataDefinitions } from "../definitions.ts";
import type { Encoder } from "../preprocess/encoder.ts";
import type { DataPlan } from "./plan.ts";

/** What the file says, and what its names stand for. */
export interface Asked {
  /** Where it describes images that are made of columns, it describes these columns in their place. */
  readonly plan: DataPlan;
  readonly definitions: DataDefinitions;
  /** The image of each column that is one of its pixels. */
  readonly images: ReadonlyMap<string, MadeImage>;
}

/** What the file describes the column as; else a feature has numbers, and a target what is predicted. */
function kindOf(name: string, role: ColumnRule["role"], asked: Asked): ColumnKind {
  return (
    ownType(name, asked)?.type.takes ?? (role === "target" ? columnKindOf(asked.plan.predicts) : "number")
  );
}

const CLASSES: Chosen = { name: "ordinal", args: {} };
const LABELS: Chosen = { name: "multi_hot", args: {} };
export const SCALE: Chosen = { name: "none", args: {} };
const WORDS: Chosen = { name: "one_hot", args: {} };

/** Classes have numbers. An encoder that does not fit is reported apart; another lets the checks go on. */
export function encoderFor(
  name: string,
  role: ColumnRule["role"],
  asked: Asked,
): { readonly encoder: Encoder; readonly args: Args } {
  const { plan, definitions } = asked;
  const own = ownType(name, asked);
  const kind = kindOf(name, role, asked);
  const ofKind = kind === "words" ? (plan.categories ?? WORDS) : plan.scale;
  // A scaled count is none, nor is a scaled share, and what is scaled points elsewhere.
  const stated = own?.type.encoder(own.args, plan.scale) ?? null;
  const many = own?.type.many === true ? stated : LABELS;
  const ofTarget =
    plan.predicts === "labels"
      ? many
      : kind === "words"
        ? CLASSES
        : UNSCALED[plan.predicts] !== undefined
          ? SCALE
          : null;
  const wanted = (role === "target" ? ofTarget : null) ?? stated ?? ofKind;
  const encoder = lookUp(definitions.encoder, wanted.name);
  if (encoder.takes === kind) return { encoder, args: wanted.args };
  const instead = kind === "words" ? WORDS : SCALE;
  return { encoder: lookUp(definitions.encoder, instead.name), args: instead.args };
}

/** A column may be called `constructor`: only the plan's own keys count. */
export function ownType(
  name: string,
  { plan, definitions }: Asked,
): { readonly type: ColumnType; readonly args: Args } | undefined {
  const own = Object.hasOwn(plan.columns, name) ? plan.columns[name] : undefined;
  return own === undefined ? undefined : { type: lookUp(definitions.column, own.name), args: own.args };
}

/** What a target is that is predicted as it is, and what the loss is for: no scale of the file must change it. */
export const UNSCALED: { readonly [K in TargetKind]?: readonly [what: string, all: string] } = {
  count: ["a count", "counts"],
  distribution: ["a share of a whole", "shares"],
  direction: ["part of a direction", "directions"],
};

/** Whether a missing word may be one of those that it encodes. */
export function takesGaps(encoder: Encoder): boolean {
  return encoder.takes === "number" || encoder.gaps === undefined;
}
