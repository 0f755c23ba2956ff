// Tensor types: an element type and a static shape.

export type ElementType = "f32" | "i32" | "u32" | "pred";

export interface TensorType {
  readonly dtype: ElementType;
  readonly shape: readonly number[];
}

export function tensor(dtype: ElementType, shape: readonly number[] = []): TensorType {
  return { dtype, shape };
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, dimension) => size * dimension, 1);
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((dimension, i) => dimension === b[i]);
}

export function sameType(a: TensorType, b: TensorType): boolean {
  return a.dtype === b.dtype && sameShape(a.shape, b.shape);
}

/** As in the text form: `tensor<128x8xf32>`, `tensor<f32>`. */
export function formatType(type: TensorType): string {
  return `tensor<${[...type.shape, type.dtype].join("x")}>`;
}
