// tfjs kernels as TensorFlow operations: for each name that the plans use one operation, its attributes, and
// operands that are constants to us, which TensorFlow takes as tensors of i32.

import type { TensorType } from "@netwright/ir";
import { at } from "@netwright/ir";
import { type Prepared, tensorInfo } from "@netwright/tfjs-kernels";
import type { NamedAttrMap, TensorInfo } from "@tensorflow/tfjs-core";
import type { Binding, OpAttr } from "./binding.ts";
import { held, NativeTensor } from "./native-tensor.ts";
import { dtypeOf } from "./types.ts";

interface Call {
  readonly op: string;
  readonly attrs?: readonly OpAttr[];
  /** Integer tensors after the inputs. */
  readonly constants?: readonly Constant[];
}

interface Constant {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly isFloat?: boolean;
}

type Describe = (attrs: NamedAttrMap, types: readonly TensorType[], make: Make) => Call;

/** Attributes of the kinds that TensorFlow distinguishes. */
interface Make {
  bool(name: string, value: unknown): OpAttr;
  int(name: string, value: number): OpAttr;
  type(name: string, dtype: TensorType["dtype"]): OpAttr;
}

const plainOp =
  (op: string): Describe =>
  (_, types, make) => ({ op, attrs: [make.type("T", types[0]?.dtype ?? "f32")] });

const reduction =
  (op: string, field: string): Describe =>
  (attrs, types, make) => ({
    op,
    attrs: [
      make.bool("keep_dims", false),
      make.type("T", types[0]?.dtype ?? "f32"),
      make.type("Tidx", "i32"),
    ],
    constants: [vector(attrs[field])],
  });

const indexed =
  (op: string, index: string, fields: readonly string[]): Describe =>
  (attrs, types, make) => ({
    op,
    attrs: [make.type("T", types[0]?.dtype ?? "f32"), make.type(index, "i32")],
    constants: fields.map((field) => vector(attrs[field])),
  });

const product =
  (op: string, left: string, right: string): Describe =>
  ({ transposeA, transposeB }, _, make) => ({
    op,
    attrs: [make.type("T", "f32"), make.bool(left, transposeA), make.bool(right, transposeB)],
  });

const kernels: Readonly<Record<string, Describe>> = {
  Abs: plainOp("Abs"),
  Neg: plainOp("Neg"),
  Sign: plainOp("Sign"),
  Exp: plainOp("Exp"),
  Log: plainOp("Log"),
  Log1p: plainOp("Log1p"),
  Expm1: plainOp("Expm1"),
  Sqrt: plainOp("Sqrt"),
  Rsqrt: plainOp("Rsqrt"),
  Sin: plainOp("Sin"),
  Cos: plainOp("Cos"),
  Tanh: plainOp("Tanh"),
  Sigmoid: plainOp("Sigmoid"),
  Erf: plainOp("Erf"),
  Floor: plainOp("Floor"),
  Relu: plainOp("Relu"),
  Add: plainOp("AddV2"),
  Sub: plainOp("Sub"),
  Multiply: plainOp("Mul"),
  RealDiv: plainOp("RealDiv"),
  Maximum: plainOp("Maximum"),
  Minimum: plainOp("Minimum"),
  Pow: plainOp("Pow"),
  BiasAdd: plainOp("BiasAdd"),
  Equal: plainOp("Equal"),
  NotEqual: plainOp("NotEqual"),
  GreaterEqual: plainOp("GreaterEqual"),
  Greater: plainOp("Greater"),
  LessEqual: plainOp("LessEqual"),
  Less: plainOp("Less"),
  Select: (_, types, make) => ({ op: "SelectV2", attrs: [make.type("T", types[1]?.dtype ?? "f32")] }),
  Sum: sum,
  Prod: reduction("Prod", "axis"),
  Max: reduction("Max", "reductionIndices"),
  Min: reduction("Min", "axis"),
  Reshape: indexed("Reshape", "Tshape", ["shape"]),
  Transpose: indexed("Transpose", "Tperm", ["perm"]),
  Tile: indexed("Tile", "Tmultiples", ["reps"]),
  Reverse: indexed("ReverseV2", "Tidx", ["dims"]),
  Slice: indexed("Slice", "Index", ["begin", "size"]),
  StridedSlice: indexed("StridedSlice", "Index", ["begin", "end", "strides"]),
  Concat: ({ axis }, types, make) => ({
    op: "ConcatV2",
    attrs: [make.int("N", types.length), make.type("T", types[0]?.dtype ?? "f32"), make.type("Tidx", "i32")],
    constants: [{ shape: [], values: [Number(axis)] }],
  }),
  PadV2: ({ paddings, constantValue }, types, make) => ({
    op: "PadV2",
    attrs: [make.type("T", "f32"), make.type("Tpaddings", "i32")],
    constants: [
      { shape: [at(types, 0).shape.length, 2], values: numbers(paddings) },
      { shape: [], values: [Number(constantValue)], isFloat: true },
    ],
  }),
  MatMul: product("MatMul", "transpose_a", "transpose_b"),
  BatchMatMul: product("BatchMatMulV2", "adj_x", "adj_y"),
};

/** Sums over the rows of a matrix, the gradients of biases, have a kernel that is three times as fast. */
function sum(attrs: NamedAttrMap, types: readonly TensorType[], make: Make): Call {
  const [dimension, ...others] = numbers(attrs["axis"]);
  const isOverRows = dimension === 0 && others.length === 0 && types[0]?.shape.length === 2;
  return (isOverRows ? plainOp("BiasAddGrad") : reduction("Sum", "axis"))(attrs, types, make);
}

/** @throws Error for a kernel that no rule uses. */
export function prepareKernel(
  binding: Binding,
  name: string,
  attrs: NamedAttrMap,
  types: readonly TensorType[],
): Prepared {
  if (name === "_FusedMatMul") return fusedProduct(binding, attrs, types);
  const describe = kernels[name];
  if (describe === undefined) throw new Error(`the native backend has no kernel ${name}`);
  const call = describe(attrs, types, makeFor(binding));
  const opAttrs = call.attrs ?? [];
  const resources = (call.constants ?? []).map((constant) => constantTensor(binding, constant));
  const fixed = resources.map(({ dataId }) => held(dataId).id(binding));
  const run = (inputs: readonly TensorInfo[]): readonly TensorInfo[] => {
    const ids = inputs.map(({ dataId }) => held(dataId).id(binding));
    const [output] = binding.executeOp(call.op, opAttrs, fixed.length === 0 ? ids : [...ids, ...fixed], 1);
    if (output === undefined) throw new Error(`${call.op} gave nothing`);
    return [{ dataId: new NativeTensor(output.id), shape: output.shape, dtype: "float32" }];
  };
  return { run, resources };
}

/** The addon takes no lists of strings, so TensorFlow's own _FusedMatMul is out of reach: its parts in a row. */
function fusedProduct(binding: Binding, attrs: NamedAttrMap, types: readonly TensorType[]): Prepared {
  const matrices = prepareKernel(binding, "MatMul", attrs, types.slice(0, 2));
  const bias = prepareKernel(binding, "BiasAdd", {}, [{ dtype: "f32", shape: [] }]);
  const clamp = attrs["activation"] === "relu" ? prepareKernel(binding, "Relu", {}, types) : undefined;
  const then = (next: Prepared, inputs: readonly TensorInfo[]): readonly TensorInfo[] => {
    const results = next.run(inputs, []);
    const [made] = inputs;
    if (made !== undefined) held(made.dataId).drop(binding);
    return results;
  };
  return {
    run: ([a, b, c], lastUse) => {
      if (a === undefined || b === undefined || c === undefined)
        throw new Error("_FusedMatMul takes three inputs");
      const sum = then(bias, [...matrices.run([a, b], lastUse), c]);
      return clamp === undefined ? sum : then(clamp, sum);
    },
  };
}

export function constantTensor(binding: Binding, { shape, values, isFloat = false }: Constant): TensorInfo {
  const elements = isFloat ? Float32Array.from(values) : Int32Array.from(values);
  const dtype = isFloat ? "f32" : "i32";
  const id = binding.createTensor(shape, dtypeOf(binding, dtype), elements);
  return tensorInfo(new NativeTensor(id), { dtype, shape });
}

function makeFor(binding: Binding): Make {
  return {
    bool: (name, value) => ({ name, type: binding.TF_ATTR_BOOL, value: value === true }),
    int: (name, value) => ({ name, type: binding.TF_ATTR_INT, value }),
    type: (name, dtype) => ({ name, type: binding.TF_ATTR_TYPE, value: dtypeOf(binding, dtype) }),
  };
}

function vector(value: unknown): Constant {
  const values = numbers(value);
  return { shape: [values.length], values };
}

/** The numbers of an attribute that holds a list, or a list of lists. */
function numbers(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(numbers);
  if (typeof value === "number") return [value];
  throw new Error("an attribute is no list of numbers");
}
