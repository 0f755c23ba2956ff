// A fused optimizer update as a call that takes tensors and gives tensors. TensorFlow's kernels write resource
// variables, so weight and slots move into variables, where they stay from step to step: the results are lazy
// readings of the variables, which share their memory. TensorFlow copies a variable before writing when
// somebody still holds its memory, so a tensor never changes under its owner.

import { at, type Op, sizeOf, type TensorType } from "@netwright/ir";
import { allocate, type Prepared, tensorInfo } from "@netwright/tfjs-kernels";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Binding, OpAttr } from "../device/binding.ts";
import { constantTensor } from "../device/kernels.ts";
import { floats, held, NativeTensor, type Variable } from "../device/native-tensor.ts";
import { dtypeOf } from "../device/types.ts";

/**
 * Where an operand of the kernel comes from: weight, gradient, slots, learning rate and scalars are operands of the
 * composite, a number is a constant, and `scratch` is a variable whose contents do not matter.
 */
export type Source =
  | "weight"
  | "gradient"
  | "rate"
  | "scratch"
  | `slot ${number}`
  | `scalar ${number}`
  | number;

export interface UpdateCall {
  readonly op: string;
  readonly operands: readonly Source[];
  readonly flags?: Readonly<Record<string, boolean>>;
  /** Before the update, w = w - rate decay w. */
  readonly decay?: number;
}

/** TensorFlow's own name for a variable that lives as long as the tensor that refers to it. */
const ANONYMOUS = "cd2c89b7-88b7-44c8-ad83-06c2a9158347";

/** `op` has the operands weight, gradient, slots, learning rate, scalars, and the results weight, slots. */
export function prepareUpdate(binding: Binding, op: Op<"composite">, call: UpdateCall): Prepared {
  const [type] = op.attributes.types;
  if (type === undefined) throw new Error("an optimizer update has the weight as its first result");
  // Behind weight, gradient and slots.
  const rate = op.results.length + 1;
  const resources: TensorInfo[] = [];
  const keep = (info: TensorInfo): number => {
    resources.push(info);
    return held(info.dataId).id(binding);
  };
  const constant = (value: number): number =>
    keep(constantTensor(binding, { shape: [], values: [value], isFloat: true }));
  const variables = op.results.map(
    (): Variable => ({ handle: keep(variableFor(binding, type)), holder: undefined }),
  );

  /** Of each operand of the kernel its tensor, or the place of the input that gives it. */
  const operands = call.operands.map((source): { id: number } | { input: number } => {
    if (typeof source === "number") return { id: constant(source) };
    if (source === "scratch") return { id: keep(zeroVariable(binding, type)) };
    if (source === "gradient") return { input: 1 };
    if (source === "rate") return { input: rate };
    if (source === "weight") return { id: at(variables, 0).handle };
    const index = Number(source.slice(source.indexOf(" ") + 1));
    if (source.startsWith("scalar")) return { input: rate + 1 + index };
    return { id: at(variables, index + 1).handle };
  });
  const attrs: readonly OpAttr[] = [
    { name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: "use_locking", type: binding.TF_ATTR_BOOL, value: false },
    ...Object.entries(call.flags ?? {}).map(([name, value]) => ({
      name,
      type: binding.TF_ATTR_BOOL,
      value,
    })),
  ];
  const decay = call.decay === undefined ? undefined : constant(call.decay);

  const run: Prepared["run"] = (inputs, lastUse) => {
    for (const [i, variable] of variables.entries()) {
      const place = i === 0 ? 0 : i + 1;
      const info = inputs[place];
      if (info !== undefined) moveInto(binding, variable, held(info.dataId), lastUse[place] === true);
    }
    const now = inputs[rate];
    if (decay !== undefined && now !== undefined) {
      shrink(binding, at(variables, 0).handle, held(now.dataId).id(binding), decay);
    }
    const ids = operands.map((operand) => {
      if ("id" in operand) return operand.id;
      const info = inputs[operand.input];
      if (info === undefined) throw new Error(`${call.op} lacks input ${operand.input}`);
      return held(info.dataId).id(binding);
    });
    binding.executeOp(call.op, attrs, ids, 0);
    return variables.map((variable) => tensorInfo(NativeTensor.inVariable(variable), type));
  };
  return { run, resources };
}

/** After this the variable holds the elements, and the tensor only if somebody else wants it. */
function moveInto(binding: Binding, variable: Variable, tensor: NativeTensor, isLast: boolean): void {
  const dies = isLast && tensor.owners === 1;
  if (variable.holder !== tensor) {
    preserve(binding, variable.holder);
    const id = tensor.id(binding);
    binding.executeOp("AssignVariableOp", floats(binding), [variable.handle, id], 0);
  }
  if (dies) tensor.drop(binding);
  else preserve(binding, tensor);
  variable.holder = undefined;
}

/** Reads a tensor out of its variable before that changes. */
function preserve(binding: Binding, tensor: NativeTensor | undefined): void {
  if (tensor?.variable === undefined) return;
  tensor.id(binding);
  tensor.leave();
}

function shrink(binding: Binding, handle: number, rate: number, decay: number): void {
  const attrs = floats(binding);
  const [weight] = binding.executeOp("ReadVariableOp", attrs, [handle], 1);
  if (weight === undefined) return;
  const type = { name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
  const [factor] = binding.executeOp("Mul", [type], [rate, decay], 1);
  if (factor === undefined) return;
  const [share] = binding.executeOp("Mul", [type], [weight.id, factor.id], 1);
  binding.deleteTensor(weight.id);
  binding.deleteTensor(factor.id);
  if (share === undefined) return;
  binding.executeOp("AssignSubVariableOp", attrs, [handle, share.id], 0);
  binding.deleteTensor(share.id);
}

function variableFor(binding: Binding, type: TensorType): TensorInfo {
  const attrs: readonly OpAttr[] = [
    ...floats(binding),
    { name: "shape", type: binding.TF_ATTR_SHAPE, value: [...type.shape] },
    { name: "shared_name", type: binding.TF_ATTR_STRING, value: ANONYMOUS },
  ];
  const [output] = binding.executeOp("VarHandleOp", attrs, [], 1);
  if (output === undefined) throw new Error("VarHandleOp gave nothing");
  return tensorInfo(new NativeTensor(output.id), type);
}

function zeroVariable(binding: Binding, type: TensorType): TensorInfo {
  const info = variableFor(binding, type);
  const zeros = allocate("f32", sizeOf(type.shape));
  const id = binding.createTensor(type.shape, dtypeOf(binding, "f32"), zeros);
  binding.executeOp("AssignVariableOp", floats(binding), [held(info.dataId).id(binding), id], 0);
  binding.deleteTensor(id);
  return info;
}
