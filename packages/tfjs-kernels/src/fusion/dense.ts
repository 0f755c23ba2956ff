// Finds dense layers: a product, plus a bias for each column, perhaps clamped at zero, which _FusedMatMul
// computes in one kernel on backends whose profile says that it means the same.

import type { AnyOp, NamedValue, Op, Value } from "@netwright/ir";
import type { Profile } from "../device/profile.ts";
import type { Planner } from "../plan/planner.ts";
import { product } from "../product/product.ts";

/** What stands for an operation: nothing, as another has taken it over, or its own instructions. */
export type Fusion = "absorbed" | { readonly lower: (planner: Planner) => void };

interface Context {
  /** The operation that defines a value. */
  readonly definition: ReadonlyMap<number, AnyOp>;
  /** Uses of a value, as operand or as result of the function. */
  readonly uses: ReadonlyMap<number, number>;
}

export function findFusions(
  body: readonly AnyOp[],
  results: readonly NamedValue[],
  level: Profile["fusedProduct"],
): ReadonlyMap<AnyOp, Fusion> {
  const fusions = new Map<AnyOp, Fusion>();
  if (level === "none") return fusions;
  const context = contextOf(body, results);
  for (const op of body) {
    const dense = matchDense(op, context);
    if (dense === undefined) continue;
    const clamp = level === "bias and relu" ? matchRelu(op, body, context) : undefined;
    fusions.set(dense.dot, "absorbed");
    if (clamp !== undefined) fusions.set(op, "absorbed");
    const [value] = (clamp ?? op).results;
    const lower = (planner: Planner): void => {
      const bias = planner.full(dense.bias);
      if (value !== undefined)
        planner.bind(value, product(dense.dot, planner, { bias, relu: clamp !== undefined }));
    };
    fusions.set(clamp ?? op, { lower });
  }
  return fusions;
}

function contextOf(body: readonly AnyOp[], results: readonly NamedValue[]): Context {
  const definition = new Map<number, AnyOp>();
  const uses = new Map<number, number>();
  const use = ({ id }: Value) => uses.set(id, (uses.get(id) ?? 0) + 1);
  for (const op of body) {
    for (const value of op.results) definition.set(value.id, op);
    for (const value of op.operands) use(value);
  }
  for (const { value } of results) use(value);
  return { definition, uses };
}

/** product [m, n] + bias [n] repeated over the rows, in either order. */
function matchDense(op: AnyOp, context: Context): { dot: Op<"dot_general">; bias: Value } | undefined {
  if (op.name !== "add") return undefined;
  for (const [p, q] of [op.operands, [...op.operands].reverse()]) {
    const dot = p && context.definition.get(p.id);
    const repeat = q && context.definition.get(q.id);
    if (dot?.name !== "dot_general" || repeat?.name !== "broadcast_in_dim") continue;
    const [bias] = repeat.operands;
    const [rows, columns] = dot.results[0]?.type.shape ?? [];
    const isBias = bias?.type.shape.length === 1 && repeat.attributes.dimensions[0] === 1;
    const isMatrix = rows !== undefined && columns !== undefined && p?.type.shape.length === 2;
    const hasWork = (dot.operands[0]?.type.shape ?? []).every((size) => size > 0);
    if (bias === undefined || !isBias || !isMatrix || !hasWork || bias.type.shape[0] !== columns) continue;
    if (dot.attributes.lhsBatching.length > 0 || context.uses.get(p?.id ?? -1) !== 1) continue;
    return { dot, bias };
  }
  return undefined;
}

/** The maximum with zero that alone uses the sum. */
function matchRelu(op: AnyOp, body: readonly AnyOp[], context: Context): AnyOp | undefined {
  const [sum] = op.results;
  if (sum === undefined || context.uses.get(sum.id) !== 1) return undefined;
  const user = body.find((other) => other.operands.some((value) => value.id === sum.id));
  if (user?.name !== "maximum") return undefined;
  const other = user.operands.find((value) => value.id !== sum.id);
  const zero = other && context.definition.get(other.id);
  const isZero = zero?.name === "constant" && zero.attributes.values.every((value) => Object.is(value, 0));
  return isZero ? user : undefined;
}
