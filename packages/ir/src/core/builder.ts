// Builds one function, operation by operation. Each call infers the result type and so checks the
// constraints at once. The short methods are the vocabulary in which layers, losses, optimizers and
// gradient rules are written.

import { at as elementAt } from "@netwright/definitions";
import { ConstraintError } from "../ops/definition.ts";
import type { BinaryName, Direction, UnaryName } from "../ops/elementwise.ts";
import { isTensorType } from "../ops/fields.ts";
import type { ScatterKind } from "../ops/gather.ts";
import type { ReduceKind } from "../ops/reduce.ts";
import { type Attributes, isOpName, type OpName, ops } from "../ops/table.ts";
import { attributeProblems } from "../verify/attribute-problems.ts";
import type { AnyOp, Func, FuncKind, NamedValue, Op, Origin, Value } from "./program.ts";
import { type ElementType, sizeOf, type TensorType, tensor } from "./types.ts";

/** `Op<K>` for a generic K is one member of the union, which TypeScript cannot see. */
function anyOp<K extends OpName>(op: Op<K>): AnyOp {
  return op as unknown as AnyOp;
}

export class Builder {
  /** Shared with the functions that are built inside. */
  readonly #functions: Map<string, Func>;
  readonly #body: AnyOp[] = [];
  readonly #reads: NamedValue[] = [];
  readonly #parameters: NamedValue[] = [];
  /** Of this function, by their ids. */
  readonly #values: Value[] = [];
  #origin: Origin | undefined;

  constructor(functions = new Map<string, Func>()) {
    this.#functions = functions;
  }

  /** What operations of this function refer to: bodies of scans. They belong into its program. */
  get functions(): readonly Func[] {
    return [...this.#functions.values()];
  }

  /** For the body of an operation of this function, with the origin of that. */
  inner(): Builder {
    const inner = new Builder(this.#functions);
    inner.#origin = this.#origin;
    return inner;
  }

  /** Takes a function that operations of this one refer to; gives the name under which they do. */
  define(func: Func): string {
    let name = func.name;
    for (let count = 2; this.#functions.has(name); count++) name = `${func.name}_${count}`;
    this.#functions.set(name, { ...func, name });
    return name;
  }

  /** Operations so far, in order. */
  get body(): readonly AnyOp[] {
    return this.#body;
  }

  /** A state variable that the function takes; before the parameters, whenever it is asked for. @throws ConstraintError */
  read(name: string, type: TensorType): Value {
    const value = this.#given(name, type);
    this.#reads.push({ name, value });
    return value;
  }

  /** @throws ConstraintError */
  parameter(name: string, type: TensorType): Value {
    const value = this.#given(name, type);
    this.#parameters.push({ name, value });
    return value;
  }

  /** Operations emitted inside carry this origin. */
  at<T>(origin: Origin | undefined, emit: () => T): T {
    const outer = this.#origin;
    this.#origin = origin;
    try {
      return emit();
    } finally {
      this.#origin = outer;
    }
  }

  /** `writes`: the state variables that the function replaces. */
  finish(
    name: string,
    kind: FuncKind,
    batch: number,
    results: readonly NamedValue[],
    writes: readonly NamedValue[] = [],
  ): Func {
    for (const { value } of [...writes, ...results]) this.#requireOwn(value);
    return {
      name,
      kind,
      batch,
      reads: this.#reads.map((read) => read.name),
      writes: writes.map((written) => written.name),
      parameters: [...this.#reads, ...this.#parameters],
      results: [...writes, ...results],
      body: [...this.#body],
    };
  }

  /** The general form: any operation. @throws ConstraintError */
  emit<K extends OpName>(name: K, operands: readonly Value[], attributes: Attributes[K]): readonly Value[] {
    if (!isOpName(name)) throw new ConstraintError("operation_c1", `there is no operation ${String(name)}`);
    const definition = ops[name];
    if (definition.operands !== "variadic" && definition.operands !== operands.length) {
      throw new ConstraintError(
        "operand_count",
        `${name} takes ${definition.operands}, got ${operands.length}`,
      );
    }
    for (const operand of operands) this.#requireOwn(operand);
    const origin = this.#origin === undefined ? {} : { origin: this.#origin };
    const unnamed: Op<K> = { name, operands, attributes, results: [], ...origin };
    for (const { constraint, message } of attributeProblems(anyOp(unnamed))) {
      throw new ConstraintError(constraint, `${name}: ${message}`);
    }
    const types = definition.infer(
      operands.map((value) => value.type),
      attributes,
    );
    const wrong = types.find((type) => !isTensorType(type));
    if (wrong !== undefined) throw new ConstraintError("func_c4", `${name} has a result of no valid type`);
    const results = types.map((type) => this.#value(type));
    this.#body.push(anyOp({ ...unnamed, results }));
    return results;
  }

  /** The operations of a function on these operands, with their own origins where they have one; its results. */
  call({ parameters, body, results }: Func, operands: readonly Value[]): readonly Value[] {
    const values = new Map(parameters.map(({ value }, i) => [value.id, elementAt(operands, i)]));
    const copyOf = ({ id }: Value): Value => {
      const value = values.get(id);
      if (value === undefined) throw new ConstraintError("func_c2", `value ${id} is not defined above`);
      return value;
    };
    const copy = <K extends OpName>(op: Op<K>): readonly Value[] =>
      this.emit(op.name, op.operands.map(copyOf), op.attributes);
    for (const op of body) {
      const made = this.at(op.origin ?? this.#origin, () => copy(op));
      op.results.forEach(({ id }, i) => {
        values.set(id, elementAt(made, i));
      });
    }
    return results.map(({ value }) => copyOf(value));
  }

  #given(name: string, type: TensorType): Value {
    if (!isTensorType(type)) throw new ConstraintError("func_c4", `${name} has no valid type`);
    return this.#value(type);
  }

  #value(type: TensorType): Value {
    const value = { id: this.#values.length, type };
    this.#values.push(value);
    return value;
  }

  /** Ids count within a function: a value of another one would be taken for one of this. */
  #requireOwn(value: Value): void {
    if (this.#values[value.id] === value) return;
    throw new ConstraintError("func_c2", `value ${value.id} is not one of this function`);
  }

  #one<K extends OpName>(name: K, operands: readonly Value[], attributes: Attributes[K]): Value {
    const [result] = this.emit(name, operands, attributes);
    if (result === undefined) throw new ConstraintError("result_count", `${name} has no result`);
    return result;
  }

  unary(name: UnaryName, x: Value): Value {
    return this.#one(name, [x], {});
  }
  binary(name: BinaryName, x: Value, y: Value): Value {
    return this.#one(name, [x, y], {});
  }

  /** A tensor filled with one number, rounded to the element type. */
  fill(type: TensorType, value: number): Value {
    return this.#one("constant", [], { type, values: [type.dtype === "f32" ? Math.fround(value) : value] });
  }
  /** `fill` with the type of another value. */
  like(x: Value, value: number): Value {
    return this.fill(x.type, value);
  }
  scalar(value: number, dtype: ElementType = "f32"): Value {
    return this.fill(tensor(dtype), value);
  }
  literal(type: TensorType, values: readonly number[]): Value {
    return this.#one("constant", [], { type, values });
  }
  iota(type: TensorType, dimension: number): Value {
    return this.#one("iota", [], { type, dimension });
  }

  add(x: Value, y: Value): Value {
    return this.binary("add", x, y);
  }
  subtract(x: Value, y: Value): Value {
    return this.binary("subtract", x, y);
  }
  multiply(x: Value, y: Value): Value {
    return this.binary("multiply", x, y);
  }
  divide(x: Value, y: Value): Value {
    return this.binary("divide", x, y);
  }
  maximum(x: Value, y: Value): Value {
    return this.binary("maximum", x, y);
  }
  minimum(x: Value, y: Value): Value {
    return this.binary("minimum", x, y);
  }
  power(x: Value, y: Value): Value {
    return this.binary("power", x, y);
  }
  abs(x: Value): Value {
    return this.unary("abs", x);
  }
  negate(x: Value): Value {
    return this.unary("negate", x);
  }
  sign(x: Value): Value {
    return this.unary("sign", x);
  }
  exponential(x: Value): Value {
    return this.unary("exponential", x);
  }
  exponentialMinusOne(x: Value): Value {
    return this.unary("exponential_minus_one", x);
  }
  log(x: Value): Value {
    return this.unary("log", x);
  }
  logPlusOne(x: Value): Value {
    return this.unary("log_plus_one", x);
  }
  sqrt(x: Value): Value {
    return this.unary("sqrt", x);
  }
  sine(x: Value): Value {
    return this.unary("sine", x);
  }
  cosine(x: Value): Value {
    return this.unary("cosine", x);
  }
  tanh(x: Value): Value {
    return this.unary("tanh", x);
  }
  logistic(x: Value): Value {
    return this.unary("logistic", x);
  }
  erf(x: Value): Value {
    return this.unary("erf", x);
  }

  /** x, through which no gradient flows. */
  stopGradient(x: Value): Value {
    return this.#one("optimization_barrier", [x], {});
  }

  compare(x: Value, direction: Direction, y: Value): Value {
    return this.#one("compare", [x, y], { direction });
  }
  select(predicate: Value, onTrue: Value, onFalse: Value): Value {
    return this.#one("select", [predicate, onTrue, onFalse], {});
  }
  convert(x: Value, dtype: ElementType): Value {
    return this.#one("convert", [x], { dtype });
  }

  broadcastInDim(x: Value, shape: readonly number[], dimensions: readonly number[]): Value {
    return this.#one("broadcast_in_dim", [x], { shape, dimensions });
  }
  /** A scalar repeated to the shape of another value. */
  spread(x: Value, shape: readonly number[]): Value {
    return this.broadcastInDim(x, shape, []);
  }
  reshape(x: Value, shape: readonly number[]): Value {
    return this.#one("reshape", [x], { shape });
  }
  transpose(x: Value, permutation: readonly number[]): Value {
    return this.#one("transpose", [x], { permutation });
  }
  concatenate(operands: readonly Value[], dimension: number): Value {
    return this.#one("concatenate", operands, { dimension });
  }
  slice(
    x: Value,
    start: readonly number[],
    limit: readonly number[],
    strides: readonly number[] = start.map(() => 1),
  ): Value {
    return this.#one("slice", [x], { start, limit, strides });
  }
  pad(
    x: Value,
    value: Value,
    low: readonly number[],
    high: readonly number[],
    interior: readonly number[] = low.map(() => 0),
  ): Value {
    return this.#one("pad", [x, value], { low, high, interior });
  }
  reverse(x: Value, dimensions: readonly number[]): Value {
    return this.#one("reverse", [x], { dimensions });
  }

  dynamicSlice(x: Value, starts: readonly Value[], sizes: readonly number[]): Value {
    return this.#one("dynamic_slice", [x, ...starts], { sizes });
  }
  dynamicUpdateSlice(x: Value, update: Value, starts: readonly Value[]): Value {
    return this.#one("dynamic_update_slice", [x, update, ...starts], {});
  }
  /** The rows of x at i32 indices. */
  gather(x: Value, indices: Value): Value {
    return this.#one("gather", [x, indices], {});
  }
  scatter(x: Value, indices: Value, updates: Value, kind: ScatterKind): Value {
    return this.#one("scatter", [x, indices, updates], { kind });
  }
  isFinite(x: Value): Value {
    return this.#one("is_finite", [x], {});
  }
  clamp(low: Value, x: Value, high: Value): Value {
    return this.#one("clamp", [low, x, high], {});
  }

  reduce(x: Value, kind: ReduceKind, dimensions: readonly number[] = x.type.shape.map((_, i) => i)): Value {
    return this.#one("reduce", [x], { kind, dimensions });
  }
  sum(x: Value, dimensions?: readonly number[]): Value {
    return this.reduce(x, "sum", dimensions);
  }
  /** Mean over all elements. */
  mean(x: Value): Value {
    return this.divide(this.sum(x), this.scalar(sizeOf(x.type.shape)));
  }
  dotGeneral(lhs: Value, rhs: Value, dimensions: Attributes["dot_general"]): Value {
    return this.#one("dot_general", [lhs, rhs], dimensions);
  }
  convolution(lhs: Value, rhs: Value, attributes: Attributes["convolution"]): Value {
    return this.#one("convolution", [lhs, rhs], attributes);
  }
  reduceWindow(x: Value, attributes: Attributes["reduce_window"]): Value {
    return this.#one("reduce_window", [x], attributes);
  }
  selectAndScatter(x: Value, source: Value, attributes: Attributes["select_and_scatter"]): Value {
    return this.#one("select_and_scatter", [x, source], attributes);
  }
  /** The product over the last dimension of lhs and the first of rhs. */
  matmul(lhs: Value, rhs: Value): Value {
    return this.dotGeneral(lhs, rhs, {
      lhsBatching: [],
      rhsBatching: [],
      lhsContracting: [lhs.type.shape.length - 1],
      rhsContracting: [0],
    });
  }
  /** Random words and the state that follows. */
  randomBits(state: Value, shape: readonly number[]): { readonly state: Value; readonly bits: Value } {
    const [next, bits] = this.emit("rng_bit_generator", [state], { shape });
    if (next === undefined || bits === undefined)
      throw new ConstraintError("result_count", "rng_bit_generator");
    return { state: next, bits };
  }
}
