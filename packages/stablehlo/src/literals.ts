// Values of constants. MLIR wants a digit on both sides of the point of an f32 and has no words for infinity and NaN,
// which are written as their bits; i32 takes any number that fits 32 bits and wraps it, so that what the verifier lets
// through is all that may come here. Many values are one string of hexadecimal digits, little-endian.

import type { ElementType, TensorType } from "@netwright/ir";
import { sizeOf } from "@netwright/ir";

/** From so many values on they are written in hexadecimal digits. */
const MANY = 16;

/** Values row-major, or one for all, as the text between `dense<` and `>`. */
export function denseText({ dtype, shape }: TensorType, values: readonly number[]): string {
  if (sizeOf(shape) === 0) return "";
  if (values.length === 1) return numberText(values[0] ?? 0, dtype);
  // Truth values are packed to bits in hexadecimal digits, by some versions; so they are spelled out.
  if (values.length >= MANY && dtype !== "pred") return `"0x${hexText(values, dtype)}"`;
  return nested(
    values.map((value) => numberText(value, dtype)),
    shape,
  );
}

function nested(words: readonly string[], shape: readonly number[]): string {
  const [whole = ""] = shape.reduceRight<readonly string[]>(
    (inner, size) =>
      Array.from(
        { length: inner.length / size },
        (_, i) => `[${inner.slice(i * size, (i + 1) * size).join(", ")}]`,
      ),
    words,
  );
  return whole;
}

export function numberText(value: number, dtype: ElementType): string {
  if (dtype === "pred") return value === 0 ? "false" : "true";
  if (dtype !== "f32") return String(value);
  if (Number.isNaN(value)) return "0x7FC00000";
  if (!Number.isFinite(value)) return value > 0 ? "0x7F800000" : "0xFF800000";
  if (Object.is(value, -0)) return "-0.0";
  const [digits = "", exponent] = String(value).split("e");
  const pointed = digits.includes(".") ? digits : `${digits}.0`;
  return exponent === undefined ? pointed : `${pointed}e${exponent}`;
}

const ARRAYS = { f32: Float32Array, i32: Int32Array, u32: Uint32Array } as const;

function hexText(values: readonly number[], dtype: "f32" | "i32" | "u32"): string {
  // Memory is little-endian wherever Netwright runs, as WebAssembly's is everywhere.
  const bytes = new Uint8Array(ARRAYS[dtype].from(values).buffer);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join("");
}

/** The values between `dense<` and `>`; undefined where they are none. */
export function readDense(text: string, { dtype }: TensorType): readonly number[] | undefined {
  const hex = /^"0x([0-9A-F]*)"$/.exec(text)?.[1];
  if (hex !== undefined) return dtype === "pred" ? undefined : readHex(hex, dtype);
  const words = text.match(/[^[\],\s]+/g) ?? [];
  const values = words.map((word) => readNumber(word, dtype));
  return values.every((value) => value !== undefined) ? values : undefined;
}

function readHex(digits: string, dtype: "f32" | "i32" | "u32"): readonly number[] | undefined {
  if (digits.length % 8 !== 0) return undefined;
  const bytes = Uint8Array.from({ length: digits.length / 2 }, (_, i) =>
    Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16),
  );
  return Array.from(new ARRAYS[dtype](bytes.buffer));
}

function readNumber(word: string, dtype: ElementType): number | undefined {
  if (dtype === "pred") return word === "true" ? 1 : word === "false" ? 0 : undefined;
  if (dtype === "f32" && word.startsWith("0x")) {
    const bits = Number(word);
    return Number.isInteger(bits) ? new Float32Array(Uint32Array.of(bits).buffer)[0] : undefined;
  }
  const value = Number(word);
  return Number.isNaN(value) ? undefined : value;
}

/** A number of 64 bits. */
export function doubleText(value: number): string {
  if (Number.isFinite(value)) return numberText(value, "f32");
  const [low = 0, high = 0] = new Uint32Array(Float64Array.of(value).buffer);
  return `0x${[high, low].map((word) => word.toString(16).toUpperCase().padStart(8, "0")).join("")}`;
}

export function readDouble(word: string): number {
  if (!word.startsWith("0x")) return Number(word);
  const [high, low] = [Number(word.slice(0, 10)), Number(`0x${word.slice(10)}`)];
  return new Float64Array(Uint32Array.of(low, high).buffer)[0] ?? Number.NaN;
}
