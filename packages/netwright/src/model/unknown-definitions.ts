// What a saved model names and a catalog has not: definitions of whoever trained it.

import type { Argument, Instance } from "@netwright/definitions";
import type { Model } from "@netwright/lang";
import type { FullCatalog } from "../catalog/catalog.ts";

/** Names, each once. */
export function unknownDefinitions(
  { nodes, train }: Model,
  { layer, definitions }: FullCatalog,
): readonly string[] {
  const instances = [
    ...nodes.flatMap(({ args }) => Object.values(args).flatMap(instancesIn)),
    ...(train === null ? [] : [train.loss, train.optimizer].flatMap(instancesIn)),
  ];
  const isKnown = ({ family, name }: Instance): boolean =>
    family === "layer" ? layer.has(name) : definitions[family].has(name);
  return [
    ...new Set([
      ...nodes.flatMap((node) => (layer.has(node.layer) ? [] : [node.layer])),
      ...instances.flatMap((instance) => (isKnown(instance) ? [] : [instance.name])),
    ]),
  ];
}

/** An instance, and those in its arguments. */
function instancesIn(argument: Argument): readonly Instance[] {
  if (typeof argument !== "object" || argument === null) return [];
  if (!("family" in argument)) return argument.flatMap(instancesIn);
  return [argument, ...Object.values(argument.args).flatMap(instancesIn)];
}
