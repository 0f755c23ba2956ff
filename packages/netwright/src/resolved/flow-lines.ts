// The flow of a resolved model as lines of a file: the parts of residuals and branches, which nodes know by their paths,
// are put around them again.

import { type Args, type Argument, ONLY_INPUT, type ValueType } from "@netwright/definitions";
import { type Model, type Node, spelledInput } from "@netwright/lang";

export interface FlowLines {
  /** One for each block whose weights are shared. */
  readonly blocks: readonly string[];
  readonly model: readonly string[];
}

export function flowLines({ data, inputs, nodes }: Model): FlowLines {
  const [only] = inputs;
  const stated = data === null && only !== undefined ? [`input(${spellSizes(only.type)})`] : [];
  const blocks = new Map<string, readonly string[]>();
  const model = [...stated, ...linesAt(nodes, 0, { blocks, inputs: namedInputs(inputs) })];
  return { blocks: [...blocks].flatMap(([name, lines]) => [`block ${name} {`, ...lines, "}", ""]), model };
}

interface Around {
  /** What is written so far of blocks whose weights are shared. */
  readonly blocks: Map<string, readonly string[]>;
  /** How the inputs are taken, `input(maker)`, by their names; those that need not be named are not among them. */
  readonly inputs: ReadonlyMap<string, string>;
}

function namedInputs(inputs: Model["inputs"]): Around["inputs"] {
  const [only] = inputs;
  if (inputs.length === 1 && only?.name === ONLY_INPUT) return new Map();
  return new Map(inputs.map(({ name }) => [name, `input(${spelledInput(name)})`]));
}

function spellSizes(type: ValueType): string {
  const below = type.kind === "index" ? [`below: ${type.of}`] : [];
  return [...type.shape, ...below].join(", ");
}

/** `nodes` have the first `depth` parts of their paths in common. */
function linesAt(nodes: readonly Node[], depth: number, around: Around): string[] {
  const { blocks } = around;
  const lines: string[] = [];
  const uses = new Set<string>();
  let inside: Node[] = [];
  for (const node of nodes) {
    const part = node.path[depth];
    const [shared = "", use] = part?.split("#") ?? [];
    if (part === undefined) {
      const { closes } = node;
      lines.push(
        ...(closes === null ? [layerLine(node, around)] : closedLines(node, closes, inside, depth, around)),
      );
      inside = [];
    } else if (use === undefined) inside.push(node);
    else if (!uses.has(part)) {
      uses.add(part);
      lines.push(`shared(${shared})`);
      const body = nodes.filter(({ path }) => path[depth] === part);
      if (!blocks.has(shared)) blocks.set(shared, linesAt(body, depth + 1, around));
    }
  }
  return lines;
}

function closedLines(
  node: Node,
  { name, kind, parts }: NonNullable<Node["closes"]>,
  inside: readonly Node[],
  depth: number,
  around: Around,
): string[] {
  const linesOf = (part: string): string[] =>
    linesAt(
      inside.filter(({ path }) => path[depth] === `${name}.${part}`),
      depth + 1,
      around,
    );
  const taken = node.inputs.map(({ from }) => around.inputs.get(from));
  if (kind === "residual") {
    const [project] = linesOf("project");
    const [first = "", second] = project?.split(" -> ") ?? [];
    const call = project === undefined ? "" : `(project: ${second ?? first})`;
    const start = second === undefined ? taken.find((input) => input !== undefined) : first;
    return [`${start === undefined ? "" : `${start} -> `}residual${call} {`, ...linesOf("body"), "}"];
  }
  const branches = parts.flatMap((part, i) => {
    const lines = linesOf(part);
    // A branch without layers may hand an input on.
    const handed = lines.length === 0 ? (taken[i] ?? "") : "";
    return [`${part} {`, ...lines, ...(handed === "" ? [] : [handed]), "}"];
  });
  return ["parallel {", ...branches, `} -> ${spellCall(node.layer, node.args)}`];
}

function layerLine({ layer, args, inputs: [source, ...others] }: Node, { inputs }: Around): string {
  const input = others.length === 0 && source !== undefined ? inputs.get(source.from) : undefined;
  return `${input === undefined ? "" : `${input} -> `}${spellCall(layer, args)}`;
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
