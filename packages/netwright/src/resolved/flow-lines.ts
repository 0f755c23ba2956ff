// The flow of a resolved model as lines of a file: the parts of residuals and branches, which nodes know by their paths,
// are put around them again.

import type { Args, Argument, ValueType } from "@netwright/definitions";
import type { Model, Node } from "@netwright/lang";

export interface FlowLines {
  /** One for each block whose weights are shared. */
  readonly blocks: readonly string[];
  readonly model: readonly string[];
}

export function flowLines({ data, inputs, nodes }: Model): FlowLines {
  const [only] = inputs;
  const stated = data === null && only !== undefined ? [`input(${spellSizes(only.type)})`] : [];
  const blocks = new Map<string, readonly string[]>();
  const model = [...stated, ...linesAt(nodes, 0, blocks)];
  return { blocks: [...blocks].flatMap(([name, lines]) => [`block ${name} {`, ...lines, "}", ""]), model };
}

type Blocks = Map<string, readonly string[]>;

function spellSizes(type: ValueType): string {
  const below = type.kind === "index" ? [`below: ${type.of}`] : [];
  return [...type.shape, ...below].join(", ");
}

/** `nodes` have the first `depth` parts of their paths in common. */
function linesAt(nodes: readonly Node[], depth: number, blocks: Blocks): string[] {
  const lines: string[] = [];
  const uses = new Set<string>();
  let inside: Node[] = [];
  for (const node of nodes) {
    const part = node.path[depth];
    const [shared = "", use] = part?.split("#") ?? [];
    if (part === undefined) {
      const { closes } = node;
      lines.push(...(closes === null ? [layerLine(node)] : closedLines(node, closes, inside, depth, blocks)));
      inside = [];
    } else if (use === undefined) inside.push(node);
    else if (!uses.has(part)) {
      uses.add(part);
      lines.push(`shared(${shared})`);
      const body = nodes.filter(({ path }) => path[depth] === part);
      if (!blocks.has(shared)) blocks.set(shared, linesAt(body, depth + 1, blocks));
    }
  }
  return lines;
}

function closedLines(
  node: Node,
  { name, kind, parts }: NonNullable<Node["closes"]>,
  inside: readonly Node[],
  depth: number,
  blocks: Blocks,
): string[] {
  const linesOf = (part: string): string[] =>
    linesAt(
      inside.filter(({ path }) => path[depth] === `${name}.${part}`),
      depth + 1,
      blocks,
    );
  if (kind === "residual") {
    const [project] = linesOf("project");
    const call = project === undefined ? "" : `(project: ${project})`;
    return [`residual${call} {`, ...linesOf("body"), "}"];
  }
  const branches = parts.flatMap((part) => [`${part} {`, ...linesOf(part), "}"]);
  return ["parallel {", ...branches, `} -> ${layerLine(node)}`];
}

function layerLine({ layer, args }: Node): string {
  return spellCall(layer, args);
}

/** A value as a file would have it; all strings among arguments are words. */
export function spellArgument(value: Argument): string {
  if (value === null) return "none";
  if (typeof value !== "object") return String(value);
  if ("family" in value) return spellCall(value.name, value.args);
  return `[${value.map(spellArgument).join(", ")}]`;
}

function spellCall(name: string, args: Args): string {
  const given = Object.entries(args).map(([key, value]) => `${key}: ${spellArgument(value)}`);
  return given.length === 0 ? name : `${name}(${given.join(", ")})`;
}
