// What C has of its own, and what its constants and functions are called in a header.

import { C_NAMES, decimal, identifiers, pointed, type Syntax, wrapped } from "./syntax.ts";

export function cSyntax(name: string, columns: readonly string[], isFloat: boolean): Syntax {
  const fields = identifiers(columns);
  const real = isFloat ? "float" : "double";
  const suffix = isFloat ? "f" : "";
  const types = { real, wide: "double", int: "int32_t", flag: "bool" } as const;
  const parameters = {
    real,
    wide: "double",
    int: "int32_t",
    reals: `const ${real} *`,
    ints: "const int32_t *",
    "reals out": `${real} *`,
    "ints out": "int32_t *",
    "wides out": "double *",
    row: `const ${name}_row *`,
    rows: `const ${name}_row *`,
  } as const;
  const own = (function_: string) => `${name}_${function_}`;
  const number = (value: number, end: string, text: string) =>
    Number.isNaN(value)
      ? "NAN"
      : Number.isFinite(value)
        ? pointed(text).startsWith("-") || Object.is(value, -0)
          ? `(-${pointed(text.replace("-", ""))}${end})`
          : `${pointed(text)}${end}`
        : value > 0
          ? "INFINITY"
          : "(-INFINITY)";
  const wide = (value: number) => number(value, "", String(value));
  const realText = (value: number) => number(value, suffix, decimal(value, isFloat));
  const intText = (value: number) =>
    value === -(2 ** 31) ? "(-2147483647 - 1)" : value < 0 ? `(${value})` : String(value);
  return {
    isFloat,
    real: realText,
    int: intText,
    add: (a, b) => `(${a} + ${b})`,
    subtract: (a, b) => `(${a} - ${b})`,
    multiply: (a, b) => `(${a} * ${b})`,
    divide: (a, b) => `(${a} / ${b})`,
    sqrt: (a) => `sqrt${suffix}(${a})`,
    abs: (a) => `fabs${suffix}(${a})`,
    floor: (a) => `floor${suffix}(${a})`,
    remainder: (a, b) => `fmod${suffix}(${a}, ${b})`,
    pick: (condition, yes, no) => `(${condition} ? ${yes} : ${no})`,
    addInt: (a, b) => `(int32_t)((uint32_t)${a} + (uint32_t)${b})`,
    subtractInt: (a, b) => `(int32_t)((uint32_t)${a} - (uint32_t)${b})`,
    multiplyInt: (a, b) => `(int32_t)((uint32_t)${a} * (uint32_t)${b})`,
    shiftLeft: (a, count) => `(int32_t)((uint32_t)${a} << ${count})`,
    bitsOf: (a) => `${own("bits_of")}(${a})`,
    realOf: (a) => `${own("real_of")}(${a})`,
    intToReal: (a) => `(${real})${a}`,
    indexToInt: (a) => (/^\w+$/.test(a) ? a : `(${a})`),
    intToIndex: (a) => a,
    global: own,
    call: (function_, args) => `${own(function_)}(${args.join(", ")})`,
    library: (function_, [x = "", y = ""]) =>
      function_ === "logistic"
        ? `1.0 / (1.0 + exp(-${x}))`
        : function_ === "rsqrt"
          ? `1.0 / sqrt(${x})`
          : `${C_NAMES[function_]}(${function_ === "power" ? `${x}, ${y}` : x})`,
    wide,
    multiplyWide: (a, b) => `(${a} * ${b})`,
    floorWide: (a) => `floor(${a})`,
    sqrtWide: (a) => `sqrt(${a})`,
    powerWide: (a, b) => `pow(${a}, ${b})`,
    pickWide: (condition, yes, no) => `(${condition} ? ${yes} : ${no})`,
    widen: (a) => (isFloat ? `(double)${a}` : a),
    narrow: (a) => (isFloat ? `(float)${a}` : a),
    find: (list, count, word) => `${own("find")}(${own(list)}, ${count}, ${word})`,
    isEmptyWord: (word) => `(${word} == NULL || ${word}[0] == 0)`,
    words: (list, words) =>
      `static const char *const ${own(list)}[] = {${words.length === 0 ? "NULL" : words.map(cText).join(", ")}};`,
    cell: (column, _, row) => {
      const field = fields[columns.indexOf(column)] ?? "";
      return row === null ? `row->${field}` : `rows[${row}].${field}`;
    },
    wides: (list, values) => `static const double ${own(list)}[] = {\n${wrapped(values.map(wide))}\n};`,
    let: (type, variable, value) => `const ${types[type]} ${variable} = ${value};`,
    variable: (type, variable, value) => `${types[type]} ${variable} = ${value};`,
    loop: (index, count) => `for (int ${index} = 0; ${index} < ${count}; ${index}++) {`,
    when: (condition) => `if (${condition}) {`,
    func: (function_, args, returns) =>
      `static ${returns === null ? "void" : types[returns]} ${own(function_)}(${args
        .map((arg) => {
          const type = parameters[arg.type];
          return type.endsWith("*") ? `${type}${arg.name}` : `${type} ${arg.name}`;
        })
        .join(", ")}) {`,
    buffer: (type, buffer, size) => `${name.toUpperCase()}_BUFFER ${types[type]} ${buffer}[${size}];`,
    constant: (type, constant, values) =>
      `static const ${types[type]} ${own(constant)}[${values.length}] = {\n${wrapped(values.map(type === "real" ? realText : intText))}\n};`,
  };
}

/** Escaped so that every compiler reads the same bytes. */
export function cText(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const parts = Array.from(bytes, (byte) =>
    byte < 32 || byte > 126 || byte === 34 || byte === 92 || byte === 63
      ? `\\${byte.toString(8).padStart(3, "0")}`
      : String.fromCharCode(byte),
  );
  return `"${parts.join("")}"`;
}
