// A foreign model as a `.net` file.

import type { ForeignLayer, ForeignModel, NotUnderstood } from "@netwright/formats";
import { sizeOf } from "@netwright/ir";
import { analyze, format, LANGUAGE_VERSION, type Model, type ModelInput } from "@netwright/lang";
import type { FullCatalog } from "../catalog/catalog.ts";
import { hasCategories, withoutCategories } from "./categories.ts";
import { type DataText, dataText } from "./data-text.ts";
import { flowText } from "./flow-text.ts";
import type { FlowNode } from "./layer-text.ts";
import type { Misnamed, NamingOptions } from "./naming.ts";
import { type ForeignNetwork, networkOf } from "./network.ts";
import { stepsOf } from "./steps.ts";

export interface NetText {
  readonly text: string;
  /** Null for a model whose input no columns can be: the file states it. */
  readonly data: DataText | null;
  /** What a row has, in the order of its numbers. */
  readonly inputs: readonly ModelInput[];
  /** What each node of the resolved file is; null for one that the foreign model has not. */
  readonly nodes: readonly (FlowNode | null)[];
}

export type NetOutcome = NetText | Misnamed | { readonly refused: readonly NotUnderstood[] };

export interface NetOptions extends NamingOptions {
  /** Without the section `data`: the network alone, whose input is stated. */
  readonly networkOnly?: boolean;
}

/** `name` is that of the file, without its ending. */
export function netText(
  name: string,
  model: ForeignModel,
  known: FullCatalog,
  options: NetOptions,
): NetOutcome {
  const found = networkOf(model, options.networkOnly === true);
  const isCategorical = options.networkOnly !== true && hasCategories(found);
  const bare = printed(known, isCategorical ? withoutCategories(found) : found, [], null);
  if ("refused" in bare) return bare;
  const width = widthOf(bare, known);
  if ("refused" in width) return width;
  // Shares of each place, or a scaling of each channel, are none of all numbers together.
  const network =
    width.shape.length > 1 ? { ...whole({ ...found, scaled: null }), scaled: found.scaled } : found;
  if (options.logits === true && width.shape.length > 1)
    return {
      misnamed: "`logits` are given, and the model gives numbers for each step or place",
      remedy: "Leave them out: a row has one class.",
    };
  const data =
    options.networkOnly === true
      ? null
      : dataText(name, network, sizeOf(width.shape), withWords(options, model, network));
  if (data !== null && "misnamed" in data) return data;
  if (data === null)
    return options.networkOnly === true ? bare : printed(known, whole(network), comment(model), null);
  const kept = keeping(network, data);
  const flat = width.shape.length === 1 ? kept : flattened(kept);
  return printed(known, flat, comment(model), data);
}

function comment({ writer }: ForeignModel): readonly string[] {
  return writer === null ? [] : [`# Imported: ${writer.replace(/[^ -~]+/g, " ").slice(0, 80)}.`, ""];
}

/** With all that the columns and the loss do not say, as layers. */
function keeping(
  network: ForeignNetwork,
  { keepsScaling, keepsUnscaling, keepsLink }: DataText,
): ForeignNetwork {
  return whole({
    ...network,
    scaled: keepsScaling ? network.scaled : null,
    unscaled: keepsUnscaling ? network.unscaled : null,
    link: keepsLink ? network.link : null,
  });
}

/** Scalings and link of its ends as layers of it. */
function whole(network: ForeignNetwork): ForeignNetwork {
  let { layers, output } = network;
  const add = (layer: Pick<ForeignLayer, "name" | "layer" | "args">) => {
    layers = [...layers, { ...layer, inputs: [output], weights: new Map(), sharedWith: null }];
    output = layer.name;
  };
  const [only] = network.inputs;
  if (network.scaled !== null && only !== undefined) {
    const { centre, by } = network.scaled;
    const first: ForeignLayer = {
      name: SCALED,
      layer: "rescaling",
      args: { centre, by, inverse: false },
      inputs: [only.name],
      weights: new Map(),
      sharedWith: null,
    };
    const moved = layers.map((layer) => ({
      ...layer,
      inputs: layer.inputs.map((input) => (input === only.name ? SCALED : input)),
    }));
    layers = [first, ...moved];
    if (output === only.name) output = SCALED;
  }
  if (network.unscaled !== null) {
    const { centre, by } = network.unscaled;
    add({ name: UNSCALED, layer: "rescaling", args: { centre, by, inverse: true } });
  }
  if (network.link !== null) add({ name: LINKED, layer: network.link, args: {} });
  return { ...network, layers, output, scaled: null, unscaled: null, link: null };
}

function flattened(network: ForeignNetwork): ForeignNetwork {
  const { layers, output } = network;
  const flat: ForeignLayer = {
    name: FLAT,
    layer: "flatten",
    args: {},
    inputs: [output],
    weights: new Map(),
    sharedWith: null,
  };
  return { ...network, layers: [...layers, flat], output: FLAT };
}

/** No file has such a name of a layer. */
const SCALED = "\0scaled";
const UNSCALED = "\0unscaled";
const LINKED = "\0linked";
const FLAT = "\0flat";

function printed(
  known: FullCatalog,
  network: ForeignNetwork,
  head: readonly string[],
  data: DataText | null,
): NetText | { readonly refused: readonly NotUnderstood[] } {
  const merges = ({ layer }: ForeignLayer) =>
    known.layer.get(layer)?.params["activation"]?.default === "linear";
  const steps = stepsOf(network, merges);
  if ("refused" in steps) return steps;
  const { inputs } = network;
  const isIndexed = data === null && inputs.length > 1 && inputs.some(({ type }) => type.kind === "index");
  if (isIndexed)
    return {
      refused: [
        {
          what: `The inputs ${inputs.map(({ name }) => `\`${name}\``).join(", ")}`,
          why: "are several, of which one is indices: a file without a table has one input",
        },
      ],
    };
  const flow = flowText(steps.steps, inputs, known, data?.inputNames);
  const input = data === null ? statedInput(network) : data.input;
  const lines = [
    `netwright ${LANGUAGE_VERSION}`,
    "",
    ...head,
    ...(data === null ? [] : [...data.data, ""]),
    ...flow.blocks,
    "model {",
    ...(input === null ? [] : [input]),
    ...flow.lines,
    "}",
    ...(data === null ? [] : ["", ...data.train]),
  ];
  return { text: format(`${lines.join("\n")}\n`).text, data, inputs: network.columns, nodes: flow.nodes };
}

function statedInput({ inputs }: ForeignNetwork): string {
  const [only, another] = inputs;
  if (only === undefined) return "";
  if (another !== undefined) return `input(${inputs.reduce((sum, { type }) => sum + sizeOf(type.shape), 0)})`;
  const { type } = only;
  const sizes = type.shape.length === 0 ? [1] : type.shape;
  return `input(${[...sizes, ...(type.kind === "index" ? [`below: ${type.of}`] : [])].join(", ")})`;
}

/** Of what the network gives for a row. */
function widthOf(
  { text }: NetText,
  known: FullCatalog,
): { readonly shape: readonly number[] } | { readonly refused: readonly NotUnderstood[] } {
  const found = resolved(text, known);
  const shape = found.model?.outputs[0]?.type.shape;
  return shape === undefined ? { refused: [unsayable(found.why)] } : { shape };
}

export function unsayable(why: string): NotUnderstood {
  return { what: "The network", why: `is none that the language says: ${why.replace(/\.$/, "")}` };
}

export function resolved(
  text: string,
  known: FullCatalog,
  file = "imported.net",
): { readonly model?: Model; readonly why: string } {
  const host = { readFile: (path: string) => ({ reason: `${path} is not read` }), columns: () => undefined };
  const { model, diagnostics } = analyze({ file, text }, { catalog: known, host });
  const first = diagnostics.find(({ severity }) => severity === "error");
  return { ...(model === undefined ? {} : { model }), why: first?.message ?? "" };
}

/** The words of the file, where nobody has said others. */
function withWords(
  options: NamingOptions,
  { classes }: ForeignModel,
  { link }: ForeignNetwork,
): NamingOptions {
  const isOfClasses = link !== null || options.logits === true;
  return classes === null || !isOfClasses || options.classes !== undefined
    ? options
    : { ...options, classes };
}
