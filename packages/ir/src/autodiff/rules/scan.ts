// The gradient of scan is a scan in the other direction. Its body differentiates one step: it carries the cotangents
// of the carries, and sums for the operands that all steps share. What the steps have given stands for the operations
// that made it; what those need besides is computed once more. So code does not grow with the steps, and memory by
// nothing but the carries of each step.

import { at } from "@netwright/definitions";
import type { Builder } from "../../core/builder.ts";
import type { AnyOp, Func, NamedValue, Op, Value } from "../../core/program.ts";
import { ConstraintError } from "../../ops/definition.ts";
import { inAllSteps } from "../../ops/scan.ts";
import { dceFunc } from "../../passes/dce.ts";
import { dependents } from "../dependents.ts";
import type { Rule, RuleContext } from "../rule.ts";

type Scan = RuleContext<"scan"> & { readonly body: Func };

/** A parameter of the step backwards, and what the scan gives it. */
interface Passed {
  readonly value: Value;
  readonly operand: () => Value;
}

interface Carried extends Passed {
  readonly next: Value;
}

export const scan: Rule<"scan"> = (context) => {
  const { builder, op, functions, needs, cotangents, pullback } = context;
  const { carries, sequences, length, order } = op.attributes;
  const body = functions.find(({ name }) => name === op.attributes.body);
  if (body === undefined) {
    throw new ConstraintError("scan_c4", `there is no ${op.attributes.body} to differentiate`);
  }
  const given = body.parameters.map(({ value }) => value);
  const results = body.results.map(({ value }) => value);
  const active = activeParameters({ ...context, body });
  const end = carries + sequences;

  const b = builder.inner();
  const own = given.map(({ type }) => b.parameter("", type));
  const made = results.slice(carries).map(({ type }) => b.parameter("", type));
  const steps = repeated(b, body, own, new Map(made.map((value, i) => [at(results, carries + i).id, value])));
  const cotangentOf = (value: Value, i: number): readonly Passed[] => {
    const isCarried = i < carries;
    if (value.type.dtype !== "f32" || (isCarried && !active.has(i))) return [];
    const cotangent = cotangents[i];
    if (!isCarried && cotangent === undefined) return [];
    const operand = () => cotangent ?? builder.like(at(op.results, i), 0);
    return [{ value: b.parameter("", value.type), operand }];
  };
  const slopes = results.map(cotangentOf);
  const sources = [...active];
  const found = pullback(
    b,
    steps.body,
    slopes.flatMap((some, i) => some.map(({ value }) => [at(steps.results, i), value] as const)),
    sources.map((i) => at(own, i)),
  );
  /** To the parameters from one on up to another, where anything flows. */
  const flowing = (from: number, to: number) =>
    sources.flatMap((i, k) => {
      const value = found[k];
      return i < from || i >= to || value === undefined ? [] : [{ i, value, type: value.type }];
    });

  const carried: Carried[] = slopes
    .slice(0, carries)
    .flatMap((some, i) =>
      some.map((slope) => ({ ...slope, next: found[sources.indexOf(i)] ?? b.like(slope.value, 0) })),
    );
  const shared = flowing(end, given.length);
  for (const { value, type } of shared) {
    const sum = b.parameter("", type);
    carried.push({ value: sum, operand: () => builder.fill(type, 0), next: b.add(sum, value) });
  }
  const elements = flowing(carries, end);
  const func = dceFunc(
    b.finish(`${body.name}_gradient`, "composite", 0, [
      ...carried.map(({ next }, i) => ({ name: `carry_${i}`, value: next })),
      ...elements.map(({ i, value }) => ({ name: `slope_${i}`, value })),
    ]),
  );

  const saved = savedCarries({ ...context, body }, (i) => isUsed(func, at(own, i)));
  const passed = (from: readonly Value[], operand: (i: number) => Value): readonly Passed[] =>
    from.map((value, i) => ({ value, operand: () => operand(i) }));
  const inSteps: readonly Passed[] = [
    ...passed(own.slice(0, carries), saved),
    ...passed(own.slice(carries, end), (i) => at(op.operands, carries + i)),
    ...passed(made, (i) => at(op.results, carries + i)),
    ...slopes.slice(carries).flat(),
  ].filter(({ value }) => isUsed(func, value));
  const others = passed(own.slice(end), (i) => at(op.operands, end + i)).filter(({ value }) =>
    isUsed(func, value),
  );
  const all = [...carried, ...inSteps, ...others];
  const backwards = builder.emit(
    "scan",
    all.map(({ operand }) => operand()),
    {
      body: builder.define({
        ...func,
        parameters: all.map(({ value }, i): NamedValue => ({ name: `p${i}`, value })),
      }),
      length,
      carries: carried.length,
      sequences: inSteps.length,
      order: order === "forwards" ? "backwards" : "forwards",
      types: [
        ...carried.map(({ value }) => value.type),
        ...elements.map(({ type }) => inAllSteps(type, length)),
      ],
    },
  );
  const start = slopes.slice(0, carries).flat().length;
  return op.operands.map((_, i) => {
    if (!needs(i)) return undefined;
    if (i < carries) return at(backwards, sources.indexOf(i));
    const position = (i < end ? elements : shared).findIndex((one) => one.i === i);
    if (position < 0) return undefined;
    return at(backwards, i < end ? carried.length + position : start + position);
  });
};

function isUsed({ body, results }: Func, { id }: Value): boolean {
  return (
    body.some(({ operands }) => operands.some((operand) => operand.id === id)) ||
    results.some(({ value }) => value.id === id)
  );
}

/** Parameters of the body that what is asked for reaches, in order: by a carry also in later steps. */
function activeParameters({ op, needs, body }: Scan): ReadonlySet<number> {
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
  return new Set(reached.flatMap((is, i) => (is ? [i] : [])));
}

interface Steps {
  readonly body: readonly AnyOp[];
  readonly results: readonly Value[];
}

/** The operations of the body on other parameters. Those all of whose results are known are not emitted. */
function repeated(b: Builder, func: Func, own: readonly Value[], known: ReadonlyMap<number, Value>): Steps {
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
function savedCarries(
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
