// A tensor of TensorFlow with its owners: what the plans hold as the data of a slot. Its elements are a tensor
// of the addon, or the contents of a resource variable, from which they are read when somebody asks.

import type { Binding, OpAttr } from "./binding.ts";

/** A variable that a fused optimizer update writes in place. */
export interface Variable {
  /** Tensor of the addon that refers to it. */
  readonly handle: number;
  /** Whose elements it holds. */
  holder: NativeTensor | undefined;
}

/** No tensor of the addon. */
const NONE = -1;

export class NativeTensor {
  #id: number;
  owners = 1;
  variable: Variable | undefined;

  constructor(id: number) {
    this.#id = id;
  }

  static inVariable(variable: Variable): NativeTensor {
    const tensor = new NativeTensor(NONE);
    tensor.variable = variable;
    variable.holder = tensor;
    return tensor;
  }

  /** The tensor of the addon; read from the variable the first time. It shares the variable's memory. */
  id(binding: Binding): number {
    if (this.#id === NONE && this.variable !== undefined) {
      const [read] = binding.executeOp("ReadVariableOp", floats(binding), [this.variable.handle], 1);
      this.#id = read?.id ?? NONE;
    }
    if (this.#id === NONE) throw new Error("a tensor is used after it was freed");
    return this.#id;
  }

  /** A copy of the elements. What is read from a variable for this alone is not kept, so that it stays unshared. */
  data(binding: Binding): unknown {
    const isLazy = this.#id === NONE;
    const data = binding.tensorDataSync(this.id(binding));
    if (isLazy) {
      binding.deleteTensor(this.#id);
      this.#id = NONE;
    }
    return data;
  }

  /** Gives the elements up: a variable that is no longer shared can be written in place. */
  drop(binding: Binding): void {
    if (this.#id !== NONE) binding.deleteTensor(this.#id);
    this.#id = NONE;
    this.leave();
  }

  /** The variable is about to hold something else; elements that were read before stay. */
  leave(): void {
    if (this.variable?.holder === this) this.variable.holder = undefined;
    this.variable = undefined;
  }
}

/** The data of a slot, which is always one of ours. */
export function held(dataId: object): NativeTensor {
  if (dataId instanceof NativeTensor) return dataId;
  throw new Error("a tensor of another device");
}

/** Attributes of the operations on variables of f32. */
export function floats(binding: Binding): readonly OpAttr[] {
  return [{ name: "dtype", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }];
}
