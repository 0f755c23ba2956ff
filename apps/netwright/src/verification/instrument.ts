// A program whose training step shows all that it computes: the result of every operation becomes a variable
// of the state, so that any backend gives it out through the contract that all of them have.

import {
  type AnyOp,
  at,
  type Func,
  type OpName,
  type Program,
  type StateVariable,
  type Value,
} from "@netwright/ir";

export interface Watched {
  /** Name of the state variable. */
  readonly variable: string;
  /** What it is the result of: the name of an operation, or `update of dense_1.kernel`. */
  readonly op: string;
  /** Where the network has it; empty for what belongs to no layer. */
  readonly layer: string;
}

export interface Instrumented {
  readonly program: Program;
  /** In the order in which they are computed. */
  readonly watched: readonly Watched[];
  /** For each weight the variable with its gradient. */
  readonly gradients: ReadonlyMap<string, string>;
}

/** Operations that move numbers and compute none. */
const MOVES: ReadonlySet<OpName> = new Set(["constant", "iota", "broadcast_in_dim", "reshape", "transpose"]);

/** Only the step for that batch is kept. @throws Error when the program has none */
export function instrument(program: Program, batch: number): Instrumented {
  const step = program.functions.find((func) => func.kind === "step" && func.batch === batch);
  if (step === undefined) throw new Error(`the program has no step for ${batch} rows`);
  const shown = step.body
    .filter(({ name }) => !MOVES.has(name))
    .flatMap((op) => op.results.flatMap((value) => (value.type.dtype === "f32" ? [{ op, value }] : [])));
  const variables = shown.map(
    ({ value }, i): StateVariable => ({ name: `watched/${i}`, role: "slot", type: value.type }),
  );
  const nameOf = new Map(shown.map(({ value }, i) => [value.id, variables[i]?.name ?? ""]));
  const composites = program.functions.filter(({ kind }) => kind === "composite");
  return {
    program: {
      ...program,
      state: [...program.state, ...variables],
      functions: [show(step, variables, shown), ...composites],
    },
    watched: shown.map(({ op }, i) => ({
      variable: variables[i]?.name ?? "",
      op: nameFor(op, step),
      layer: op.origin?.layer ?? "",
    })),
    gradients: gradientsOf(step, nameOf),
  };
}

/** As a person knows it: an update is a composite, which says of itself the name of its rule alone. */
function nameFor(op: AnyOp, step: Func): string {
  if (op.name !== "composite") return op.name;
  if (!isUpdate(op)) return op.attributes.composite;
  const weight = at(op.operands, 0);
  const name = step.parameters.find(({ value }) => value.id === weight.id)?.name;
  return name === undefined ? "update" : `update of ${name}`;
}

/** The step that writes what is shown to the variables, too. */
function show(
  step: Func,
  variables: readonly StateVariable[],
  shown: readonly { readonly value: Value }[],
): Func {
  const names = variables.map(({ name }) => name);
  const written = shown.map(({ value }, i) => ({ name: names[i] ?? "", value }));
  return { ...step, writes: [...names, ...step.writes], results: [...written, ...step.results] };
}

/** The second operand of an optimizer update is the gradient, the first the weight. */
function gradientsOf(step: Func, nameOf: ReadonlyMap<number, string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const op of step.body) {
    if (!isUpdate(op)) continue;
    const [weight, gradient] = op.operands;
    const name = step.parameters.find(({ value }) => value.id === weight?.id)?.name;
    const variable = gradient && nameOf.get(gradient.id);
    if (name !== undefined && variable !== undefined) found.set(name, variable);
  }
  return found;
}

function isUpdate(op: AnyOp): boolean {
  return op.name === "composite" && op.attributes.composite.startsWith("optimizer_update.");
}
