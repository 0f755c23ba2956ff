// The gradient of scan is a scan in the other direction. Its body differentiates one step: it carries the cotangents
// of the carries, and sums for the operands that all steps share, but for sums of products, which are one product over
// all steps behind it. What the steps have given stands for the operations that made it; what those need besides is
// computed once more. So code does not grow with the steps, and memory by nothing but what the steps give.

import { at } from "@netwright/definitions";
import type { Func, NamedValue, Value } from "../../core/program.ts";
import type { TensorType } from "../../core/types.ts";
import { ConstraintError } from "../../ops/definition.ts";
import { inAllSteps } from "../../ops/scan.ts";
import { dceFunc } from "../../passes/dce.ts";
import { dependents } from "../dependents.ts";
import { type SumOverSteps, sumOverSteps } from "../over-steps.ts";
import type { Rule } from "../rule.ts";
import { activeParameters, repeated, type Scan, savedCarries } from "../scan-parts.ts";

/** A parameter of the step backwards, and what the scan gives it. */
interface Passed {
  readonly value: Value;
  readonly operand: () => Value;
}

interface Carried extends Passed {
  readonly next: Value;
}

/** The cotangent of a parameter of the body, by its position. */
interface Flow {
  readonly i: number;
  readonly value: Value;
  readonly type: TensorType;
}

/** The cotangent of what all steps share, added up behind them. */
interface Behind {
  readonly i: number;
  readonly sum: SumOverSteps;
}

/** One step backwards. */
interface StepBackwards {
  /** Results: what is carried next, then the cotangents of the elements, then what is wanted behind the steps and nobody else has. */
  readonly func: Func;
  readonly behind: readonly Behind[];
  readonly given: readonly Value[];
  /** Cotangents of the carries that gradients reach, in order, and behind them the sums. */
  readonly carried: readonly Carried[];
  readonly sums: readonly Flow[];
  readonly elements: readonly Flow[];
  /** Parameters for what the step was given, and for the outputs that it has made. */
  readonly own: readonly Value[];
  readonly made: readonly Value[];
  /** Cotangents of the outputs. */
  readonly outputs: readonly Passed[];
}

export const scan: Rule<"scan"> = (context) => {
  const { op, functions } = context;
  const body = functions.find(({ name }) => name === op.attributes.body);
  if (body === undefined) {
    throw new ConstraintError("scan_c4", `there is no ${op.attributes.body} to differentiate`);
  }
  return scanBackwards({ ...context, body });
};

function stepBackwards(of: Scan, active: readonly number[]): StepBackwards {
  const { builder, op, body, cotangents, pullback } = of;
  const { carries, sequences } = op.attributes;
  const given = body.parameters.map(({ value }) => value);
  const results = body.results.map(({ value }) => value);
  const b = builder.inner();
  const own = given.map(({ type }) => b.parameter("", type));
  const made = results.slice(carries).map(({ type }) => b.parameter("", type));
  const forward = new Map(made.map((value, i) => [at(results, carries + i).id, value]));
  const step = repeated(b, body, own, forward);

  /** Of each result that has one. */
  const slopes = results.map((value, i): readonly Passed[] => {
    const cotangent = cotangents[i];
    const isThere = i < carries ? active.includes(i) : cotangent !== undefined;
    if (value.type.dtype !== "f32" || !isThere) return [];
    const operand = () => cotangent ?? builder.like(at(op.results, i), 0);
    return [{ value: b.parameter("", value.type), operand }];
  });
  const found = pullback(
    b,
    step.body,
    slopes.flatMap((some, i) => some.map(({ value }) => [at(step.results, i), value] as const)),
    active.map((i) => at(own, i)),
  );
  /** To the parameters from one on up to another. */
  const flowing = (from: number, to: number): readonly Flow[] =>
    active.flatMap((i, k) => {
      const value = found[k];
      return i < from || i >= to || value === undefined ? [] : [{ i, value, type: value.type }];
    });

  const carriedSlopes = slopes.slice(0, carries).flatMap((some, i) =>
    some.map((slope): Carried => {
      const next = found[active.indexOf(i)];
      return { ...slope, next: next ?? b.like(slope.value, 0) };
    }),
  );
  const end = carries + sequences;
  const varying = [
    ...own.slice(0, end),
    ...made,
    ...slopes.flatMap((some) => some.map(({ value }) => value)),
  ];
  const differing = dependents(b.body, varying);
  const shared = flowing(end, given.length).map((flow) => ({
    ...flow,
    sum: sumOverSteps(b.body, flow.value, ({ id }) => differing.has(id)),
  }));
  const behind = shared.flatMap(({ i, sum }): readonly Behind[] => (sum === undefined ? [] : [{ i, sum }]));
  const sums = shared.filter(({ sum }) => sum === undefined);
  const added = sums.map(({ value, type }): Carried => {
    const sum = b.parameter("", type);
    return { value: sum, operand: () => builder.fill(type, 0), next: b.add(sum, value) };
  });
  const carried = [...carriedSlopes, ...added];
  const elements = flowing(carries, end);
  const outputs = slopes.slice(carries).flat();
  const known = new Set([
    ...[...own.slice(0, end), ...made].map(({ id }) => id),
    ...[...outputs, ...elements].map(({ value }) => value.id),
  ]);
  const wanted = new Map(behind.flatMap(({ sum }) => sum.wanted).map((value) => [value.id, value]));
  const others = [...wanted.values()].filter(({ id }) => !known.has(id));
  const func = b.finish(`${body.name}_gradient`, "composite", 0, [
    ...carried.map(({ next }, i) => ({ name: `carry_${i}`, value: next })),
    ...elements.map(({ i, value }) => ({ name: `slope_${i}`, value })),
    ...others.map((value, i) => ({ name: `given_${i}`, value })),
  ]);
  return { func: dceFunc(func), behind, given: others, carried, sums, elements, own, made, outputs };
}

function scanBackwards(of: Scan): readonly (Value | undefined)[] {
  const { builder, op, needs } = of;
  const { carries, sequences, length, order } = op.attributes;
  const end = carries + sequences;
  const active = activeParameters(of);
  const { func, behind, given, carried, sums, elements, own, made, outputs } = stepBackwards(of, active);

  const wanted = new Set(behind.flatMap(({ sum }) => sum.wanted.map(({ id }) => id)));
  const saved = savedCarries(of, (i) => isUsed(func, at(own, i)) || wanted.has(at(own, i).id));
  const passed = (from: readonly Value[], operand: (i: number) => Value): readonly Passed[] =>
    from.map((value, i) => ({ value, operand: () => operand(i) }));
  const used = (...all: readonly Passed[]) => all.filter(({ value }) => isUsed(func, value));
  const known = [
    ...passed(own.slice(0, carries), saved),
    ...passed(own.slice(carries, end), (i) => at(op.operands, carries + i)),
    ...passed(made, (i) => at(op.results, carries + i)),
    ...outputs,
  ];
  const inSteps = used(...known);
  const all = [...carried, ...inSteps, ...used(...passed(own.slice(end), (i) => at(op.operands, end + i)))];
  const parameters = all.map(({ value }, i): NamedValue => ({ name: `p${i}`, value }));
  const results = builder.emit(
    "scan",
    all.map(({ operand }) => operand()),
    {
      body: builder.define({ ...func, parameters }),
      length,
      carries: carried.length,
      sequences: inSteps.length,
      order: order === "forwards" ? "backwards" : "forwards",
      types: [
        ...carried.map(({ value }) => value.type),
        ...[...elements, ...given].map(({ type }) => inAllSteps(type, length)),
      ],
    },
  );
  const positionIn = (flows: readonly Flow[], i: number, start: number): Value | undefined => {
    const position = flows.findIndex((flow) => flow.i === i);
    return position < 0 ? undefined : at(results, start + position);
  };
  const inAll = (value: Value): Value => {
    const before = known.find((one) => one.value.id === value.id);
    if (before !== undefined) return before.operand();
    const after = [...elements.map((flow) => flow.value), ...given].findIndex(({ id }) => id === value.id);
    return at(results, carried.length + after);
  };
  return op.operands.map((_, i) => {
    if (!needs(i)) return undefined;
    const sum = behind.find((one) => one.i === i);
    if (sum !== undefined) return sum.sum.emit(builder, inAll);
    if (i < carries) return at(results, active.indexOf(i));
    return i < end
      ? positionIn(elements, i, carried.length)
      : positionIn(sums, i, carried.length - sums.length);
  });
}

function isUsed({ body, results }: Func, { id }: Value): boolean {
  return (
    body.some(({ operands }) => operands.some((operand) => operand.id === id)) ||
    results.some(({ value }) => value.id === id)
  );
}
