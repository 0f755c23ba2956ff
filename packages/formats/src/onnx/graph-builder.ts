// A graph of ONNX as it grows: values by their names, each given by one node, and constants, each kept once.

import type { Refusal } from "../format.ts";
import type { FloatTensor } from "../model/layouts.ts";
import { ELEMENT_TYPES } from "./fields.ts";
import type {
  Attribute,
  DataType,
  OnnxData,
  OnnxGraph,
  OnnxNode,
  OnnxTensor,
  OnnxValue,
} from "./messages.ts";

/** A value by its name. */
export type Name = string;

/** Numbers are ints; what is a float says so: `{ alpha: float(0.3) }`. */
export type Attributes = Readonly<Record<string, number | string | readonly number[] | Attribute>>;

export function float(value: number): Attribute {
  return { kind: "float", value };
}

export class GraphBuilder {
  readonly #names = new Set<string>([""]);
  readonly #nodes: OnnxNode[] = [];
  readonly #tensors: OnnxTensor[] = [];
  readonly #constants = new Map<string, Name>();
  readonly #inputs: OnnxValue[] = [];
  readonly #outputs: OnnxValue[] = [];
  readonly #refusals: Refusal[] = [];
  /** Of values with channels last, the same with channels first. */
  readonly #channelsFirst = new Map<Name, Name>();
  #scope = "columns";

  /** What names of the next values begin with. */
  within(scope: string): void {
    this.#scope = scope;
  }

  get refusals(): readonly Refusal[] {
    return this.#refusals;
  }

  /** Gives the value back, so that the rest is looked at as well. */
  refuse(refusal: Refusal, instead: Name): Name {
    this.#refusals.push(refusal);
    return instead;
  }

  /** Names of inputs and outputs are what people read: they are kept, where no other value has them. */
  input(value: OnnxValue): Name {
    const name = this.#unique(value.name);
    this.#inputs.push({ ...value, name });
    return name;
  }

  output(value: OnnxValue, from: Name): void {
    const name = this.#unique(value.name);
    this.#outputs.push({ ...value, name });
    this.#nodes.push({ name, op: "Identity", inputs: [from], outputs: [name], attributes: new Map() });
  }

  op(op: string, inputs: readonly Name[], attributes: Attributes = {}): Name {
    const [name = ""] = this.ops(op, inputs, 1, attributes);
    return name;
  }

  /** A node of so many outputs. */
  ops(op: string, inputs: readonly Name[], count: number, attributes: Attributes = {}): readonly Name[] {
    const name = this.#unique(`${this.#scope}/${op}`);
    const outputs = Array.from({ length: count }, (_, i) => (i === 0 ? name : this.#unique(`${name}.${i}`)));
    const given = new Map(Object.entries(attributes).map(([key, value]) => [key, attributeOf(value)]));
    this.#nodes.push({ name, op, inputs, outputs, attributes: given });
    return outputs;
  }

  /** A weight by its own name; again where another layer uses it, and there it is the same. */
  weight(name: string, { shape, data }: FloatTensor): Name {
    const key = `${name} ${shape.join()}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const own = this.#tensor(name, shape, { type: "float", values: data });
    this.#constants.set(key, own);
    return own;
  }

  floats(values: readonly number[] | Float32Array, shape: readonly number[] = [values.length]): Name {
    return this.#constant(shape, { type: "float", values: Float32Array.from(values) });
  }

  doubles(values: readonly number[], shape: readonly number[] = [values.length]): Name {
    return this.#constant(shape, { type: "double", values: Float64Array.from(values) });
  }

  ints(values: readonly number[], shape: readonly number[] = [values.length]): Name {
    return this.#constant(shape, { type: "int64", values });
  }

  texts(values: readonly string[], shape: readonly number[] = [values.length]): Name {
    return this.#constant(shape, { type: "string", values });
  }

  flags(values: readonly boolean[], shape: readonly number[] = [values.length]): Name {
    return this.#constant(shape, { type: "bool", values });
  }

  cast(x: Name, type: DataType): Name {
    return this.op("Cast", [x], { to: ELEMENT_TYPES[type] });
  }

  /** Sizes behind the rows. */
  reshape(x: Name, sizes: readonly number[]): Name {
    return this.op("Reshape", [x, this.ints([0, ...sizes])]);
  }

  /** [rows, ...places, channels] with the channels before the places, of so many sizes with the rows. */
  channelsFirst(x: Name, rank: number): Name {
    const known = this.#channelsFirst.get(x);
    if (known !== undefined || rank < 3) return known ?? x;
    const places = Array.from({ length: rank - 2 }, (_, d) => d + 1);
    return this.op("Transpose", [x], { perm: [0, rank - 1, ...places] });
  }

  /** The way back, which the next layer may not need. */
  channelsLast(x: Name, rank: number): Name {
    if (rank < 3) return x;
    const places = Array.from({ length: rank - 2 }, (_, d) => d + 2);
    const last = this.op("Transpose", [x], { perm: [0, ...places, 1] });
    this.#channelsFirst.set(last, x);
    return last;
  }

  /** Without what no output needs. */
  finish(name: string): OnnxGraph {
    const needed = new Set(this.#outputs.map((output) => output.name));
    const nodes = this.#nodes
      .toReversed()
      .filter(({ outputs, inputs }) => {
        const isNeeded = outputs.some((output) => needed.has(output));
        if (isNeeded) for (const input of inputs) needed.add(input);
        return isNeeded;
      })
      .toReversed();
    const initializers = this.#tensors.filter((tensor) => needed.has(tensor.name));
    return { name, nodes, initializers, inputs: this.#inputs, outputs: this.#outputs };
  }

  #constant(shape: readonly number[], data: OnnxData): Name {
    const key = JSON.stringify([data.type, shape, Array.from<unknown>(data.values).map(keyOf)]);
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const name = this.#tensor(`${this.#scope}/constant`, shape, data);
    this.#constants.set(key, name);
    return name;
  }

  #tensor(wanted: string, shape: readonly number[], data: OnnxData): Name {
    const name = this.#unique(wanted);
    this.#tensors.push({ name, shape, data });
    return name;
  }

  #unique(wanted: string): Name {
    let name = wanted;
    for (let i = 1; this.#names.has(name); i++) name = `${wanted}_${i}`;
    this.#names.add(name);
    return name;
  }
}

/** JSON has no signs of zero and no infinity. */
function keyOf(value: unknown): unknown {
  return typeof value === "number" && (Object.is(value, -0) || !Number.isFinite(value))
    ? Object.is(value, -0)
      ? "-0"
      : String(value)
    : value;
}

function attributeOf(value: Attributes[string]): Attribute {
  if (typeof value === "number") return { kind: "int", value };
  if (typeof value === "string") return { kind: "string", value };
  return "kind" in value ? value : { kind: "ints", value };
}
