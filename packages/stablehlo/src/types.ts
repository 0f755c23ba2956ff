// Types as StableHLO writes them: `tensor<128x8xf32>`, with its own words for the element types.

import { type ElementType, type TensorType, tensor } from "@netwright/ir";

const WORDS: Readonly<Record<ElementType, string>> = { f32: "f32", i32: "i32", u32: "ui32", pred: "i1" };

const ELEMENT_TYPES: readonly ElementType[] = ["f32", "i32", "u32", "pred"];

export function typeText({ dtype, shape }: TensorType): string {
  return `tensor<${[...shape, WORDS[dtype]].join("x")}>`;
}

export function typesText(types: readonly TensorType[]): string {
  return `(${types.map(typeText).join(", ")})`;
}

const TYPE = /^tensor<((?:\d+x)*)([a-z]\w*)>$/;
const TYPES = /tensor<[^>]*>/g;

/** All types of a piece of text, in order; undefined for one that the IR has not. */
export function readTypes(text: string): readonly (TensorType | undefined)[] {
  return (text.match(TYPES) ?? []).map((each) => {
    const [, sizes = "", word] = TYPE.exec(each) ?? [];
    const dtype = ELEMENT_TYPES.find((known) => WORDS[known] === word);
    return dtype === undefined ? undefined : tensor(dtype, sizes.split("x").slice(0, -1).map(Number));
  });
}

/** `[1, 2]` */
export function listText(numbers: readonly number[]): string {
  return `[${numbers.join(", ")}]`;
}

/** `array<i64: 1, 2>`, as the generic form wants lists. */
export function arrayText(numbers: readonly number[]): string {
  return numbers.length === 0 ? "array<i64>" : `array<i64: ${numbers.join(", ")}>`;
}
