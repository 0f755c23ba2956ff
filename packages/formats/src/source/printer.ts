// A function of the IR as loops. A value is numbers that lie in a buffer, or an expression of its indices that whoever needs it
// writes out: so operations that only move or compute element by element are fused into the next one, and cost no buffer.

import { at, type Op, type OpName, sizeOf, type TensorType, type Value } from "@netwright/ir";
import type { Refusal } from "../format.ts";
import { type Mark, markText, type Range } from "./buffers.ts";
import type { RealFunction, ScalarType, Syntax } from "./syntax.ts";

export interface PrintedConstant {
  readonly name: string;
  readonly type: "real" | "int";
  readonly values: readonly number[];
}

export type Index = readonly string[];

export type Held =
  /** Row-major, from `offset` on. */
  | { readonly kind: "array"; readonly name: string; readonly offset: string; readonly type: TensorType }
  | {
      readonly kind: "lazy";
      readonly type: TensorType;
      readonly element: (index: Index) => string;
      /** Whether an element costs no arithmetic, and may be asked for again and again. */
      readonly isFree: boolean;
    };

/** What no language prints. */
export class NotPrinted extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`${refusal.what} ${refusal.why}`);
    this.refusal = refusal;
  }
}

export class Printer {
  readonly lines: string[] = [];
  readonly marks: Mark[] = [];
  readonly ranges: Range[] = [];
  readonly functions = new Set<RealFunction>();
  /** Constants of the program, by the text of their numbers. */
  readonly constants = new Map<string, PrintedConstant>();
  readonly syntax: Syntax;
  private names = 0;

  constructor(syntax: Syntax) {
    this.syntax = syntax;
  }

  fresh(prefix: string): string {
    this.names++;
    return `${prefix}${this.names}`;
  }

  emit(...lines: readonly string[]): void {
    this.lines.push(...lines);
  }

  /** Everything that `body` prints belongs together. */
  within(kind: Range["kind"], body: () => void): void {
    const start = this.lines.length;
    body();
    this.ranges.push({ kind, start, end: this.lines.length - 1 });
  }

  call(name: RealFunction, args: readonly string[]): string {
    this.functions.add(name);
    return this.syntax.call(name, args);
  }

  array(type: TensorType): Extract<Held, { kind: "array" }> {
    const id = this.marks.length;
    this.marks.push({ id, type: storedType(type), size: Math.max(1, sizeOf(type.shape)) });
    return { kind: "array", name: markText(id), offset: "0", type };
  }

  /** Loops over all indices of a shape. */
  loops(shape: readonly number[], body: (index: Index) => void): void {
    const index = shape.map((size) => (size === 1 ? "0" : this.fresh("i")));
    shape.forEach((size, d) => {
      if (size !== 1) this.emit(this.syntax.loop(at(index, d), size));
    });
    body(index);
    for (const size of shape) if (size !== 1) this.emit("}");
  }

  store(target: Extract<Held, { kind: "array" }>, index: Index, value: string): void {
    const { dtype } = target.type;
    const stored =
      dtype === "pred" ? this.syntax.pick(value, this.syntax.int(1), this.syntax.int(0), "int") : value;
    this.emit(`${placeIn(target, index)} = ${stored};`);
  }

  /** As numbers in a buffer, which it may be already. */
  stored(value: Held): Extract<Held, { kind: "array" }> {
    if (value.kind === "array") return value;
    const target = this.array(value.type);
    this.within("operation", () => {
      this.loops(value.type.shape, (index) => {
        this.store(target, index, value.element(index));
      });
    });
    return target;
  }

  /** What may be asked for again and again. */
  again(value: Held): Held {
    return value.kind === "lazy" && !value.isFree ? this.stored(value) : value;
  }

  /** A name for an expression that is needed twice; a name or a number stays. */
  named(type: ScalarType, text: string): string {
    if (/^[\w.]+$/.test(text)) return text;
    const name = this.fresh("v");
    this.emit(this.syntax.let(type, name, text));
    return name;
  }
}

export function storedType({ dtype }: TensorType): "real" | "int" {
  return dtype === "f32" ? "real" : "int";
}

export function scalarType({ dtype }: TensorType): ScalarType {
  return dtype === "f32" ? "real" : dtype === "pred" ? "flag" : "int";
}

export function elementOf(value: Held, index: Index): string {
  if (value.kind === "lazy") return value.element(index);
  const text = placeIn(value, index);
  return value.type.dtype === "pred" ? `(${text} != 0)` : text;
}

function placeIn({ name, offset, type }: Extract<Held, { kind: "array" }>, index: Index): string {
  return `${name}[${sum([offset, linear(type.shape, index)])}]`;
}

/** The place of an index, row-major. */
export function linear(shape: readonly number[], index: Index): string {
  return sum(index.map((one, d) => times(one, sizeOf(shape.slice(d + 1)))));
}

export function times(index: string, by: number): string {
  if (index === "0" || by === 0) return "0";
  if (/^\d+$/.test(index)) return String(Number(index) * by);
  if (by === 1) return index;
  return `${/^\w+$/.test(index) ? index : `(${index})`} * ${by}`;
}

export function sum(parts: readonly string[]): string {
  let constant = 0;
  const others: string[] = [];
  for (const part of parts) {
    if (/^\d+$/.test(part)) constant += Number(part);
    else others.push(part);
  }
  if (constant > 0 || others.length === 0) others.push(String(constant));
  return others.join(" + ");
}

export function lazy(type: TensorType, isFree: boolean, element: (index: Index) => string): Held {
  return { kind: "lazy", type, isFree, element };
}

export type OperationPrinter<K extends OpName> = (
  printer: Printer,
  op: Op<K>,
  operands: readonly Held[],
) => Held;

export function resultOf({ results }: { readonly results: readonly Value[] }): TensorType {
  const [result] = results;
  if (result === undefined) throw new Error("an operation has a result");
  return result.type;
}

export function refused(op: Op, why: string): NotPrinted {
  const layer = op.origin?.layer;
  return new NotPrinted({
    ...(layer === undefined || layer === ""
      ? { of: "operation", what: `The operation \`${op.name}\`` }
      : { of: "layer", what: `Layer \`${layer}\`` }),
    why,
  });
}
