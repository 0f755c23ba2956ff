// Backends with one defect each, around the reference: what the kit must find.

import { referenceBackend } from "@netwright/backend-reference";
import {
  type AnyOp,
  Builder,
  type Func,
  type FuncKind,
  mapFuncs,
  type OpName,
  type Program,
  type Value,
} from "@netwright/ir";
import type { Backend, BackendInfo, Call, Machine } from "@netwright/runtime";

/** The reference under another description, with each program and what is loaded of it changed. */
export function wrapped(changes: {
  readonly program?: (program: Program) => Program;
  readonly machine?: (machine: Machine, program: Program) => Partial<Machine>;
  readonly info?: Partial<BackendInfo>;
}): Backend {
  return {
    ...referenceBackend,
    load: async (program) => {
      const machine = await referenceBackend.load(changes.program?.(program) ?? program);
      return { ...machine, ...changes.machine?.(machine, program) };
    },
    describe: async () => ({ ...(await referenceBackend.describe()), ...changes.info }),
  };
}

/** Calls of functions of one kind, changed. */
export function withCalls(
  kind: FuncKind,
  change: (call: Call, rows: number) => Partial<Call>,
): (machine: Machine, program: Program) => Partial<Machine> {
  return ({ call }, { functions }) => ({
    call: (name) => {
      const made = call(name);
      const func = functions.find((each) => each.name === name);
      return func?.kind === kind ? { ...made, ...change(made, func.batch) } : made;
    },
  });
}

/** A backend that promises no bits, so that the kit allows its tolerances. */
export const inexact: Partial<BackendInfo> = { deterministic: false };

/** Every result of that operation a little off: f32 by a thousandth, integers by one, pred negated. */
export function withWrongOp(name: OpName): Backend {
  return wrapped({ info: inexact, program: (program) => mapFuncs(program, (func) => spoil(func, name)) });
}

/** Copies the function through a builder and puts an error after each `name`. */
function spoil(func: Func, name: OpName): Func {
  const b = new Builder();
  const copies = new Map<number, Value>();
  const copyOf = ({ id }: Value): Value => {
    const copy = copies.get(id);
    if (copy === undefined) throw new Error(`%${id} is used before it is defined`);
    return copy;
  };
  for (const [i, { name: of, value }] of func.parameters.entries()) {
    const take = i < func.reads.length ? "read" : "parameter";
    copies.set(value.id, b[take](of, value.type));
  }
  for (const op of func.body) {
    const results = emitCopy(b, op, op.operands.map(copyOf));
    op.results.forEach(({ id }, i) => {
      const result = results[i];
      if (result !== undefined) copies.set(id, op.name === name ? off(b, result) : result);
    });
  }
  const results = func.results.map((result) => ({ name: result.name, value: copyOf(result.value) }));
  const count = func.writes.length;
  return b.finish(func.name, func.kind, func.batch, results.slice(count), results.slice(0, count));
}

function emitCopy(b: Builder, op: AnyOp, operands: readonly Value[]): readonly Value[] {
  // Name and attributes come from one operation, which a union of them does not show.
  return b.emit<OpName>(op.name, operands, op.attributes as never);
}

function off(b: Builder, x: Value): Value {
  switch (x.type.dtype) {
    case "f32":
      return b.multiply(x, b.like(x, 1 + 2 ** -10));
    case "pred":
      return b.unary("not", x);
    default:
      return b.add(x, b.like(x, 1));
  }
}
