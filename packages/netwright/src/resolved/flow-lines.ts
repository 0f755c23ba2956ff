// The flow of a resolved model as lines of a file: the parts of residuals and branches, which nodes know by their paths,
// are put around them again.

import { ONLY_INPUT, type ValueType } from "@netwright/definitions";
import { type Model, type Node, spelledInput } from "@netwright/lang";
import type { FullCatalog } from "../catalog/catalog.ts";
import { spellCall } from "./spell.ts";

export interface FlowLines {
  /** One for each block whose weights are shared. */
  readonly blocks: readonly string[];
  readonly model: readonly string[];
}

/** `known` is what the names of layers stand for. */
export function flowLines({ data, inputs, nodes }: Model, known: FullCatalog): FlowLines {
  const [only, ...others] = inputs;
  const stated = data === null && only !== undefined ? [`input(${spellSizes(only.type)})`] : [];
  const blocks = new Map<string, readonly string[]>();
  // An input of a column is asked for by its name, also where it is the only one that is used.
  const single = others.length === 0 && (data === null || only?.name === ONLY_INPUT) ? only?.name : undefined;
  const names = new Set(inputs.map(({ name }) => name));
  const flow: Flow = { depth: 0, begins: single, inputs: names, blocks, known };
  const model = [...stated, ...linesAt(nodes, flow)];
  return { blocks: [...blocks].flatMap(([name, lines]) => [`block ${name} {`, ...lines, "}", ""]), model };
}

interface Flow {
  /** As many parts of their paths its nodes have in common. */
  readonly depth: number;
  /** The value that it begins with; undefined for all inputs of a model that has several. */
  readonly begins: string | undefined;
  readonly inputs: ReadonlySet<string>;
  readonly blocks: Map<string, readonly string[]>;
  readonly known: FullCatalog;
}

function spellSizes(type: ValueType): string {
  const below = type.kind === "index" ? [`below: ${type.of}`] : [];
  return [...type.shape, ...below].join(", ");
}

function linesAt(nodes: readonly Node[], flow: Flow): string[] {
  const { depth, inputs, blocks } = flow;
  const lines: string[] = [];
  const uses = new Set<string>();
  let inside: Node[] = [];
  let current = flow.begins;
  const startWith = (from: string | undefined): void => {
    if (from !== undefined && from !== current && inputs.has(from)) {
      lines.push(inputLine(from));
      current = from;
    }
  };
  for (const node of nodes) {
    const part = node.path[depth];
    const [shared = "", use] = part?.split("#") ?? [];
    if (part === undefined) {
      const { closes } = node;
      startWith(closes === null ? node.inputs[0]?.from : startOf(closes, node, inside, depth));
      const at = { ...flow, begins: current };
      lines.push(...(closes === null ? [layerLine(node, flow)] : closedLines(node, closes, inside, at)));
      inside = [];
      current = node.name;
    } else if (use === undefined) inside.push(node);
    else {
      if (!uses.has(part)) {
        uses.add(part);
        startWith(node.inputs[0]?.from);
        lines.push(`shared(${shared})`);
        const body = nodes.filter(({ path }) => path[depth] === part);
        if (!blocks.has(shared))
          blocks.set(shared, linesAt(body, { ...flow, depth: depth + 1, begins: current }));
      }
      current = node.name;
    }
  }
  return lines;
}

type Closed = NonNullable<Node["closes"]>;

/** What a residual takes; branches begin for themselves. */
function startOf(
  { name, kind, parts }: Closed,
  { inputs }: Node,
  inside: readonly Node[],
  depth: number,
): string | undefined {
  if (kind !== "residual") return undefined;
  const project = inside.find(({ path }) => path[depth] === `${name}.project`);
  return (project?.inputs[0] ?? inputs[parts.indexOf("input")])?.from;
}

function closedLines(
  node: Node,
  { name, kind, parts }: Closed,
  inside: readonly Node[],
  flow: Flow,
): string[] {
  const { depth, begins, inputs } = flow;
  const nodesOf = (part: string) => inside.filter(({ path }) => path[depth] === `${name}.${part}`);
  const linesOf = (part: string): string[] => linesAt(nodesOf(part), { ...flow, depth: depth + 1 });
  if (kind === "residual") {
    const [project] = linesOf("project");
    const call = project === undefined ? "" : `(project: ${project})`;
    return [`residual${call} {`, ...linesOf("body"), "}"];
  }
  const branches = parts.flatMap((part, i) => {
    const from = node.inputs[i]?.from;
    const isInput = nodesOf(part).length === 0 && from !== undefined && from !== begins && inputs.has(from);
    return [`${part} {`, ...(isInput ? [inputLine(from)] : linesOf(part)), "}"];
  });
  return ["parallel {", ...branches, `} -> ${layerLine(node, flow)}`];
}

function inputLine(name: string): string {
  return `input(${spelledInput(name)})`;
}

function layerLine({ layer, args }: Node, { known }: Flow): string {
  return spellCall(layer, args, known.layer.get(layer)?.params ?? {}, known);
}
