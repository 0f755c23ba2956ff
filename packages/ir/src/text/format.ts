// How the pieces of the text form are written: numbers, names, attributes. `parse.ts` reads each back.

import type { AnyOp } from "../core/program.ts";
import { formatType } from "../core/types.ts";
import type { FieldKind } from "../ops/definition.ts";
import { type Field, type FieldValues, fieldsOf, isField } from "../ops/fields.ts";

/** The shortest decimal that reads back as the same number; -0, nan, inf and -inf are spelled out. */
function formatNumber(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (Object.is(value, -0)) return "-0";
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? "inf" : "-inf";
}

const WORD = /^[A-Za-z_][A-Za-z0-9_.]*$/;

/** As it is if it is a plain word, else in double quotes with the escapes of JSON. */
export function formatName(name: string): string {
  return WORD.test(name) ? name : JSON.stringify(name);
}

function formatList<T>(elements: readonly T[], format: (element: T) => string): string {
  return `[${elements.map(format).join(", ")}]`;
}

const formatValue: { readonly [K in FieldKind]: (value: FieldValues[K]) => string } = {
  integer: formatNumber,
  integers: (values) => formatList(values, formatNumber),
  numbers: (values) => formatList(values, formatNumber),
  word: formatName,
  type: formatType,
  types: (types) => formatList(types, formatType),
  record: (record) => {
    const entries = Object.entries(record).map(
      ([key, value]) => `${formatName(key)} = ${formatNumber(value)}`,
    );
    return `{${entries.join(", ")}}`;
  },
};

function formatAs<K extends FieldKind>(kind: K, field: Field): string {
  if (!isField[kind](field.value)) {
    throw new TypeError(`attribute ${field.name} is not of kind ${kind}; verify the program first`);
  }
  return formatValue[kind](field.value);
}

/** ` {shape = [2, 3]}`, with the space before it; nothing for an operation without attributes. */
export function formatAttributes(op: AnyOp): string {
  const fields = fieldsOf(op);
  if (fields.length === 0) return "";
  return ` {${fields.map((field) => `${field.name} = ${formatAs(field.kind, field)}`).join(", ")}}`;
}
