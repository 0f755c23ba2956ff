// A layer of Keras where it is called: what it says of itself, and the values that it takes.

import type { ModelInput } from "@netwright/lang";
import type { ForeignGraph } from "../foreign-graph.ts";
import type { ReadSettings } from "../foreign-model.ts";
import type { JsonObject } from "./json.ts";
import type { WeightsOfLayer } from "./weights.ts";

/** What the same words mean, and what is not said. */
export type Written = "keras3" | "keras2" | "tfjs";

export interface Reading {
  readonly g: ForeignGraph;
  readonly written: Written;
  readonly settings: ReadSettings;
  readonly inputs: ModelInput[];
}

export interface LayerSpec {
  readonly className: string;
  readonly name: string;
  /** Where it is known by in the whole file: names of models and of the layer. */
  readonly identity: string;
  readonly module: string;
  /** Of Keras, and not of another package. */
  readonly isOwn: boolean;
  readonly config: JsonObject;
}

/** A value where a layer takes it: a tensor by its name, or what stands there in its place. */
export type Taken =
  | { readonly kind: "tensor"; readonly name: string }
  | { readonly kind: "list"; readonly of: readonly Taken[] }
  | { readonly kind: "plain"; readonly value: unknown };

export interface LayerCall {
  /** For names of layers in Netwright's hands. */
  readonly name: string;
  readonly spec: LayerSpec;
  readonly args: readonly Taken[];
  readonly kwargs: ReadonlyMap<string, Taken>;
  readonly weights: WeightsOfLayer;
}

export function namesOf(taken: Taken): readonly string[] {
  if (taken.kind === "tensor") return [taken.name];
  return taken.kind === "list" ? taken.of.flatMap(namesOf) : [];
}

/** "3.15.1" as 3. */
export function majorOf(version: string | null): number | null {
  const found = /^(\d+)\./.exec(version ?? "");
  return found === null ? null : Number(found[1]);
}
