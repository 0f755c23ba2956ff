// One function of a program as kernels over buffers. Operations are taken in order; `grouping.ts` decides which
// of them share a kernel.

import { type AnyOp, type Func, sizeOf, type TensorType, type Value } from "@netwright/ir";
import { broadcastAccess, FULL } from "./access.ts";
import {
  contractionOperand,
  type OperandRuns,
  operandDimensions,
  operandRuns,
  transposedRuns,
} from "./contraction.ts";
import { contractionDraft, finishDraft } from "./draft.ts";
import { Grouping } from "./grouping.ts";
import { iotaValues } from "./iota.ts";
import type { BufferId, ContractionOperand, Kernel, MovedBox } from "./kernel.ts";
import { movementBoxes, type Source, transposeBox } from "./movement.ts";
import { inputOf, repeatBox, type View, wholeBuffer } from "./view.ts";

/** A constant of many values, to be in memory before anything runs. */
export interface DataConstant {
  readonly buffer: BufferId;
  readonly type: TensorType;
  readonly values: readonly number[];
}

export interface LoweredFunc {
  readonly kernels: readonly Kernel[];
  readonly constants: readonly DataConstant[];
  /** One for each parameter, in order. */
  readonly parameters: readonly BufferId[];
  /** One for each result, in order; no two of the first `separate` are the same, and none is a foreign parameter. */
  readonly results: readonly BufferId[];
  readonly types: ReadonlyMap<BufferId, TensorType>;
  /** The operation for which a buffer is there: for explaining a plan. */
  readonly purposes: ReadonlyMap<BufferId, AnyOp>;
}

/**
 * `separate`: how many results, from the first, become state variables, each in an array of its own; one that is
 * the parameter of the same position stays.
 */
export function lower(func: Func, separate: number): LoweredFunc {
  const lowering = new Lowering(func);
  for (const op of func.body) lowering.add(op);
  return lowering.finish(separate);
}

class Lowering {
  readonly #func: Func;
  readonly #grouping = new Grouping();
  readonly #views = new Map<number, View>();
  readonly #types = new Map<BufferId, TensorType>();
  readonly #constants: DataConstant[] = [];
  /** Buffers that hold a view in full, by what is viewed and how. */
  readonly #written = new Map<string, BufferId>();
  readonly #purposes = new Map<BufferId, AnyOp>();
  #current: AnyOp | undefined;
  #nextBuffer = 0;

  constructor(func: Func) {
    this.#func = func;
    for (const { value } of func.parameters) this.#define(value);
  }

  add(op: AnyOp): void {
    this.#current = op;
    switch (op.name) {
      case "constant":
        this.#constant(op.results, op.attributes.type, op.attributes.values);
        break;
      case "iota":
        this.#constant(op.results, op.attributes.type, iotaValues(op.attributes));
        break;
      case "reshape":
        this.#alias(op);
        break;
      case "broadcast_in_dim":
        this.#broadcast(op);
        break;
      case "transpose":
      case "slice":
      case "reverse":
      case "concatenate":
        this.#move(
          op.results,
          movementBoxes(
            op,
            op.operands.map((value) => this.#source(value)),
          ),
        );
        break;
      case "pad": {
        const [x, fill] = op.operands.map((value) => this.#source(value));
        this.#move(op.results, x === undefined ? [] : movementBoxes(op, [x]), fill?.buffer);
        break;
      }
      case "reduce":
        this.#reduce(op);
        break;
      case "dot_general":
        this.#contract(op);
        break;
      case "rng_bit_generator":
        this.#random(op);
        break;
      case "composite":
        throw new Error(`${op.attributes.composite} should have been expanded`);
      default:
        this.#pointwise(op);
        break;
    }
  }

  finish(separate: number): LoweredFunc {
    this.#current = undefined;
    const parameters = this.#func.parameters.map(({ value }) => this.#source(value).buffer);
    const taken = new Set<BufferId>([...parameters, ...this.#constants.map(({ buffer }) => buffer)]);
    const results = this.#func.results.map(({ value }, i) => {
      const { buffer } = this.#source(value);
      if (i >= separate) {
        // Old state may be gone when the result is looked at.
        return separate > 0 && parameters.includes(buffer) ? this.#copy(buffer, value) : buffer;
      }
      if (buffer === parameters[i]) return buffer;
      const own = taken.has(buffer) ? this.#copy(buffer, value) : buffer;
      taken.add(own);
      return own;
    });
    const { drafts } = this.#grouping;
    const needed = new Set([...results, ...drafts.flatMap(({ reads }) => [...reads])]);
    const kernels = drafts.map((draft) =>
      finishDraft(draft, (buffer) => needed.has(buffer) && this.#grouping.producerOf(buffer) === draft),
    );
    return {
      kernels,
      constants: this.#constants,
      parameters,
      results,
      types: this.#types,
      purposes: this.#purposes,
    };
  }

  #buffer(type: TensorType): BufferId {
    const buffer = this.#nextBuffer++;
    this.#types.set(buffer, type);
    if (this.#current !== undefined) this.#purposes.set(buffer, this.#current);
    return buffer;
  }

  /** A buffer of its own for a value. */
  #define({ id, type }: Value): BufferId {
    const buffer = this.#buffer(type);
    this.#views.set(id, wholeBuffer(buffer, type));
    return buffer;
  }

  #view({ id }: Value): View {
    const view = this.#views.get(id);
    if (view === undefined) throw new Error(`%${id} is not defined in ${this.#func.name}`);
    return view;
  }

  #constant([result]: readonly Value[], type: TensorType, values: readonly number[]): void {
    if (result === undefined) return;
    const [value] = values;
    if (value !== undefined && values.length === 1) {
      this.#views.set(result.id, { kind: "constant", dtype: type.dtype, value });
    } else {
      this.#constants.push({ buffer: this.#define(result), type, values });
    }
  }

  #alias({ operands: [x], results: [result] }: AnyOp): void {
    if (x !== undefined && result !== undefined) this.#views.set(result.id, this.#view(x));
  }

  #broadcast(op: Extract<AnyOp, { name: "broadcast_in_dim" }>): void {
    const [x] = op.operands;
    const [result] = op.results;
    if (x === undefined || result === undefined) return;
    const view = this.#view(x);
    const access = broadcastAccess(x.type.shape, op.attributes.shape, op.attributes.dimensions);
    if (view.kind === "constant" || access === FULL || view.access.kind === "scalar") {
      this.#views.set(result.id, view);
    } else if (access === undefined) {
      this.#move(op.results, movementBoxes(op, [this.#source(x)]));
    } else {
      const { buffer } = this.#source(x);
      this.#views.set(result.id, { kind: "buffer", dtype: x.type.dtype, buffer, access });
    }
  }

  /** The value in memory, element by element. */
  #source(value: Value): Source {
    const { type } = value;
    const view = this.#view(value);
    if (view.kind === "buffer" && view.access.kind === "full") {
      this.#grouping.materialise(view.buffer);
      return { buffer: view.buffer, type };
    }
    const size = sizeOf(type.shape);
    const key =
      view.kind === "constant"
        ? `${view.dtype} ${Object.is(view.value, -0) ? "-0" : view.value} ${size}`
        : `${view.buffer} ${view.access.kind} ${view.access.columns} ${size}`;
    const known = this.#written.get(key);
    if (known !== undefined) return { buffer: known, type };
    const buffer = this.#buffer(type);
    this.#written.set(key, buffer);
    if (view.kind === "constant") {
      const op: AnyOp = {
        name: "constant",
        operands: [],
        results: [value],
        attributes: { type, values: [view.value] },
      };
      this.#grouping.addPointwise({ op, inputs: [view], dtype: view.dtype, result: buffer }, size);
      this.#grouping.materialise(buffer);
    } else {
      const boxes = [repeatBox(view.buffer, view.access, size)];
      this.#grouping.addKernel({ kind: "move", boxes, fill: undefined, result: buffer, size });
    }
    return { buffer, type };
  }

  #copy(source: BufferId, { type }: Value): BufferId {
    const size = sizeOf(type.shape);
    const result = this.#buffer(type);
    const boxes = [repeatBox(source, FULL, size)];
    this.#grouping.addKernel({ kind: "move", boxes, fill: undefined, result, size });
    return result;
  }

  #move([result]: readonly Value[], boxes: readonly MovedBox[], fill?: BufferId): void {
    if (result === undefined) return;
    const size = sizeOf(result.type.shape);
    const buffer = this.#define(result);
    this.#grouping.addKernel({ kind: "move", boxes, fill, result: buffer, size });
  }

  #reduce(op: Extract<AnyOp, { name: "reduce" }>): void {
    const [x] = op.operands;
    const [value] = op.results;
    if (x === undefined || value === undefined) return;
    const { buffer: operand } = this.#source(x);
    const { kind: reduce, dimensions } = op.attributes;
    const { dtype, shape } = x.type;
    const result = this.#define(value);
    this.#grouping.addKernel({ kind: "reduce", reduce, dtype, shape, dimensions, operand, result });
  }

  #contract(op: Extract<AnyOp, { name: "dot_general" }>): void {
    const [x, y] = op.operands;
    const [value] = op.results;
    if (x === undefined || y === undefined || value === undefined) return;
    const left = this.#contracted(x, op, "lhs");
    const right = this.#contracted(y, op, "rhs");
    const [rows, columns] = [left.runs.free.size, right.runs.free.size];
    // A product of a matrix and a vector runs along the matrix; the sums are the same.
    const swap = columns < rows && columns === 1;
    const [first, second] = swap ? [right, left] : [left, right];
    const result = this.#define(value);
    this.#grouping.addContraction(
      contractionDraft({
        kind: "contraction",
        batch: left.runs.batch.size,
        rows: swap ? columns : rows,
        columns: swap ? rows : columns,
        inner: left.runs.inner.size,
        lhs: first.operand,
        rhs: second.operand,
        result,
      }),
    );
  }

  #contracted(
    value: Value,
    { attributes }: Extract<AnyOp, { name: "dot_general" }>,
    side: "lhs" | "rhs",
  ): { readonly operand: ContractionOperand; readonly runs: OperandRuns } {
    const source = this.#source(value);
    const dimensions = operandDimensions(attributes, side, value.type.shape.length);
    const direct = operandRuns(value.type, dimensions);
    if (direct !== undefined) return { operand: contractionOperand(source.buffer, direct), runs: direct };
    const { permutation, runs } = transposedRuns(value.type, dimensions);
    const buffer = this.#buffer(value.type);
    const boxes = [transposeBox(source, permutation)];
    const size = sizeOf(value.type.shape);
    this.#grouping.addKernel({ kind: "move", boxes, fill: undefined, result: buffer, size });
    return { operand: contractionOperand(buffer, runs), runs };
  }

  #random(op: Extract<AnyOp, { name: "rng_bit_generator" }>): void {
    const [x] = op.operands;
    const [next, words] = op.results;
    if (x === undefined || next === undefined || words === undefined) return;
    const state = this.#source(x).buffer;
    const [nextState, bits] = [this.#define(next), this.#define(words)];
    this.#grouping.addKernel({ kind: "random", state, nextState, bits, size: sizeOf(words.type.shape) });
  }

  #pointwise(op: AnyOp): void {
    const [value] = op.results;
    if (value === undefined) return;
    const views = op.operands.map((operand) => this.#view(operand));
    const size = sizeOf(value.type.shape);
    const columns = new Set(
      views.flatMap((view) =>
        view.kind === "buffer" && view.access.columns > 0 ? [view.access.columns] : [],
      ),
    );
    // Operands that are repeated in different ways fit no one loop.
    const inputs = op.operands.map((operand, i) => {
      const view = views[i] ?? this.#view(operand);
      const fits = view.kind === "constant" || view.access.columns === 0 || columns.size <= 1;
      return inputOf(fits ? view : wholeBuffer(this.#source(operand).buffer, operand.type));
    });
    const result = this.#define(value);
    this.#grouping.addPointwise({ op, inputs, dtype: value.type.dtype, result }, size);
  }
}
