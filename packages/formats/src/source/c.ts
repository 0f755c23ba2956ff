// One C99 header: constants in flash, no allocation, a status for what is wrong with a row.

import { widthOf } from "../model/outputs.ts";
import { REASONS } from "./columns.ts";
import type { Golden, SourceModule } from "./module.ts";
import { decimal, identifiers, indented, pointed, type Syntax, wrapped } from "./syntax.ts";

export function cSyntax(name: string, columns: readonly string[], isFloat: boolean): Syntax {
  const fields = identifiers(columns);
  const real = isFloat ? "float" : "double";
  const suffix = isFloat ? "f" : "";
  const types = { real, wide: "double", int: "int32_t", flag: "bool" } as const;
  const parameters = {
    real,
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
  const libraries = {
    exponential: "exp",
    log: "log",
    log_plus_one: "log1p",
    exponential_minus_one: "expm1",
    tanh: "tanh",
    erf: "erf",
    sine: "sin",
    cosine: "cos",
    power: "pow",
  } as const;
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
          : `${libraries[function_]}(${function_ === "power" ? `${x}, ${y}` : x})`,
    wide,
    multiplyWide: (a, b) => `(${a} * ${b})`,
    floorWide: (a) => `floor(${a})`,
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
function cText(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const parts = Array.from(bytes, (byte) =>
    byte < 32 || byte > 126 || byte === 34 || byte === 92 || byte === 63
      ? `\\${byte.toString(8).padStart(3, "0")}`
      : String.fromCharCode(byte),
  );
  return `"${parts.join("")}"`;
}

export function cHeader(
  { name, fields, rows, network, outputs, targets, scales, code, golden }: SourceModule,
  syntax: Syntax,
  about: readonly string[],
): string {
  const upper = name.toUpperCase();
  const real = syntax.isFloat ? "float" : "double";
  const width = widthOf(outputs);
  const takes = rows === null ? `const ${name}_row *row` : `const ${name}_row *rows`;
  const given = rows === null ? "row" : "rows";
  const inputs = network.inputs.map(
    ({ parameter, type, size }) =>
      `${upper}_BUFFER ${type === "real" ? real : "int32_t"} ${parameter}[${size}];`,
  );
  const inputNames = network.inputs.map(({ parameter }) => parameter).join(", ");
  return `${indented([
    ...about.map((line) => `// ${line}`),
    `#ifndef ${upper}_H`,
    `#define ${upper}_H`,
    "#include <math.h>",
    "#include <stdbool.h>",
    "#include <stddef.h>",
    "#include <stdint.h>",
    "#include <string.h>",
    "#ifdef __FAST_MATH__",
    "#error no fast math: empty cells are NaN, and numbers would differ",
    "#endif",
    "// gcc does not know the pragma: it takes -ffp-contract=off. The self-test says where products are fused.",
    "#if defined(__clang__) || !defined(__GNUC__)",
    "#pragma STDC FP_CONTRACT OFF",
    "#endif",
    "// Where the numbers between layers lie: empty for the stack, which several threads then may use at once.",
    `#ifndef ${upper}_BUFFER`,
    `#define ${upper}_BUFFER static`,
    "#endif",
    "",
    `typedef struct ${name}_row {`,
    ...fields.map(({ name: field, kind, column, unit }) => {
      const note = `${JSON.stringify(column).slice(1, -1)}${unit === null ? "" : `, in ${unit}`}`;
      return kind === "number"
        ? `double ${field}; // ${note}; NAN where it is empty`
        : `const char *${field}; // ${note}; NULL or "" where it is empty`;
    }),
    `} ${name}_row;`,
    "",
    `typedef struct ${name}_prediction {`,
    ...predictionFields(outputs, targets, width),
    `} ${name}_prediction;`,
    "",
    `static inline int32_t ${name}_find(const char *const *list, int count, const char *word) {`,
    "if (word == NULL) {",
    'word = "";',
    "}",
    "for (int i = 0; i < count; i++) {",
    "if (strcmp(list[i], word) == 0) {",
    "return i;",
    "}",
    "}",
    "return -1;",
    "}",
    `static inline int32_t ${name}_bits_of(float x) {`,
    "int32_t bits;",
    "memcpy(&bits, &x, 4);",
    "return bits;",
    "}",
    `static inline float ${name}_real_of(int32_t bits) {`,
    "float x;",
    "memcpy(&x, &bits, 4);",
    "return x;",
    "}",
    ...code,
    "",
    "// 0, and then there is a prediction; else 8 times the place of the column that is wrong, from 1 on, and a reason: 1 empty,",
    "// 2 an unknown word, 3 below the range, 4 above the range, 5 no number of its kind.",
    `static inline int ${name}_predict(${takes}, ${name}_prediction *prediction) {`,
    ...inputs,
    `${real} given[${network.outputs}];`,
    `double values[${width}];`,
    `const int status = ${name}_prepare(${given}, ${inputNames});`,
    "if (status != 0) {",
    "return status;",
    "}",
    `${name}_network(${inputNames}, given);`,
    `const int32_t place = ${name}_decode(given, values);`,
    "(void)place;",
    ...assigned(outputs, targets, width, name),
    "return 0;",
    "}",
    "",
    `static inline const char *${name}_column(int status) {`,
    `static const char *const columns[] = {${fields.map(({ column }) => cText(column)).join(", ")}};`,
    `return status < 8 ? "" : columns[status / 8 - 1];`,
    "}",
    `static inline const char *${name}_reason(int status) {`,
    `static const char *const reasons[] = {"", ${REASONS.map(cText).join(", ")}};`,
    "return reasons[status % 8];",
    "}",
    "",
    `#ifdef ${upper}_SELF_TEST`,
    ...selfTest(golden, { name, fields, rows, scales, width, outputs, targets }),
    "#endif",
    "#endif",
    "",
  ])}`;
}

type Tested = Pick<SourceModule, "name" | "fields" | "rows" | "scales" | "outputs" | "targets"> & {
  readonly width: number;
};

function predictionFields(
  outputs: SourceModule["outputs"],
  targets: readonly string[],
  width: number,
): readonly string[] {
  const [target = ""] = targets;
  switch (outputs.kind) {
    case "numbers":
      return targets.map((one) => `double ${one};`);
    case "quantiles":
      return [`double ${target};`, `double quantiles[${width}]; // ${outputs.levels.join(", ")}`];
    case "classes":
      return [
        `const char *${target};`,
        "int place;",
        `double ${outputs.probabilities ? "probabilities" : "margins"}[${width}]; // ${outputs.words.map((word) => JSON.stringify(word).slice(1, -1)).join(", ")}`,
      ];
    case "labels":
      return [
        `double shares[${width}]; // a label is there from 0.5 on: ${outputs.words.map((word) => JSON.stringify(word).slice(1, -1)).join(", ")}`,
      ];
  }
}

function assigned(
  outputs: SourceModule["outputs"],
  targets: readonly string[],
  width: number,
  name: string,
): readonly string[] {
  const [target = ""] = targets;
  const all = (field: string) => [`memcpy(prediction->${field}, values, sizeof values);`];
  switch (outputs.kind) {
    case "numbers":
      return Array.from(
        { length: targets.length },
        (_, j) => `prediction->${targets[j] ?? ""} = values[${j}];`,
      );
    case "quantiles":
      return [`prediction->${target} = values[${outputs.middle}];`, ...all("quantiles")];
    case "classes":
      return [
        `static const char *const ${name}_classes[${width}] = {${outputs.words.map(cText).join(", ")}};`,
        `prediction->${target} = ${name}_classes[place];`,
        "prediction->place = place;",
        ...all(outputs.probabilities ? "probabilities" : "margins"),
      ];
    case "labels":
      return all("shares");
  }
}

function selfTest(golden: readonly Golden[], tested: Tested): readonly string[] {
  const { name, rows, scales, width, outputs, targets } = tested;
  const length = rows ?? 1;
  const right = golden.filter(({ status }) => status === null);
  const wrong = golden.filter(({ status }) => status !== null);
  const row = (cells: Golden["rows"][number]) =>
    `{${cells.map((cell) => (cell === null ? "MISSING" : typeof cell === "string" ? cText(cell) : plain(cell))).join(", ")}}`;
  const kinds = tested.fields.map(({ kind }) => kind);
  const text = (cells: Golden["rows"][number]) => {
    let place = -1;
    return row(cells).replace(/MISSING/g, () => {
      place = cells.indexOf(null, place + 1);
      return kinds[place] === "words" ? "NULL" : "NAN";
    });
  };
  const value = (j: string) =>
    outputs.kind === "numbers"
      ? `(${targets.map((one, i) => `${j} == ${i} ? p.${one} : `).join("")}0.0)`
      : `p.${outputs.kind === "quantiles" ? "quantiles" : outputs.kind === "labels" ? "shares" : outputs.probabilities ? "probabilities" : "margins"}[${j}]`;
  return [
    `// The largest difference to Netwright's own predictions, of numbers in deviations of the target; INFINITY where a row is`,
    "// refused that should not be, or taken that should not be; -1 where the compiler fuses products and sums.",
    `static const ${name}_row ${name}_golden[] = {`,
    ...right.flatMap((one) => one.rows.map((cells) => `${text(cells)},`)),
    "};",
    `static const double ${name}_expected[] = {\n${wrapped(right.flatMap(({ values }) => values.map(plain)))}\n};`,
    ...(wrong.length === 0
      ? []
      : [
          `static const ${name}_row ${name}_refused[] = {`,
          ...wrong.flatMap((one) => one.rows.map((cells) => `${text(cells)},`)),
          "};",
        ]),
    `static double ${name}_self_test(void) {`,
    `static const double scales[] = {${scales.map(plain).join(", ")}};`,
    "volatile float a = 1.000244140625f;",
    "volatile float b = -1.00048828125f;",
    "const float x = a;",
    "const float y = b;",
    "if (x * x + y != 0.0f) {",
    "return -1.0;",
    "}",
    "double difference = 0.0;",
    `for (int i = 0; i < ${right.length}; i++) {`,
    `${name}_prediction p;`,
    `if (${name}_predict(&${name}_golden[i * ${length}], &p) != 0) {`,
    "return INFINITY;",
    "}",
    `for (int j = 0; j < ${width}; j++) {`,
    `const double apart = fabs(${value("j")} - ${name}_expected[i * ${width} + j]) / scales[j];`,
    "if (!(apart <= difference)) {",
    "difference = apart;",
    "}",
    "}",
    "}",
    ...(wrong.length === 0
      ? []
      : [
          `for (int i = 0; i < ${wrong.length}; i++) {`,
          `${name}_prediction p;`,
          `if (${name}_predict(&${name}_refused[i], &p) == 0) {`,
          "return INFINITY;",
          "}",
          "}",
        ]),
    "return difference;",
    "}",
  ];
}

function plain(value: number): string {
  return pointed(String(value));
}
