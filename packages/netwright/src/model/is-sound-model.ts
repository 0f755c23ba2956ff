// Whether a model with known names is one that the language could have made of a file: arguments that their definitions
// take, values that flow from input to output, weights that have an owner, and an end that fits the target.

import { modelVariables, nodeVariables } from "@netwright/compiler";
import { classesOf, labelSeparator, networkInputs, type OpenEncoders } from "@netwright/data";
import {
  type Args,
  type Argument,
  type Catalog,
  columnKindOf,
  type Definition,
  type Family,
  type Instance,
  isShapeProblem,
  type LayerSignature,
  numbersOf,
  type Params,
  type ParamType,
  sameShape,
  sameValueType,
  some,
  type Takes,
  type ValueType,
} from "@netwright/definitions";
import { fitsReport, type Model, membersOf, type Node, predictedKind } from "@netwright/lang";
import type { FullCatalog } from "../catalog/catalog.ts";

export function isSoundModel(model: Model, encoders: OpenEncoders, catalog: FullCatalog): boolean {
  const { data, train, expect, nodes, draws = [] } = model;
  return (
    (data?.query == null || data.query.args["path"] === data.source) &&
    settingsOf(model).every(([family, one]) => one.family === family && isInstance(one, catalog)) &&
    expect.every(({ metric, args }) => {
      const known = catalog.metrics.get(metric);
      return known !== undefined && takes(known.params, args, catalog);
    }) &&
    draws.every(({ members, values }) => values.length === membersBegunBy(members, model, catalog)) &&
    nodes.every(({ layer, args }) => takes(catalog.layer.get(layer)?.params ?? {}, args, catalog)) &&
    fitsReport(model, catalog) &&
    flows(model, widthOf(encoders, train, catalog), encoders, catalog) &&
    hasOwners(model, catalog)
  );
}

function membersBegunBy(name: string, { nodes }: Model, catalog: FullCatalog): number | undefined {
  const begin = nodes.find((node) => node.name === name);
  return begin === undefined ? undefined : catalog.layer.get(begin.layer)?.parts(begin.args).members;
}

/** The settings that are definitions, with the families that they are asked for. */
function settingsOf({ data, train }: Model): readonly (readonly [Family, Instance])[] {
  return [
    ...(data === null
      ? []
      : ([
          ["encoder", data.scale],
          ["missing", data.missing],
          ...(data.categories === undefined ? [] : [["encoder", data.categories] as const]),
          ["splitter", data.split],
          ...(data.query === undefined ? [] : [["source", data.query] as const]),
        ] as const)),
    ...Object.values(data?.columns ?? {}).map((column) => ["column", column] as const),
    ...(train === null
      ? []
      : ([
          ["loss", train.loss],
          ["optimizer", train.optimizer],
        ] as const)),
    ...(train === null || train.stop === null ? [] : ([["stop", train.stop]] as const)),
    ...(typeof train?.threshold === "object" ? ([["threshold", train.threshold]] as const) : []),
    ...(train === null || train.checkpoint === null ? [] : ([["checkpoint", train.checkpoint]] as const)),
  ];
}

function isInstance({ family, name, args }: Instance, catalog: Catalog): boolean {
  const families: Readonly<Record<string, ReadonlyMap<string, Definition>>> = catalog.definitions;
  const known = Object.hasOwn(families, family) ? families[family]?.get(name) : undefined;
  return known !== undefined && takes(known.params, args, catalog);
}

/** Every parameter has an argument of its type, and there are no others. */
function takes(params: Params, args: Args, catalog: Catalog): boolean {
  const all = Object.entries(params);
  return (
    all.length === Object.keys(args).length &&
    all.every(([key, { type }]) => {
      const argument = Object.hasOwn(args, key) ? args[key] : undefined;
      return argument !== undefined && fits(type, argument, catalog);
    })
  );
}

function fits(type: ParamType, value: Argument, catalog: Catalog): boolean {
  switch (type.kind) {
    case "integer":
      return Number.isSafeInteger(value) && isWithin(type, Number(value));
    case "number":
      return typeof value === "number" && isWithin(type, value);
    case "boolean":
      return typeof value === "boolean";
    case "string":
      return typeof value === "string" && type.values?.includes(value) !== false;
    case "choice":
      return typeof value === "string" && type.values.includes(value);
    case "instance":
      return isNamed(value) && value.family === type.family && isInstance(value, catalog);
    case "column":
    case "param":
      return typeof value === "string";
    case "columns":
      return (type.all && value === "all") || (isList(value) && value.length > 0 && value.every(isName));
    case "list":
      return isList(value) && value.every((item) => fits(type.of, item, catalog));
    case "optional":
      return value === null || fits(type.of, value, catalog);
    case "oneOf":
      return type.of.some((one) => fits(one, value, catalog));
  }
}

interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly below?: number;
}

function isWithin({ min, max, above, below }: Range, value: number): boolean {
  return (
    (min === undefined || value >= min) &&
    (max === undefined || value <= max) &&
    (above === undefined || value > above) &&
    (below === undefined || value < below)
  );
}

function isName(value: Argument): boolean {
  return typeof value === "string";
}

function isList(value: Argument): value is readonly Argument[] {
  return Array.isArray(value);
}

function isNamed(value: Argument): value is Instance {
  return typeof value === "object" && value !== null && !isList(value);
}

/** Every value comes from an input of the data or a node before it, with the type that is made there. */
function flows(
  { inputs, nodes, outputs }: Model,
  width: number | null,
  encoders: OpenEncoders,
  catalog: FullCatalog,
): boolean {
  const known = new Map<string, ValueType>();
  const give = (name: string, type: ValueType) => !known.has(name) && known.set(name, type).has(name);
  const isGiven = ({ from, type }: { readonly from: string; readonly type: ValueType }) => {
    const given = known.get(from);
    return given !== undefined && sameValueType(given, type);
  };
  const columns = networkInputs(encoders);
  const [output] = some(outputs);
  return (
    inputs.every(
      ({ name, type }) =>
        columns.some((column) => column.name === name && sameValueType(column.type, type)) &&
        give(name, type),
    ) &&
    nodes.every(
      (node) =>
        node.inputs.every(isGiven) &&
        isMade(node, catalog.layer.get(node.layer)) &&
        give(node.name, node.type),
    ) &&
    isGiven(output) &&
    output.members === membersOf(nodes, output.from, catalog)?.count &&
    sameValueType(
      output.type,
      numbersOf(output.members === undefined ? [width ?? 0] : [output.members, width ?? 0]),
    )
  );
}

function isMade({ inputs, args, type }: Node, layer: LayerSignature | undefined): boolean {
  if (layer === undefined || !takesSoMany(layer.takes, inputs.length)) return false;
  const made = layer.output(some(inputs.map((input) => input.type)), args);
  return !isShapeProblem(made) && sameValueType(made, type);
}

function takesSoMany(takes: Takes, count: number): boolean {
  return takes === 1 ? count === 1 : takes === "many" ? count > 1 : count === takes.length;
}

/** How many numbers the network has to give; nothing where target and loss are of different kinds. */
function widthOf(encoders: OpenEncoders, train: Model["train"], catalog: FullCatalog): number | null {
  const classes = classesOf(encoders)?.length ?? null;
  if ((classes !== null) !== (columnKindOf(predictedKind(train, catalog)) === "words")) return null;
  if ((labelSeparator(encoders) !== null) !== (predictedKind(train, catalog) === "labels")) return null;
  const columns = encoders.target.length;
  if (train === null) return columns;
  return catalog.definitions.loss.get(train.loss.name)?.width({ columns, classes }, train.loss.args) ?? null;
}

/** Weights that are shared are those of a node before that is alike. */
function hasOwners(model: Model, { compiler }: FullCatalog): boolean {
  const owners = new Map<string, Node>();
  for (const node of model.nodes) {
    if (node.weights === node.name) {
      owners.set(node.name, node);
      continue;
    }
    const owner = owners.get(node.weights);
    if (owner === undefined || owner.layer !== node.layer) return false;
    const mine = nodeVariables({ ...node, weights: node.name }, compiler);
    const theirs = nodeVariables(owner, compiler);
    const isAlike = mine.every(
      ({ name, shape }, i) => theirs[i]?.name === name && sameShape(theirs[i].shape, shape),
    );
    if (!isAlike || mine.length !== theirs.length) return false;
  }
  const ids = modelVariables(model, compiler).map(({ id }) => id);
  return new Set(ids).size === ids.length;
}
