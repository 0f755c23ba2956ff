// What is known while a function is lowered: which view stands for each value, the kernels so far, the buffers and
// their types. The rules of the operations write to it, and to nothing else.

import {
  type AnyOp,
  type ElementType,
  type Func,
  sizeOf,
  type TensorType,
  tensor,
  type Value,
} from "@netwright/ir";
import type { MovedBox } from "../../kernels/move.ts";
import type { BufferId, Rename } from "../../kernels/rule.ts";
import type { Kernel } from "../../kernels/table.ts";
import { FULL } from "../access.ts";
import { finishDraft } from "../draft.ts";
import { Grouping } from "../grouping.ts";
import { gatherBox, type Source } from "../movement.ts";
import { denseRuns, linearStride, mergedRuns } from "../strides.ts";
import { type Laid, orderOf, type PermutedView, repeatBox, type View, wholeBuffer } from "../view.ts";

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
  /** One for each result, in order; no two that become state are the same, and none is a foreign parameter. */
  readonly results: readonly BufferId[];
  readonly types: ReadonlyMap<BufferId, TensorType>;
  /** The operation for which a buffer is there: for explaining a plan. */
  readonly purposes: ReadonlyMap<BufferId, AnyOp>;
}

/** The body of a scan, which takes and gives so many carries, as state is taken and given. */
export type LowerBody = (name: string, carries: number) => LoweredFunc;

export class LoweringContext {
  readonly grouping = new Grouping();
  readonly body: LowerBody;
  readonly #func: Func;
  readonly #views = new Map<number, View>();
  readonly #types = new Map<BufferId, TensorType>();
  readonly #constants: DataConstant[] = [];
  /** Buffers that hold a view in full, by what is viewed and how. */
  readonly #written = new Map<string, BufferId>();
  readonly #purposes = new Map<BufferId, AnyOp>();
  #current: AnyOp | undefined;
  #nextBuffer = 0;

  constructor(func: Func, body: LowerBody) {
    this.#func = func;
    this.body = body;
    for (const { value } of func.parameters) this.define(value);
  }

  /** `rule` adds the operation; buffers that it makes are there for it. */
  during(op: AnyOp, rule: () => void): void {
    this.#current = op;
    rule();
    this.#current = undefined;
  }

  buffer(type: TensorType): BufferId {
    const buffer = this.#nextBuffer++;
    this.#types.set(buffer, type);
    if (this.#current !== undefined) this.#purposes.set(buffer, this.#current);
    return buffer;
  }

  /** A buffer of its own for a value. */
  define({ id, type }: Value): BufferId {
    const buffer = this.buffer(type);
    this.#views.set(id, wholeBuffer(buffer, type));
    return buffer;
  }

  /** The value is nothing but a view of something that is there. */
  alias({ id }: Value, view: View): void {
    this.#views.set(id, view);
  }

  view({ id }: Value): View {
    const view = this.#views.get(id);
    if (view === undefined) throw new Error(`%${id} is not defined in ${this.#func.name}`);
    return view;
  }

  /** One number is a view; more of them have to be in memory. */
  constant(result: Value, type: TensorType, values: readonly number[]): void {
    const value = values[0];
    if (value !== undefined && values.length === 1) {
      this.alias(result, { kind: "constant", dtype: type.dtype, value });
    } else {
      this.#constants.push({ buffer: this.define(result), type, values });
    }
  }

  /** The value as a view of which elements follow one another as its own do. */
  plain(value: Value): Exclude<View, PermutedView> {
    const view = this.view(value);
    return view.kind === "permuted" ? wholeBuffer(this.source(value).buffer, value.type) : view;
  }

  /** The value is all of an array in another order. */
  permute(value: Value, laid: Laid): void {
    const { dtype, shape } = value.type;
    const [runs = []] = mergedRuns(laid.dimensions.flat());
    const isPlain = sizeOf(shape) === 0 || runs.length === 0 || linearStride(runs) === 1;
    this.alias(value, isPlain ? wholeBuffer(laid.buffer, value.type) : { kind: "permuted", dtype, ...laid });
  }

  /** The value where it lies in memory, in whatever order. */
  laid(value: Value): Laid {
    const view = this.view(value);
    if (view.kind !== "permuted" || this.#written.has(permutedKey(view))) return this.dense(value);
    this.grouping.materialise(view.buffer);
    return view;
  }

  /** The value in memory, element by element, and how it lies. */
  dense(value: Value): Laid {
    return { buffer: this.source(value).buffer, dimensions: denseRuns(value.type.shape) };
  }

  /** The value in memory, element by element. */
  source(value: Value): Source {
    const { type } = value;
    const view = this.view(value);
    if (view.kind === "permuted") {
      const known = this.#written.get(permutedKey(view));
      if (known !== undefined) return { buffer: known, type };
      this.grouping.materialise(view.buffer);
      const buffer = this.buffer(type);
      this.#written.set(permutedKey(view), buffer);
      const [runs = []] = mergedRuns(view.dimensions.flat());
      const sizes = runs.map(({ size }) => size);
      const strides = runs.map(({ stride }) => stride);
      this.#moveTo(buffer, sizeOf(sizes), [gatherBox(view.buffer, sizes, strides)]);
      return { buffer, type };
    }
    if (view.kind === "buffer" && view.access.kind === "full") {
      this.grouping.materialise(view.buffer);
      return { buffer: view.buffer, type };
    }
    const size = sizeOf(type.shape);
    const key =
      view.kind === "constant"
        ? `${view.dtype} ${Object.is(view.value, -0) ? "-0" : view.value} ${size}`
        : `${view.buffer} ${view.access.kind} ${view.access.columns} ${size}`;
    const known = this.#written.get(key);
    if (known !== undefined) return { buffer: known, type };
    const buffer = this.buffer(type);
    this.#written.set(key, buffer);
    if (view.kind === "constant") {
      const op: AnyOp = {
        name: "constant",
        operands: [],
        results: [value],
        attributes: { type, values: [view.value] },
      };
      this.grouping.addPointwise({ op, inputs: [view], dtype: view.dtype, result: buffer }, size);
      this.grouping.materialise(buffer);
    } else {
      this.#moveTo(buffer, size, [repeatBox(view.buffer, view.access, size)]);
    }
    return { buffer, type };
  }

  /** Copies into a new buffer of the value. */
  move(result: Value, boxes: readonly MovedBox[], fill?: BufferId): void {
    this.#moveTo(this.define(result), sizeOf(result.type.shape), boxes, fill);
  }

  /** Copies into a new buffer that stands for no value. */
  copy(type: TensorType, boxes: readonly MovedBox[], fill?: BufferId): BufferId {
    const buffer = this.buffer(type);
    this.#moveTo(buffer, sizeOf(type.shape), boxes, fill);
    return buffer;
  }

  /** Takes over what another function has found: its buffers become new ones of this, but for those that are `known`. */
  adopt(other: LoweredFunc, known: ReadonlyMap<BufferId, BufferId>): Rename {
    const names = new Map(known);
    for (const [buffer, type] of other.types) {
      if (names.has(buffer)) continue;
      const own = this.buffer(type);
      names.set(buffer, own);
      const purpose = other.purposes.get(buffer);
      if (purpose !== undefined) this.#purposes.set(own, purpose);
    }
    const rename: Rename = (buffer) => {
      const own = names.get(buffer);
      if (own === undefined) throw new Error(`the function has no buffer ${buffer}`);
      return own;
    };
    for (const { buffer, ...constant } of other.constants) {
      this.#constants.push({ ...constant, buffer: rename(buffer) });
    }
    return rename;
  }

  typeOf(buffer: BufferId): TensorType {
    const type = this.#types.get(buffer);
    if (type === undefined) throw new Error(`nothing is known of ${buffer}`);
    return type;
  }

  /** One number in memory. */
  scalar(dtype: ElementType, value: number): BufferId {
    const type = tensor(dtype);
    const buffer = this.buffer(type);
    this.#constants.push({ buffer, type, values: [value] });
    return buffer;
  }

  finish(): LoweredFunc {
    const { reads, writes } = this.#func;
    const parameters = this.#func.parameters.map(({ value }) => this.source(value).buffer);
    const taken = new Set<BufferId>([...parameters, ...this.#constants.map(({ buffer }) => buffer)]);
    const results = this.#func.results.map(({ value }, i) => {
      const { buffer } = this.source(value);
      const copy = () => this.copy(value.type, [repeatBox(buffer, FULL, sizeOf(value.type.shape))]);
      const variable = writes[i];
      if (variable === undefined) {
        // Old state may be gone when the result is looked at.
        return writes.length > 0 && parameters.includes(buffer) ? copy() : buffer;
      }
      if (buffer === parameters[reads.indexOf(variable)]) return buffer;
      const own = taken.has(buffer) ? copy() : buffer;
      taken.add(own);
      return own;
    });
    const { drafts } = this.grouping;
    const needed = new Set([...results, ...drafts.flatMap(({ reads }) => [...reads])]);
    const kernels = drafts.map((draft) =>
      finishDraft(draft, (buffer) => needed.has(buffer) && this.grouping.producerOf(buffer) === draft),
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

  #moveTo(result: BufferId, size: number, boxes: readonly MovedBox[], fill?: BufferId): void {
    this.grouping.addKernel({ kind: "move", boxes, fill, result, size });
  }
}

function permutedKey(laid: Laid): string {
  return `${laid.buffer} permuted ${orderOf(laid)}`;
}
