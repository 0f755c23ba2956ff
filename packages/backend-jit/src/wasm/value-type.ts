// The value types of WebAssembly that we use, and function types made of them.

export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128";

export const valueTypeCode = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
} as const satisfies { [T in ValueType]: number };

export interface FunctionType {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}
