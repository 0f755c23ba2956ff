// A prediction of one row, or of one window, as a function: what it is fed goes in, what comes behind the link comes out.

import {
  type AnyOp,
  at,
  expand,
  type Func,
  feedsOf,
  findFunc,
  type Op,
  type OpName,
  optimize,
  outputsOf,
  type Program,
  sizeOf,
  type Value,
} from "@netwright/ir";
import type { PortableNetwork } from "../model/network.ts";
import { namedBuffers, type Slot } from "./buffers.ts";
import { compare, convert, elementwise, isElementwise, select } from "./elementwise.ts";
import {
  broadcastInDim,
  concatenate,
  constant,
  iota,
  pad,
  reshape,
  reverse,
  slice,
  transpose,
} from "./moves.ts";
import {
  elementOf,
  type Held,
  type OperationPrinter,
  type PrintedConstant,
  Printer,
  refused,
  sum,
  times,
} from "./printer.ts";
import { convolution, dotGeneral, reduce, reduceWindow } from "./sums.ts";
import type { Parameter, RealFunction, Syntax } from "./syntax.ts";

export interface PrintedNetwork {
  readonly parameters: readonly Parameter[];
  /** Numbers of each input, by its name in the model. */
  readonly inputs: readonly {
    readonly name: string;
    readonly parameter: string;
    readonly type: "real" | "int";
    readonly size: number;
  }[];
  readonly outputs: number;
  readonly body: readonly string[];
  readonly buffers: readonly Slot[];
  readonly constants: readonly PrintedConstant[];
  readonly functions: ReadonlySet<RealFunction>;
}

type Printers = { readonly [K in OpName]?: OperationPrinter<K> };

const printers: Printers = {
  compare,
  select,
  convert,
  broadcast_in_dim: broadcastInDim,
  reshape,
  transpose,
  slice,
  reverse,
  concatenate,
  pad,
  iota: (p, op) => iota(p, op),
  constant: (p, op) => constant(p, op),
  dot_general: dotGeneral,
  convolution,
  reduce,
  reduce_window: reduceWindow,
  gather,
};

const KEPT: ReadonlySet<OpName> = new Set(["scan", "convolution", "reduce_window", "gather"]);

/** @throws NotPrinted for what no language is told */
export function printNetwork({ program, state }: PortableNetwork, syntax: Syntax): PrintedNetwork {
  const expanded = optimize(expand(program, ({ name }) => KEPT.has(name)));
  const func = findFunc(expanded, "predict", 1);
  if (func === undefined) throw new Error("the program predicts one row");
  const printer = new Printer(syntax);
  const held = new Map<number, Held>();
  const constants = new Map<string, PrintedConstant>();
  func.reads.forEach((name, i) => {
    const data = state.get(name);
    if (data === undefined) throw new Error(`the state has no ${name}`);
    const { value } = at(func.parameters, i);
    const type = value.type.dtype === "f32" ? "real" : "int";
    const own = `w_${name.replace(/[^A-Za-z0-9]+/g, "_").toLowerCase()}`;
    const unique = constants.has(own) ? `${own}_${i}` : own;
    constants.set(unique, { name: unique, type, values: Array.from(data) });
    held.set(value.id, { kind: "array", name: syntax.global(unique), offset: "0", type: value.type });
  });
  const inputs = feedsOf(func).map(({ name, value }, i) => {
    const type = value.type.dtype === "f32" ? ("real" as const) : ("int" as const);
    const parameter = `in${i}`;
    held.set(value.id, { kind: "array", name: parameter, offset: "0", type: value.type });
    return { name, parameter, type, size: sizeOf(value.type.shape) };
  });
  printBody(printer, expanded, func, held);
  const [result] = outputsOf(func);
  const output = result === undefined ? undefined : held.get(result.value.id);
  if (output === undefined) throw new Error("a prediction has a result");
  const outputType = { kind: "array", name: "out", offset: "0", type: output.type } as const;
  printer.within("operation", () => {
    printer.loops(output.type.shape, (index) => {
      printer.store(outputType, index, elementOf(output, index));
    });
  });
  for (const constant of printer.constants.values()) constants.set(constant.name, constant);
  const { lines, slots } = namedBuffers(printer.lines, printer.marks, printer.ranges);
  const named = new Set(lines.join("\n").match(/\w+/g));
  return {
    parameters: [
      ...inputs.map(({ parameter, type }): Parameter => ({ name: parameter, type: `${type}s` })),
      { name: "out", type: "reals out" },
    ],
    inputs,
    outputs: sizeOf(output.type.shape),
    body: lines,
    buffers: slots,
    constants: [...constants.values()].filter(({ name }) => named.has(syntax.global(name))),
    functions: printer.functions,
  };
}

function printBody(p: Printer, program: Program, func: Func, held: Map<number, Held>): void {
  const uses = usesIn(func);
  for (const op of func.body) {
    const operands = op.operands.map(({ id }) => {
      const value = held.get(id);
      if (value === undefined) throw new Error(`value ${id} is not there`);
      return value;
    });
    const results = op.name === "scan" ? scan(p, program, op, operands) : [printed(p, op, operands)];
    op.results.forEach(({ id }, i) => {
      const result = at(results, i);
      held.set(id, (uses.get(id) ?? 0) > 1 ? p.again(result) : result);
    });
  }
}

function printed(p: Printer, op: AnyOp, operands: readonly Held[]): Held {
  if (isElementwise(op)) return elementwise(op, operands, p);
  const held = printedBy(p, op, operands);
  if (held === null) throw refused(op, `computes \`${op.name}\`, which is not printed`);
  return held;
}

function printedBy<K extends OpName>(p: Printer, op: Op<K>, operands: readonly Held[]): Held | null {
  const print: OperationPrinter<K> | undefined = printers[op.name];
  return print === undefined ? null : print(p, op, operands);
}

function usesIn({ body, results }: Func): ReadonlyMap<number, number> {
  const uses = new Map<number, number>();
  const use = ({ id }: Value) => uses.set(id, (uses.get(id) ?? 0) + 1);
  for (const { operands } of body) operands.forEach(use);
  for (const { value } of results) use(value);
  return uses;
}

/** The rows of x at indices, which are held within the rows that there are. */
function gather(p: Printer, op: Op<"gather">, operands: readonly Held[]): Held {
  const [x, indices] = [p.again(at(operands, 0)), at(operands, 1)];
  const { syntax } = p;
  const target = p.array(op.results.map(({ type }) => type)[0] ?? x.type);
  const [rows = 0, ...row] = x.type.shape;
  p.within("operation", () => {
    p.loops(indices.type.shape, (index) => {
      const given = p.named("int", elementOf(indices, index));
      const [zero, last] = [syntax.int(0), syntax.int(rows - 1)];
      const notBelow = syntax.pick(`${given} < ${zero}`, zero, given, "int");
      const own = p.named("int", syntax.pick(`${given} > ${last}`, last, notBelow, "int"));
      p.loops(row, (inner) => {
        p.store(target, [...index, ...inner], elementOf(x, [syntax.intToIndex(own), ...inner]));
      });
    });
  });
  return target;
}

/** A loop over the steps, whose body is printed once. */
function scan(p: Printer, program: Program, op: Op<"scan">, operands: readonly Held[]): readonly Held[] {
  const { body: name, length, carries, sequences, order, types } = op.attributes;
  const body = program.functions.find((func) => func.name === name);
  if (body === undefined) throw new Error(`there is no ${name}`);
  const carried = operands.slice(0, carries).map((value) => copied(p, value));
  const elements = operands.slice(carries, carries + sequences).map((value) => p.stored(value));
  const others = operands.slice(carries + sequences).map((value) => p.again(value));
  const outputs = types.slice(carries).map((type) => p.array(type));
  const counter = p.fresh("t");
  const step = order === "forwards" ? counter : `(${length - 1} - ${counter})`;
  p.within("repeated", () => {
    p.emit(p.syntax.loop(counter, length));
    const stepOf = (value: Extract<Held, { kind: "array" }>): Extract<Held, { kind: "array" }> => {
      const shape = value.type.shape.slice(1);
      return {
        ...value,
        offset: sum([value.offset, times(step, sizeOf(shape))]),
        type: { dtype: value.type.dtype, shape },
      };
    };
    const given = [...carried, ...elements.map(stepOf), ...others];
    const own = new Map(body.parameters.map(({ value }, i) => [value.id, at(given, i)]));
    printBody(p, program, body, own);
    const results = body.results.map(({ value }) => {
      const held = own.get(value.id);
      if (held === undefined) throw new Error(`value ${value.id} is not there`);
      return held;
    });
    results.slice(carries).forEach((value, i) => {
      copy(p, value, stepOf(at(outputs, i)));
    });
    // All of them are computed before the first is replaced.
    const next = results.slice(0, carries).map((value) => copied(p, value));
    next.forEach((value, i) => {
      copy(p, value, at(carried, i));
    });
    p.emit("}");
  });
  return [...carried, ...outputs];
}

function copied(p: Printer, value: Held): Extract<Held, { kind: "array" }> {
  const target = p.array(value.type);
  copy(p, value, target);
  return target;
}

function copy(p: Printer, value: Held, target: Extract<Held, { kind: "array" }>): void {
  p.within("operation", () => {
    p.loops(value.type.shape, (index) => {
      p.store(target, index, elementOf(value, index));
    });
  });
}
