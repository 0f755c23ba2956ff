// The `model` section: expands its flow from the input of the data (or of `input`) and checks that it ends
// with the width of the target.

import {
  describeShape,
  describeValueType,
  listNames,
  numbersOf,
  ONLY_INPUT,
  quote,
  type Shape,
  sameValueType,
  type ValueType,
} from "@netwright/definitions";
import { isLibraryName } from "../libraries/libraries.ts";
import { membersOf } from "../model/members-of.ts";
import type { DataSettings, ModelInput, ModelOutput, Node } from "../model/model.ts";
import { replaceBy } from "../report.ts";
import type { ModelItem, Step } from "../syntax/tree.ts";
import type { Context } from "./context.ts";
import type { Declarations } from "./declarations.ts";
import { checkBlock } from "./flow/blocks.ts";
import { type Cursor, onlyValue, shapeNotes, unknown } from "./flow/cursor.ts";
import type { Expansion, StepRun } from "./flow/expansion.ts";
import { spelledInput } from "./flow/input.ts";
import { requireOne } from "./flow/layers.ts";
import { findRecursion } from "./flow/recursion.ts";
import { flowRunner } from "./flow/run-flow.ts";
import { meantNames } from "./meant-names.ts";
import type { Scope } from "./value.ts";

export interface Network {
  /** Undefined when a shape is unknown; then something was reported, or the data file could not be read. */
  readonly network: ResolvedNetwork | undefined;
  /** What the steps did as far as shapes are known. */
  readonly runs: ReadonlyMap<Step, readonly StepRun[]>;
  /** The layers of each use of each block. */
  readonly blockNodes: Expansion["blockNodes"];
}

/** What the data says of the network. */
export interface NetworkData {
  readonly settings: DataSettings | undefined;
  /** Undefined when the settings, the header or the table are not known. */
  readonly inputs: readonly ModelInput[] | undefined;
  readonly outputs: number | undefined;
  /** Of the target; null where numbers are predicted, undefined where they are not known. */
  readonly classes?: number | null | undefined;
}

export interface ResolvedNetwork {
  readonly inputs: readonly ModelInput[];
  readonly nodes: readonly Node[];
  readonly outputs: readonly ModelOutput[];
}

export function resolveModel(
  declarations: Declarations,
  data: NetworkData | null,
  params: Scope,
  mainFile: string,
  context: Context,
): Network {
  const { model, blocks, incomplete } = declarations;
  const scope = modelScope(params, data, incomplete);
  const expansion: Expansion = {
    context,
    blocks,
    recursive: findRecursion(blocks, context),
    usedBlocks: new Set(),
    enteredBlocks: new Set(),
    blockNodes: new Map(),
    checked: new Set(),
    counters: new Map(),
    runs: new Map(),
    inputs: data === null ? [] : data.inputs,
    shared: new Map(),
    stated: undefined,
    layers: 0,
    steps: 0,
    stopped: false,
    run: flowRunner(() => expansion, scope),
  };
  const network = model === undefined ? undefined : runModel(model, declarations, data, scope, expansion);
  checkOtherBlocks(declarations, scope, mainFile, expansion);
  return { network, runs: expansion.runs, blockNodes: expansion.blockNodes };
}

/** How many numbers the features are side by side; inputs of their own are not among them. */
function featuresOf(data: NetworkData | null): number | undefined {
  const type = data?.inputs?.find(({ name }) => name === ONLY_INPUT)?.type;
  return type?.kind === "number" ? type.shape[0] : undefined;
}

/** The params with `features` and `outputs` in front. */
function modelScope(params: Scope, data: NetworkData | null, incomplete: boolean): Scope {
  const hasData = data !== null || incomplete;
  const features = featuresOf(data);
  const builtIn = new Map([
    ["features", features],
    ["outputs", data?.outputs],
  ]);
  // Where the inputs are known and none is of plain numbers there is no such name.
  if (features === undefined && data?.inputs !== undefined) builtIn.delete("features");
  return {
    lookup(name, span) {
      if (!hasData || !builtIn.has(name)) return params.lookup(name, span);
      const value = builtIn.get(name);
      return value === undefined ? { kind: "unknown", span } : { kind: "number", value, whole: true, span };
    },
    names: () => [...params.names(), ...(hasData ? builtIn.keys() : [])],
  };
}

function runModel(
  model: ModelItem,
  { incomplete, data: dataItem }: Declarations,
  data: NetworkData | null,
  scope: Scope,
  expansion: Expansion,
): ResolvedNetwork | undefined {
  const { report } = expansion.context;
  const [first] = model.body.steps;
  if (first === undefined) {
    report.error("NW0221", model.keyword, "the model has no layers");
    return undefined;
  }
  const call = first.kind === "call" ? first.call : undefined;
  const ownInput = (call?.kind === "call" ? call.name.text : call?.name) === "input";
  if (data === null && !ownInput && !incomplete) {
    const at = { ...first.span, end: first.span.start };
    report.error("NW0224", model.keyword, "the model has no input", {
      notes: ["Add a `data` section, or state the number of features as the first step, `input(8)`."],
      fix: replaceBy(at, "input(8) -> ", "start with `input(8)`, with the number of features"),
    });
  }
  const { inputs = [] } = expansion;
  const [only] = inputs;
  const single = inputs.length === 1 ? only : undefined;
  const cursor: Cursor = {
    values:
      inputs.length === 0
        ? [unknown]
        : inputs.map(({ name, type }) => ({
            from: name,
            type,
            label: single === undefined ? spelledInput(name) : "input",
          })),
    open: undefined,
    trace: single === undefined ? undefined : { label: "input", type: single.type, before: undefined },
    nodes: [],
    last: undefined,
    started: false,
  };
  const place = { scope, calls: undefined, depth: 0, checking: false, top: true, path: [] };
  expansion.run(model.body, cursor, place);
  requireOne(cursor, model.keyword, expansion);
  const end = onlyValue(cursor);
  if (end === undefined || expansion.stopped) return undefined;
  const { nodes } = cursor;
  const members = membersOf(nodes, end.from, expansion.context.catalog)?.count ?? null;
  if (data?.outputs !== undefined)
    checkLast(cursor, end.type, members, data, dataItem?.name?.text ?? "data", model, expansion.context);
  const output: ModelOutput = {
    name: PREDICTION,
    from: end.from,
    type: end.type,
    ...(members === null ? {} : { members }),
  };
  const taken = new Set([end.from, ...nodes.flatMap(({ inputs }) => inputs.map(({ from }) => from))]);
  const given = expansion.stated === undefined ? inputs : [expansion.stated];
  const unused = given.filter(({ name }) => !taken.has(name)).map(({ name }) => spelledInput(name));
  const [one] = unused;
  if (one !== undefined) {
    report.warning("NW0229", model.keyword, `nothing in the model takes ${listNames(unused)} of the data`, {
      notes: [
        `\`input(${one})\` begins a flow with it; a column that has no part is left out of \`features\`.`,
      ],
    });
  }
  return { inputs: given.filter(({ name }) => taken.has(name)), nodes, outputs: [output] };
}

/** What the only output is called. */
const PREDICTION = "prediction";

function checkLast(
  { last, trace }: Cursor,
  output: ValueType,
  members: number | null,
  { outputs, settings }: NetworkData,
  dataName: string,
  model: ModelItem,
  context: Context,
): void {
  const needed = members === null ? [outputs ?? 0] : [members, outputs ?? 0];
  if (outputs === undefined || sameValueType(output, numbersOf(needed))) return;
  const target = settings === undefined ? dataName : listNames(settings.target);
  const what =
    last === undefined ? "the model gives its input" : `the last layer, ${quote(last.label)}, gives`;
  const fix =
    last?.width === undefined || output.shape.length !== needed.length
      ? undefined
      : replaceBy(last.width, String(outputs));
  context.report.error(
    "NW0402",
    last?.span ?? model.keyword,
    `${what} ${describeValueType(output)}, and the target needs ${describeShape(needed)}`,
    {
      notes: [
        `The target is ${target}; end the model with a layer of width \`outputs\`, as \`${members === null ? "dense" : "member_dense"}(outputs)\`.`,
        ...(output.shape.length > needed.length && members === null
          ? [settings?.window === undefined ? placesLeft(output.shape) : ONE_OF_MANY]
          : []),
        ...shapeNotes(context, trace, last?.calls),
      ],
      fix,
    },
  );
}

/** What makes one row of numbers of several steps, or of the places of an image. */
function placesLeft({ length }: Shape): string {
  return length === 2
    ? "It still has steps: `flatten` puts them side by side, `global_average_pooling1d` takes their mean, and a recurrent layer gives its last one without `return_sequences`."
    : "It still has places: `flatten` puts them side by side, and `global_average_pooling2d` takes their mean.";
}

const ONE_OF_MANY =
  "A window has several rows: `flatten` puts them side by side, and a recurrent layer, as `simple_rnn`, makes one of them.";

/** Blocks that the model did not enter are looked at as well; those of the main file should be used. */
function checkOtherBlocks(
  { blocks, model, incomplete }: Declarations,
  scope: Scope,
  mainFile: string,
  expansion: Expansion,
): void {
  for (const [name, block] of blocks) {
    // What comes with the language is sound, and may need what this file has not, as a target.
    const isLent = isLibraryName(block.name.span.file);
    if (!expansion.enteredBlocks.has(name) && !isLent) checkBlock(block, scope, expansion);
  }
  if (model === undefined || incomplete || expansion.stopped) return;
  const meant = meantNames(expansion.context);
  for (const [name, block] of blocks) {
    if (expansion.usedBlocks.has(name) || block.span.file !== mainFile) continue;
    if (meant.has(name)) continue;
    expansion.context.report.warning("NW0225", block.name.span, `block ${quote(name)} is never used`, {
      notes: ["Remove it, or call it in the model."],
    });
  }
}
