// A model of another tool while it is read: layers as they come, how many sizes a row of each has, and all that is not understood.

import type { Args } from "@netwright/definitions";
import type { FloatTensor } from "../model/layouts.ts";
import type { ForeignLayer, ForeignLayerName, NotUnderstood } from "./foreign-model.ts";

export interface AddedLayer {
  readonly name: string;
  readonly layer: ForeignLayerName;
  readonly args?: Args;
  readonly inputs: readonly string[];
  readonly weights?: Readonly<Record<string, FloatTensor>>;
  /** What its weights are known by, where the file may use them several times. */
  readonly identity?: string;
  /** Sizes of a row of what it gives; as many as its first input has where it is not given. */
  readonly rank?: number;
}

export class ForeignGraph {
  readonly layers: ForeignLayer[] = [];
  readonly refused: NotUnderstood[] = [];
  readonly notes: string[] = [];
  readonly #ranks = new Map<string, number>();
  readonly #owners = new Map<string, string>();
  readonly #names = new Set<string>();

  /** Gives its name. */
  add({ name: wanted, layer, args = {}, inputs, weights = {}, identity, rank }: AddedLayer): string {
    const name = this.named(wanted);
    const own = new Map(Object.entries(weights));
    // A use with other arguments computes something else: it has the weights for itself.
    const key = identity === undefined || own.size === 0 ? null : `${identity} ${JSON.stringify(args)}`;
    const owner = key === null ? undefined : this.#owners.get(key);
    if (key !== null && owner === undefined) this.#owners.set(key, name);
    this.layers.push({
      name,
      layer,
      args,
      inputs,
      weights: owner === undefined ? own : new Map(),
      sharedWith: owner ?? null,
    });
    this.#ranks.set(name, rank ?? this.rankOf(inputs[0] ?? ""));
    return name;
  }

  /** An input of the model. */
  input(name: string, rank: number): string {
    const own = this.named(name);
    this.#ranks.set(own, rank);
    return own;
  }

  rankOf(name: string): number {
    return this.#ranks.get(name) ?? 1;
  }

  refuse(what: string, why: string): void {
    if (!this.refused.some((one) => one.what === what && one.why === why)) this.refused.push({ what, why });
  }

  /** A sentence that is said once. */
  note(sentence: string): void {
    if (!this.notes.includes(sentence)) this.notes.push(sentence);
  }

  /** As no other layer has it. */
  named(wanted: string): string {
    let name = wanted;
    for (let k = 2; this.#names.has(name); k++) name = `${wanted}_${k}`;
    this.#names.add(name);
    return name;
  }
}
