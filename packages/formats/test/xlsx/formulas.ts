// As much of the language of formulas as our workbooks have, computed in f64: what LibreOffice is asked by its judge, without it.

import { normalShare } from "@netwright/ir/numerics";

/** `null` is an empty cell, `FAILED` any error. */
export const FAILED = Symbol("an error");
export type Value = number | string | boolean | null | typeof FAILED;
export type Matrix = readonly (readonly Value[])[];

export interface Area {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

export type ReadArea = (area: Area) => Matrix;

export function evaluated(formula: string, sheet: string, read: ReadArea): Matrix {
  return new Formula(tokensOf(formula), sheet, read).whole();
}

type Token = { readonly kind: "number" | "text" | "name" | "area" | "sign"; readonly text: string };

const TOKEN =
  /(?<text>"(?:[^"]|"")*")|(?<area>(?:'(?:[^']|'')+'!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)(?![A-Za-z(])|(?<name>[A-Z]+)|(?<number>\d+(?:\.\d+)?(?:E[+-]?\d+)?)|(?<sign><>|<=|>=|[-+*/&=<>(),])/y;

function tokensOf(formula: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let place = 0; place < formula.length; place = TOKEN.lastIndex) {
    const groups = TOKEN.exec(formula)?.groups;
    const kind = (["text", "area", "name", "number", "sign"] as const).find(
      (one) => groups?.[one] !== undefined,
    );
    if (kind === undefined) throw new Error(`no formula from ${formula.slice(place, place + 40)}`);
    tokens.push({ kind, text: groups?.[kind] ?? "" });
  }
  return tokens;
}

const LEVELS = [["=", "<>", "<", ">", "<=", ">="], ["&"], ["+", "-"], ["*", "/"]] as const;

class Formula {
  readonly #tokens: readonly Token[];
  readonly #sheet: string;
  readonly #read: ReadArea;
  #place = 0;

  constructor(tokens: readonly Token[], sheet: string, read: ReadArea) {
    this.#tokens = tokens;
    this.#sheet = sheet;
    this.#read = read;
  }

  whole(): Matrix {
    const value = this.#level(0);
    if (this.#place < this.#tokens.length) throw new Error("a formula goes on behind its end");
    return value;
  }

  #sign(signs: readonly string[]): string | null {
    const token = this.#tokens[this.#place];
    if (token?.kind !== "sign" || !signs.includes(token.text)) return null;
    this.#place++;
    return token.text;
  }

  #level(level: number): Matrix {
    const signs = LEVELS[level];
    if (signs === undefined) return this.#single();
    let value = this.#level(level + 1);
    for (let sign = this.#sign(signs); sign !== null; sign = this.#sign(signs)) {
      const own = sign;
      value = byElement([value, this.#level(level + 1)], ([a, b]) => operation(own, a ?? null, b ?? null));
    }
    return value;
  }

  #single(): Matrix {
    if (this.#sign(["-"]) !== null) return byElement([this.#single()], ([x]) => number(x ?? null, (y) => -y));
    if (this.#sign(["("]) !== null) {
      const value = this.#level(0);
      if (this.#sign([")"]) === null) throw new Error("a parenthesis stays open");
      return value;
    }
    const token = this.#tokens[this.#place++];
    switch (token?.kind) {
      case "number":
        return [[Number(token.text)]];
      case "text":
        return [[token.text.slice(1, -1).replaceAll('""', '"')]];
      case "area":
        return this.#read(areaOf(token.text, this.#sheet));
      case "name":
        return token.text === "TRUE" || token.text === "FALSE"
          ? [[token.text === "TRUE"]]
          : called(token.text, this.#given());
      default:
        throw new Error("a formula ends too early");
    }
  }

  #given(): readonly Matrix[] {
    if (this.#sign(["("]) === null) throw new Error("a function has no arguments");
    const given = [this.#level(0)];
    while (this.#sign([","]) !== null) given.push(this.#level(0));
    if (this.#sign([")"]) === null) throw new Error("arguments do not end");
    if (given.length > 255) throw new Error("a function has more than 255 arguments");
    return given;
  }
}

function areaOf(text: string, own: string): Area {
  const [, quoted, cells = ""] = /^(?:'((?:[^']|'')+)'!)?(.*)$/.exec(text) ?? [];
  const [first = "", last = first] = cells.replaceAll("$", "").split(":");
  const place = (cell: string) => {
    const [, letters = "", digits = ""] = /^([A-Z]+)(\d+)$/.exec(cell) ?? [];
    return {
      column: [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0),
      row: Number(digits),
    };
  };
  const [from, to] = [place(first), place(last)];
  return {
    sheet: quoted === undefined ? own : quoted.replaceAll("''", "'"),
    ...from,
    rows: to.row - from.row + 1,
    columns: to.column - from.column + 1,
  };
}

/** A single row, column or value goes along with what is larger. */
function byElement(given: readonly Matrix[], one: (values: readonly Value[]) => Value): Matrix {
  const rows = Math.max(...given.map((matrix) => matrix.length));
  const columns = Math.max(...given.map((matrix) => matrix[0]?.length ?? 0));
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) =>
      one(
        given.map((matrix) => {
          const row = matrix[matrix.length === 1 ? 0 : i];
          const value = row?.[row.length === 1 ? 0 : j];
          return value === undefined ? FAILED : value;
        }),
      ),
    ),
  );
}

/** A text is no number, and what is beyond all numbers is none either. */
function number(value: Value, of: (x: number) => number): Value {
  if (value === FAILED || typeof value === "string") return FAILED;
  const result = of(Number(value ?? 0));
  return Number.isFinite(result) ? result : FAILED;
}

function operation(sign: string, a: Value, b: Value): Value {
  if (a === FAILED || b === FAILED) return FAILED;
  const two = (of: (x: number, y: number) => number) =>
    typeof b === "string" ? FAILED : number(a, (x) => of(x, Number(b ?? 0)));
  switch (sign) {
    case "+":
      return two((x, y) => x + y);
    case "-":
      return two((x, y) => x - y);
    case "*":
      return two((x, y) => x * y);
    case "/":
      return two((x, y) => x / y);
    case "&":
      return textOf(a) + textOf(b);
    default:
      return compared(sign, a, b);
  }
}

const KINDS = ["number", "string", "boolean"];

/** Numbers are less than texts, texts less than truth values; texts know no case. */
function compared(sign: string, a: Value, b: Value): boolean {
  const [left, right] = [a ?? (typeof b === "string" ? "" : 0), b ?? (typeof a === "string" ? "" : 0)];
  const kinds = KINDS.indexOf(typeof left) - KINDS.indexOf(typeof right);
  const [x, y] = [left, right].map((value) =>
    typeof value === "string" ? value.toLowerCase() : Number(value),
  );
  const order = kinds !== 0 ? kinds : (x ?? 0) < (y ?? 0) ? -1 : (x ?? 0) > (y ?? 0) ? 1 : 0;
  switch (sign) {
    case "=":
      return order === 0;
    case "<>":
      return order !== 0;
    case "<":
      return order < 0;
    case ">":
      return order > 0;
    case "<=":
      return order <= 0;
    default:
      return order >= 0;
  }
}

function textOf(value: Value): string {
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  return value === null || value === FAILED ? "" : String(value);
}

const text = (of: (text: string) => Value) => (values: readonly Value[]) =>
  values[0] === FAILED ? FAILED : of(textOf(values[0] ?? null));
const math = (of: (x: number) => number) => (values: readonly Value[]) => number(values[0] ?? null, of);

const EACH: Readonly<Record<string, (values: readonly Value[]) => Value>> = {
  IF: ([test, yes = null, no = null]) =>
    test === FAILED || typeof test === "string" ? FAILED : test ? (yes ?? 0) : (no ?? 0),
  IFERROR: ([value = null, instead = null]) => (value === FAILED ? instead : value),
  ISBLANK: ([value]) => value === null,
  ISERROR: ([value]) => value === FAILED,
  ISNUMBER: ([value]) => typeof value === "number",
  LEN: text((x) => x.length),
  TRIM: text((x) => x.trim().replace(/ +/g, " ")),
  LOWER: text((x) => x.toLowerCase()),
  EXACT: ([a = null, b = null]) => (a === FAILED || b === FAILED ? FAILED : textOf(a) === textOf(b)),
  TEXT: ([value = null]) => (value === FAILED ? FAILED : textOf(value)),
  ABS: math(Math.abs),
  INT: math(Math.floor),
  EXP: math(Math.exp),
  LN: math(Math.log),
  SQRT: math(Math.sqrt),
  TANH: math(Math.tanh),
  NORMSDIST: math(normalShare),
};

function called(name: string, given: readonly Matrix[]): Matrix {
  const each = EACH[name];
  if (each !== undefined) return byElement(given, each);
  const [first = [], second = []] = given;
  const all = given.flat(2);
  const numbers = all.filter((value) => typeof value === "number");
  const failed = all.includes(FAILED);
  switch (name) {
    case "TRANSPOSE":
      return (first[0] ?? []).map((_, j) => first.map((row) => row[j] ?? null));
    case "MMULT":
      return product(first, second);
    case "MAX":
      return [[failed ? FAILED : Math.max(...numbers)]];
    case "SUM":
      return [[failed ? FAILED : numbers.reduce((sum, x) => sum + x, 0)]];
    case "SUMPRODUCT":
      return [[failed ? FAILED : numbers.reduce((sum, x) => sum + x, 0)]];
    case "COUNTA":
      return [[all.filter((value) => value !== null).length]];
    case "MATCH": {
      const place = second.flat().indexOf(first[0]?.[0] ?? null);
      return [[place === -1 ? FAILED : place + 1]];
    }
    case "INDEX":
      return [[first.flat()[Number(second[0]?.[0]) - 1] ?? FAILED]];
    default:
      throw new Error(`there is no function ${name}`);
  }
}

/** Of numbers alone: a single cell without one leaves all of it without. */
function product(a: Matrix, b: Matrix): Matrix {
  const isWhole = [a, b].every((matrix) => matrix.flat().every((value) => typeof value === "number"));
  if ((a[0]?.length ?? 0) !== b.length) throw new Error(`${a[0]?.length} columns by ${b.length} rows`);
  return a.map((row) =>
    (b[0] ?? []).map((_, j) =>
      isWhole ? row.reduce<number>((sum, x, i) => sum + Number(x) * Number(b[i]?.[j]), 0) : FAILED,
    ),
  );
}
