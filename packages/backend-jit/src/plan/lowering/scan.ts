// A scan is a loop over the kernels of its body, in which carries are what state is in a step of training: written in
// place where that can be, copied at the end of the step where not.

import { at, sizeOf } from "@netwright/ir";
import type { MoveKernel } from "../../kernels/move.ts";
import type { BufferId } from "../../kernels/rule.ts";
import { renamed } from "../../kernels/table.ts";
import { FULL } from "../access.ts";
import { schedule } from "../schedule.ts";
import { repeatBox } from "../view.ts";
import type { LoweringRule } from "./rule.ts";

export const scan: LoweringRule<"scan"> = (context, op) => {
  const { body, length, carries, sequences, order } = op.attributes;
  const operands = op.operands.map((operand) => context.source(operand));
  const step = context.body(body, carries);
  const given = step.parameters.slice(0, carries);
  const updates = given.flatMap((state, i) => {
    const buffer = at(step.results, i);
    return buffer === state ? [] : [{ buffer, state }];
  });
  const { kernels, inPlace } = schedule(step.kernels, updates);

  const end = carries + sequences;
  const shared = new Map(
    step.parameters.slice(end).map((buffer, i) => [buffer, at(operands, end + i).buffer]),
  );
  const rename = context.adopt(step, shared);
  const outputs = op.results.map((value, i) => {
    if (i >= carries) return context.define(value);
    const carried = rename(at(given, i));
    context.alias(value, { kind: "buffer", dtype: value.type.dtype, buffer: carried, access: FULL });
    return carried;
  });
  const copy = (from: BufferId, to: BufferId): MoveKernel => {
    const size = sizeOf(context.typeOf(to).shape);
    return { kind: "move", boxes: [repeatBox(from, FULL, size)], fill: undefined, result: to, size };
  };
  const element = (way: "take" | "put", sequence: BufferId, inner: BufferId) => {
    const one = rename(inner);
    const size = sizeOf(context.typeOf(one).shape);
    return { kind: "element", way, sequence, element: one, size } as const;
  };
  context.grouping.addKernel({
    kind: "loop",
    length,
    backwards: order === "backwards",
    before: given.map((state, i) => copy(at(operands, i).buffer, rename(state))),
    body: [
      ...operands
        .slice(carries, end)
        .map(({ buffer }, i) => element("take", buffer, at(step.parameters, carries + i))),
      ...kernels.map((kernel) => renamed(kernel, rename)),
      ...outputs.slice(carries).map((buffer, i) => element("put", buffer, at(step.results, carries + i))),
      ...updates
        .filter(({ buffer }) => !inPlace.has(buffer))
        .map(({ buffer, state }) => copy(rename(buffer), rename(state))),
    ],
    over: new Map(
      updates
        .filter(({ buffer }) => inPlace.has(buffer))
        .map(({ buffer, state }) => [rename(buffer), rename(state)]),
    ),
  });
};
