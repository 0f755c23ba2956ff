// What passes from layer to layer: numbers of a shape, or indices of a shape, as those of words or categories.

/** Sizes without the batch dimension: `[8]` for eight features. */
export type Shape = readonly number[];

export type ValueType =
  | { readonly kind: "number"; readonly shape: Shape }
  /** Whole numbers i with 0 <= i < of. */
  | { readonly kind: "index"; readonly shape: Shape; readonly of: number };

export function numbersOf(shape: Shape): ValueType {
  return { kind: "number", shape };
}

/** The same with one more number, which tells whether a value is missing; only beside numbers there is a place for it. */
export function markedType(type: ValueType): ValueType {
  const [count = 0] = type.shape;
  return type.kind === "number" && type.shape.length === 1 ? numbersOf([count + 1]) : type;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}

export function sameValueType(a: ValueType, b: ValueType): boolean {
  if (!sameShape(a.shape, b.shape)) return false;
  if (a.kind === "index" && b.kind === "index") return a.of === b.of;
  return a.kind === b.kind;
}

/** `[8]`, and `[20] below 1000` for indices. */
export function describeValueType(type: ValueType): string {
  const shape = describeShape(type.shape);
  return type.kind === "number" ? shape : `${shape} below ${type.of}`;
}

export function describeShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}
