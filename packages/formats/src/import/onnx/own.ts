// A file that Netwright wrote: the columns in front of its network and what becomes of its last layer are cut off, as its own texts
// say both better.

import { isObject } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import type { ModelInput } from "@netwright/lang";
import { tensorOf } from "./constant.ts";
import type { FileModel, FileNode } from "./decode.ts";

export interface OwnNetwork {
  readonly nodes: readonly FileNode[];
  /** By the names of values in the file. */
  readonly inputs: ReadonlyMap<string, ModelInput>;
  readonly output: string;
}

const COLUMNS = "columns/";
const PREDICTION = "prediction/";

/** Null for the file of another writer. */
export function ownNetwork({ producer, graph, metadata }: FileModel): OwnNetwork | null {
  if (producer.name !== "netwright") return null;
  const givers = new Map(
    graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)),
  );
  const isEnd = (node: FileNode) => node.name.startsWith(PREDICTION) || !node.name.includes("/");
  const isFront = (node: FileNode) => node.name.startsWith(COLUMNS);
  const nodes = graph.nodes.filter((node) => !isEnd(node) && !isFront(node));
  const weights = new Set(graph.initializers.map(({ name }) => name));
  const isCut = (name: string) => {
    const giver = givers.get(name);
    return name !== "" && !weights.has(name) && (giver === undefined || isFront(giver));
  };
  const body = new Set(nodes);
  const ends = graph.nodes.filter(isEnd);
  const output =
    ends
      .flatMap(({ inputs }) => inputs)
      .find((name) => {
        const giver = givers.get(name);
        return giver !== undefined && body.has(giver);
      }) ??
    ends.flatMap(({ inputs }) => inputs).find((name) => graph.inputs.some((input) => input.name === name));
  if (output === undefined) return null;
  const front = [...new Set(nodes.flatMap(({ inputs }) => inputs).filter(isCut))];
  const told = columnsIn(metadata.get("netwright.contract"));
  const inputs = new Map<string, ModelInput>();
  for (const name of front) {
    const input = graph.inputs.some((one) => one.name === name)
      ? null
      : inputOf(name, givers, told, graph.initializers);
    if (input !== null) inputs.set(name, input);
  }
  // Nodes stand in the order of the flow, and inputs in that of their columns.
  const order = [...told.columns.values()].map(({ input }) => input);
  const sorted = [...inputs].sort(([, a], [, b]) => order.indexOf(a.name) - order.indexOf(b.name));
  return { nodes, inputs: new Map(sorted), output };
}

interface Column {
  readonly name: string;
  readonly input: string;
  readonly size: number;
  /** Of an index; null for numbers. */
  readonly below: number | null;
}

interface Columns {
  readonly columns: ReadonlyMap<string, Column>;
  /** Rows of a window; null without. */
  readonly steps: number | null;
}

/** Of the contract what is needed, as far as it is there. */
function columnsIn(text: string | undefined): Columns {
  const columns = new Map<string, Column>();
  const contract = text === undefined ? null : parsed(text);
  const inputs = isObject(contract) ? contract["inputs"] : [];
  for (const input of Array.isArray(inputs) ? inputs : []) {
    if (!isObject(input) || typeof input["name"] !== "string") continue;
    const { place, coding } = { place: input["place"], coding: input["coding"] };
    if (!isObject(place) || typeof place["input"] !== "string" || typeof place["size"] !== "number") continue;
    const below = isObject(coding) && coding["kind"] === "index" ? coding["of"] : null;
    columns.set(input["name"], {
      name: input["name"],
      input: place["input"],
      size: place["size"],
      below: typeof below === "number" ? below : null,
    });
  }
  const window = isObject(contract) ? contract["window"] : null;
  const steps = isObject(window) ? window["length"] : null;
  return { columns, steps: typeof steps === "number" ? steps : null };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The input of the network that a value becomes, by the columns that it is made of. */
function inputOf(
  value: string,
  givers: ReadonlyMap<string, FileNode>,
  { columns, steps }: Columns,
  initializers: FileModel["graph"]["initializers"],
): ModelInput | null {
  const own: Column[] = [];
  const open = [value];
  const seen = new Set(open);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const column = columns.get(name);
    if (column !== undefined && !givers.has(name)) own.push(column);
    for (const input of givers.get(name)?.inputs ?? [])
      if (!seen.has(input)) {
        seen.add(input);
        open.push(input);
      }
  }
  const [first] = own;
  if (first === undefined) return null;
  const rows = steps === null ? [] : [steps];
  if (first.below !== null)
    return { name: first.input, type: { kind: "index", shape: rows, of: first.below } };
  const giver = givers.get(value);
  const target = initializers.find(({ name }) => name === giver?.inputs[1]);
  const sizes = giver?.op === "Reshape" && target !== undefined ? tensorOf(target, new Map()) : null;
  const width = own.reduce((sum, { size }) => sum + size, 0);
  const shape =
    sizes !== null &&
    "kind" in sizes &&
    sizes.kind === "constant" &&
    sizeOf(Array.from(sizes.data.slice(1))) > 0
      ? Array.from(sizes.data.slice(1))
      : [...rows, width];
  return { name: first.input, type: { kind: "number", shape } };
}
