// The tensors of a `state_dict`, module by module: what stands before the last dot of their names.

import type { FloatTensor } from "../../model/layouts.ts";
import type { Tensors } from "./from-torch.ts";

export interface Module {
  readonly name: string;
  readonly tensors: Tensors;
}

/** In the order of the file. A recurrent module of several layers is one for each of them. */
export function modulesOf(tensors: ReadonlyMap<string, FloatTensor>): readonly Module[] {
  const modules = new Map<string, Map<string, FloatTensor>>();
  const attentions = new Set(
    [...tensors.keys()].flatMap((name) =>
      name.endsWith("in_proj_weight") ? [name.slice(0, -"in_proj_weight".length)] : [],
    ),
  );
  for (const [name, tensor] of tensors) {
    // Counts the batches of a training.
    if (name.endsWith("num_batches_tracked")) continue;
    const around = [...attentions].find((prefix) => name.startsWith(`${prefix}out_proj.`));
    const cut = around === undefined ? name.lastIndexOf(".") : around.length - 1;
    const own = name.slice(cut + 1);
    const layer = /_l(\d+)(_reverse)?$/.exec(own);
    const base = name.slice(0, Math.max(0, cut));
    const number = layer?.[1] ?? "0";
    const module = number === "0" ? base : `${base}.l${number}`;
    const key = layer === null ? own : `${own.slice(0, layer.index)}_l0${layer[2] ?? ""}`;
    const known = modules.get(module);
    if (known === undefined) modules.set(module, new Map([[key, tensor]]));
    else known.set(key, tensor);
  }
  return [...modules].map(([name, own]) => ({ name, tensors: own }));
}
