// The flow of a resolved model as lines of a file: the parts of residuals and branches, which nodes know by their paths,
// are put around them again.

import type { Args, Argument, ValueType } from "@netwright/definitions";
import type { Model, Node } from "@netwright/lang";

export function flowLines({ data, inputs, nodes }: Model): string[] {
  const [only] = inputs;
  const stated = data === null && only !== undefined ? [`input(${spellSizes(only.type)})`] : [];
  return [...stated, ...linesAt(nodes, 0)];
}

function spellSizes(type: ValueType): string {
  const below = type.kind === "index" ? [`below: ${type.of}`] : [];
  return [...type.shape, ...below].join(", ");
}

/** `nodes` have the first `depth` parts of their paths in common. */
function linesAt(nodes: readonly Node[], depth: number): string[] {
  const lines: string[] = [];
  let inside: Node[] = [];
  for (const node of nodes) {
    if (node.path.length > depth) {
      inside.push(node);
      continue;
    }
    lines.push(...(node.closes === null ? [layerLine(node)] : closedLines(node, node.closes, inside, depth)));
    inside = [];
  }
  return lines;
}

function closedLines(
  node: Node,
  { name, kind, parts }: NonNullable<Node["closes"]>,
  inside: readonly Node[],
  depth: number,
): string[] {
  const linesOf = (part: string): string[] =>
    linesAt(
      inside.filter(({ path }) => path[depth] === `${name}.${part}`),
      depth + 1,
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
