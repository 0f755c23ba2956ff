// The context in which rules turn operations into instructions. It maps values to slots and keeps two
// things lazy: a reshape is another reference to a slot, and a broadcast value may be held smaller than
// its type, with dimensions of size 1, as tfjs kernels repeat operands by themselves.

import {
  at,
  type Origin,
  rowMajorStrides,
  sameShape,
  sizeOf,
  type TensorType,
  type Value,
} from "@netwright/ir";
import type { NamedAttrMap, TensorInfo } from "@tensorflow/tfjs-core";
import type { Device, HostBody, InputNames, Prepared } from "../device/device.ts";
import { allocate, tensorInfo } from "../device/storage.ts";
import { copyElements } from "../host/copy-elements.ts";
import { stridedCopy } from "../host/strided-copy.ts";
import type { Instruction, Ref } from "./plan.ts";

export class Planner {
  readonly device: Device;
  readonly instructions: Instruction[] = [];
  readonly constants: { slot: number; info: TensorInfo }[] = [];
  origin: Origin | undefined;
  /** Slots whose contents stay the same from run to run. */
  readonly persistent = new Set<number>();
  readonly #values = new Map<number, Ref>();
  readonly #splats = new Map<number, number>();
  readonly #literals = new Map<string, Ref>();
  readonly #reshaped = new Map<string, Ref>();
  /** For each slot the shape under which it came to be. */
  readonly #shapes: (readonly number[])[] = [];

  constructor(device: Device) {
    this.device = device;
  }

  get slotCount(): number {
    return this.#shapes.length;
  }

  /** A new slot for a value that arrives from outside. */
  parameter(value: Value): number {
    const slot = this.#slot(value.type.shape);
    this.bind(value, { slot, type: value.type });
    return slot;
  }

  bind(value: Value, ref: Ref): void {
    this.#values.set(value.id, ref);
  }

  /** The value, perhaps with dimensions of size 1, aligned at the end, where its type has more. */
  value(value: Value): Ref {
    const ref = this.#values.get(value.id);
    if (ref === undefined) throw new Error(`value ${value.id} is used before it is defined`);
    return ref;
  }

  /** The value in its own shape. */
  full(value: Value): Ref {
    const splat = this.splat(value);
    const ref =
      splat === undefined
        ? this.expand(this.value(value), value.type.shape)
        : this.constant(value.type, [splat]);
    this.bind(value, ref);
    return ref;
  }

  /** The one number that fills a constant, if the value is one. */
  splat(value: Value): number | undefined {
    return this.#splats.get(value.id);
  }

  noteSplat(value: Value, number: number): void {
    this.#splats.set(value.id, number);
  }

  /** A tensor that lives as long as the plan. One value fills it all; equal fills share a slot. */
  constant(type: TensorType, values: readonly number[]): Ref {
    const key =
      values.length === 1 ? `${type.dtype} ${type.shape} ${Object.is(values[0], -0) ? "-0" : values[0]}` : "";
    const known = key === "" ? undefined : this.#literals.get(key);
    if (known !== undefined) return known;
    const size = sizeOf(type.shape);
    const elements = allocate(type.dtype, size);
    if (values.length === 1) elements.fill(at(values, 0));
    else elements.set(values);
    const slot = this.#slot(type.shape);
    this.persistent.add(slot);
    this.constants.push({ slot, info: this.device.upload(type, elements) });
    const ref = { slot, type };
    if (key !== "") this.#literals.set(key, ref);
    return ref;
  }

  reshape(ref: Ref, shape: readonly number[]): Ref {
    return { slot: ref.slot, type: { dtype: ref.type.dtype, shape } };
  }

  /** Whether the reference has the shape under which its slot came to be. */
  isOriginal(ref: Ref): boolean {
    return sameShape(ref.type.shape, this.#shapes[ref.slot] ?? []);
  }

  /** The same elements in a slot of their own, under the shape of the reference. */
  copy(ref: Ref): Ref {
    if (this.hasFixedShapes && !this.isOriginal(ref)) return this.#shaped(ref);
    return this.host("copy", [ref], ref.type, copyElements);
  }

  get hasFixedShapes(): boolean {
    return this.device.profile.shapes === "fixed";
  }

  /** The reference under a slot that came to be in its shape. */
  #shaped(ref: Ref): Ref {
    if (this.isOriginal(ref)) return ref;
    const key = `${ref.slot} ${ref.type.shape}`;
    const known = this.#reshaped.get(key);
    if (known !== undefined) return known;
    const type = { dtype: ref.type.dtype, shape: this.#shapes[ref.slot] ?? [] };
    const run = this.#hold(this.device.kernel("Reshape", ["x"], { shape: [...ref.type.shape] }, [type]));
    const [made = ref] = this.#emit("Reshape", [{ slot: ref.slot, type }], [ref.type], run);
    this.#reshaped.set(key, made);
    return made;
  }

  /** Keeps what a call needs for as long as the plan lives. */
  #hold({ run, resources = [] }: Prepared): Instruction["run"] {
    for (const info of resources) {
      const slot = this.#slot(info.shape);
      this.persistent.add(slot);
      this.constants.push({ slot, info });
    }
    return run;
  }

  /** Repeats the elements along dimensions of size 1 or missing in front. */
  expand(ref: Ref, shape: readonly number[]): Ref {
    if (sameShape(ref.type.shape, shape)) return ref;
    const padded = [...shape.map(() => 1).slice(ref.type.shape.length), ...ref.type.shape];
    const aligned = this.reshape(ref, padded);
    if (sameShape(padded, shape)) return aligned;
    const type = { dtype: ref.type.dtype, shape };
    if (this.device.profile.onHost.broadcast_in_dim === undefined) {
      const reps = shape.map((size, i) => (padded[i] === size ? 1 : size));
      return this.kernel("Tile", ["x"], [aligned], { reps }, type);
    }
    const strides = rowMajorStrides(padded).map((stride, i) => (padded[i] === 1 ? 0 : stride));
    const copy = stridedCopy(shape, { offset: 0, strides }, { offset: 0, strides: rowMajorStrides(shape) });
    return this.host("broadcast_in_dim", [aligned], type, copy);
  }

  /** Calls a tfjs kernel. */
  kernel(
    name: string,
    names: InputNames,
    inputs: readonly Ref[],
    attrs: NamedAttrMap,
    type: TensorType,
  ): Ref {
    const shaped = this.hasFixedShapes ? inputs.map((ref) => this.#shaped(ref)) : inputs;
    const types = shaped.map((ref) => ref.type);
    const run = this.#hold(this.device.kernel(name, names, attrs, types));
    return this.#emit(name, shaped, [type], run)[0] as Ref; // one type, one reference
  }

  /** A composite that the device has a way of its own for. */
  composite(
    name: string,
    inputs: readonly Ref[],
    types: readonly TensorType[],
    made: Prepared,
  ): readonly Ref[] {
    const shaped = this.hasFixedShapes ? inputs.map((ref) => this.#shaped(ref)) : inputs;
    return this.#emit(name, shaped, types, this.#hold(made));
  }

  /** Computes one result from JavaScript. */
  host(name: string, inputs: readonly Ref[], type: TensorType, body: HostBody): Ref {
    return this.hostMany(name, inputs, [type], body)[0] as Ref; // one type, one reference
  }

  hostMany(
    name: string,
    inputs: readonly Ref[],
    types: readonly TensorType[],
    body: HostBody,
  ): readonly Ref[] {
    const { device } = this;
    const dtypes = inputs.map((ref) => ref.type.dtype);
    return this.#emit(`host:${name}`, inputs, types, (handles) =>
      device.compute(handles, dtypes, types, body),
    );
  }

  #slot(shape: readonly number[]): number {
    return this.#shapes.push(shape) - 1;
  }

  #emit(
    name: string,
    inputs: readonly Ref[],
    types: readonly TensorType[],
    run: Instruction["run"],
  ): readonly Ref[] {
    const refs = types.map((type) => ({ slot: this.#slot(type.shape), type }));
    this.instructions.push({ name, inputs, outputs: refs.map((ref) => ref.slot), run, origin: this.origin });
    return refs;
  }
}

/** A handle for an input of a step; the runner sets its data before each run. */
export function handleFor(ref: Ref): TensorInfo {
  return tensorInfo({}, ref.type);
}
