// What a language has of its own, in as few words as the printer needs: types, constants, arithmetic that is rounded once, loops
// and functions. Array access, comparison, `&&` and assignment look the same in all of them.

import { inComment } from "../in-comment.ts";

/** `real` is f32 or f64 by what was asked for, `wide` f64; `int` has 32 bits; `flag` is true or false. */
export type ScalarType = "real" | "wide" | "int" | "flag";

/** Elementwise functions that the printer calls by name. */
export type RealFunction =
  | "exponential"
  | "log"
  | "log_plus_one"
  | "exponential_minus_one"
  | "tanh"
  | "logistic"
  | "erf"
  | "rsqrt"
  | "sine"
  | "cosine"
  | "power";

/** As C's library has them, and JavaScript's but for `erf`. */
export const C_NAMES = {
  exponential: "exp",
  log: "log",
  log_plus_one: "log1p",
  exponential_minus_one: "expm1",
  tanh: "tanh",
  erf: "erf",
  sine: "sin",
  cosine: "cos",
  power: "pow",
} as const satisfies Partial<Record<RealFunction, string>>;

export interface Parameter {
  readonly name: string;
  readonly type:
    | "real"
    | "wide"
    | "int"
    | "reals"
    | "ints"
    | "reals out"
    | "ints out"
    | "wides out"
    | "row"
    | "rows";
}

export interface Syntax {
  /** Where every result of arithmetic is rounded to f32. */
  readonly isFloat: boolean;
  readonly real: (value: number) => string;
  readonly int: (value: number) => string;
  readonly add: (a: string, b: string) => string;
  readonly subtract: (a: string, b: string) => string;
  /** Never fused with what takes the product. */
  readonly multiply: (a: string, b: string) => string;
  readonly divide: (a: string, b: string) => string;
  readonly sqrt: (a: string) => string;
  readonly abs: (a: string) => string;
  readonly floor: (a: string) => string;
  /** C's fmod. */
  readonly remainder: (a: string, b: string) => string;
  readonly pick: (condition: string, yes: string, no: string, type: "real" | "int") => string;
  readonly addInt: (a: string, b: string) => string;
  readonly subtractInt: (a: string, b: string) => string;
  readonly multiplyInt: (a: string, b: string) => string;
  readonly shiftLeft: (a: string, count: number) => string;
  readonly bitsOf: (real: string) => string;
  readonly realOf: (bits: string) => string;
  readonly intToReal: (a: string) => string;
  /** An index of a loop as an `int`, and the way back. */
  readonly indexToInt: (a: string) => string;
  readonly intToIndex: (a: string) => string;
  /** What a constant of the module is called where it is used. */
  readonly global: (name: string) => string;
  readonly call: (name: string, args: readonly string[]) => string;
  /** The language's own function, in f64; null where it has none. */
  readonly library: (name: RealFunction, args: readonly string[]) => string | null;

  /** In f64 whatever was asked for: what goes in and comes out is scaled so. */
  readonly wide: (value: number) => string;
  readonly multiplyWide: (a: string, b: string) => string;
  readonly floorWide: (a: string) => string;
  readonly sqrtWide: (a: string) => string;
  readonly powerWide: (a: string, b: string) => string;
  readonly pickWide: (condition: string, yes: string, no: string) => string;
  readonly widen: (real: string) => string;
  readonly narrow: (wide: string) => string;
  /** The place of a word in the list, which has so many; -1 where it is not there. */
  readonly find: (list: string, count: number, word: string) => string;
  readonly isEmptyWord: (word: string) => string;
  readonly words: (name: string, words: readonly string[]) => string;
  /** The cell of a column, of a row or of that row of a window. */
  readonly cell: (column: string, kind: "number" | "words", row: string | null) => string;
  /** A constant of f64. */
  readonly wides: (name: string, values: readonly number[]) => string;

  readonly let: (type: ScalarType, name: string, value: string) => string;
  readonly variable: (type: ScalarType, name: string, value: string) => string;
  /** Opens a block, from 0 on below `count`. */
  readonly loop: (index: string, count: number) => string;
  readonly when: (condition: string) => string;
  /** Opens a block. */
  readonly func: (name: string, parameters: readonly Parameter[], returns: ScalarType | null) => string;
  readonly buffer: (type: "real" | "int", name: string, size: number) => string;
  readonly constant: (type: "real" | "int", name: string, values: readonly number[]) => string;
}

/** The fewest digits that give the number back: of f32 at most nine. */
export function decimal(value: number, isFloat: boolean): string {
  if (!isFloat) return String(value);
  for (let digits = 1; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(Number(value.toPrecision(9)));
}

/** With a point or an exponent, which makes it no integer. */
export function pointed(text: string): string {
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** Inside of blocks by two spaces, and lines of numbers broken. */
export function indented(lines: readonly string[]): string {
  let depth = 0;
  return lines
    .map((line) => {
      if (line.startsWith("}")) depth--;
      const text = "  ".repeat(Math.max(depth, 0)) + line;
      if (line.endsWith("{")) depth++;
      return text;
    })
    .join("\n");
}

const WIDTH = 120;

export function wrapped(values: readonly string[]): string {
  const lines: string[] = [];
  let line = "";
  for (const value of values) {
    if (line.length + value.length > WIDTH) {
      lines.push(line);
      line = "";
    }
    line += `${value}, `;
  }
  return [...lines, line].map((one) => `  ${one.trimEnd()}`).join("\n");
}

/** What the numbers of a column are, in a comment. */
export function columnNote(
  { column, unit, kind }: Noted,
  empty: Readonly<Record<Noted["kind"], string>>,
): string {
  return `${inComment(column)}${unit === null ? "" : `, in ${inComment(unit)}`}; ${empty[kind]} where it is empty`;
}

interface Noted {
  readonly column: string;
  readonly unit: string | null;
  readonly kind: "number" | "words";
}

/** Names that all languages take, other ones than those that are `taken`; of several that become the same, each with a number. */
export function identifiers(names: readonly string[], taken: readonly string[] = []): readonly string[] {
  // Go writes names without their underscores: there `a_1` and `a1` are one.
  const keyOf = (name: string) => name.replaceAll("_", "");
  const used = new Set(taken.map(keyOf));
  return names.map((name) => {
    const plain = identifier(name);
    let own = plain;
    for (let i = 2; used.has(keyOf(own)); i++) own = `${plain}_${i}`;
    used.add(keyOf(own));
    return own;
  });
}

function identifier(name: string): string {
  const text = name
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .toLowerCase();
  return /^[a-z]/.test(text) && !RESERVED.has(text) ? text : `v_${text}`;
}

/** Words of C and C++, Rust and Go in which a field may not be called, and what gcc defines as macros. */
const RESERVED: ReadonlySet<string> = new Set(
  `abstract alignas alignof and as asm async auto await become bool box break case catch chan char class compl concept const
   constexpr continue crate default defer delete do double dyn else enum explicit export extern fallthrough false final float
   fn for friend func gen go goto i386 if impl import in inline int interface let linux long loop macro map match mod move mut
   mutable namespace new noexcept not nullptr operator or override package priv private protected pub public range ref register
   requires restrict return select self short signed sizeof static struct super switch template this throw trait true try type
   typedef typeid typename typeof union unix unsafe unsigned unsized use using var virtual void volatile where while xor
   yield`.split(/\s+/),
);
