// What the gradient of a scan is made of: which parameters of the body gradients reach, the body once more without what
// is known of it, and what its steps were given.

import { at } from "@netwright/definitions";
import type { Builder } from "../core/builder.ts";
import type { AnyOp, Func, Op, Value } from "../core/program.ts";
import { ConstraintError } from "../ops/definition.ts";
import { inAllSteps } from "../ops/scan.ts";
import { dceFunc } from "../passes/dce.ts";
import { dependents } from "./dependents.ts";
import type { RuleContext } from "./rule.ts";

export type Scan = RuleContext<"scan"> & { readonly body: Func };

/** Parameters of the body that what is asked for reaches, in order: by a carry also in later steps. */
export function activeParameters({ op, needs, body }: Scan): readonly number[] {
  const { carries } = op.attributes;
  const reached = body.parameters.map(({ value }, i) => value.type.dtype === "f32" && needs(i));
  for (let isNew = true; isNew; ) {
    const sources = body.parameters.flatMap(({ value }, i) => (reached[i] ? [value] : []));
    const ids = dependents(body.body, sources);
    isNew = false;
    body.results.slice(0, carries).forEach(({ value }, i) => {
      if (reached[i] || value.type.dtype !== "f32" || !ids.has(value.id)) return;
      reached[i] = true;
      isNew = true;
    });
  }
  return reached.flatMap((is, i) => (is ? [i] : []));
}

export interface Step {
  readonly body: readonly AnyOp[];
  readonly results: readonly Value[];
}

/** The operations of the body on other parameters. Those all of whose results are known are not emitted. */
export function repeated(
  b: Builder,
  func: Func,
  own: readonly Value[],
  known: ReadonlyMap<number, Value>,
): Step {
  const values = new Map(func.parameters.map(({ value }, i) => [value.id, at(own, i)]));
  const copyOf = ({ id }: Value): Value => {
    const value = values.get(id);
    if (value === undefined) throw new ConstraintError("func_c2", `value ${id} is not defined above`);
    return value;
  };
  const emit = <K extends AnyOp["name"]>(op: Op<K>): readonly Value[] =>
    b.at(op.origin, () => b.emit(op.name, op.operands.map(copyOf), op.attributes));
  const body = func.body.map((op): AnyOp => {
    const isKnown = op.results.every(({ id }) => known.has(id));
    const operands = op.operands.map(copyOf);
    const results = isKnown ? op.results.map(({ id }) => known.get(id)) : emit(op);
    const replaced = results.map((value, i) => value ?? at(op.results, i));
    op.results.forEach(({ id }, i) => {
      values.set(id, at(replaced, i));
    });
    return { ...op, operands, results: replaced };
  });
  return { body, results: func.results.map(({ value }) => copyOf(value)) };
}

/** The carries as each step was given them, in one sequence each: asked for by those that `isWanted`. */
export function savedCarries(
  { builder, op, body }: Scan,
  isWanted: (carry: number) => boolean,
): (carry: number) => Value {
  const { carries, length, types } = op.attributes;
  const outputOf = (value: Value): Value | undefined => {
    const index = body.results.findIndex((result, i) => i >= carries && result.value.id === value.id);
    return index < 0 ? undefined : op.results[index];
  };
  const found = op.operands.slice(0, carries).map((first, i): Value | undefined => {
    if (!isWanted(i)) return undefined;
    const before = outputOf(at(body.parameters, i).value);
    const after = outputOf(at(body.results, i).value);
    return before ?? (after === undefined ? undefined : shifted(builder, op, first, after));
  });
  const missing = found.flatMap((value, i) => (value === undefined && isWanted(i) ? [i] : []));
  if (missing.length > 0) {
    // The steps once more, for nothing but this.
    const saving = dceFunc({
      ...body,
      name: `${body.name}_carries`,
      results: [
        ...body.results.slice(0, carries),
        ...missing.map((i) => ({ name: `before_${i}`, value: at(body.parameters, i).value })),
      ],
    });
    const saved = builder.emit("scan", op.operands, {
      ...op.attributes,
      body: builder.define(saving),
      types: [...types.slice(0, carries), ...missing.map((i) => inAllSteps(at(types, i), length))],
    });
    missing.forEach((i, k) => {
      found[i] = at(saved, carries + k);
    });
  }
  return (carry) => {
    const value = found[carry];
    if (value === undefined) throw new Error(`carry ${carry} of ${body.name} has not been asked for`);
    return value;
  };
}

/** What each step was given, from what each has left and what the first was given. */
function shifted(
  b: Builder,
  { attributes: { length, order } }: Op<"scan">,
  first: Value,
  after: Value,
): Value {
  const { shape } = after.type;
  if (length === 0) return after;
  const [from, to] = order === "forwards" ? [0, length - 1] : [1, length];
  const others = shape.slice(1);
  const kept = b.slice(after, [from, ...others.map(() => 0)], [to, ...others]);
  const begin = b.reshape(first, [1, ...others]);
  return b.concatenate(order === "forwards" ? [begin, kept] : [kept, begin], 0);
}
