// One C99 header: constants in flash, no allocation, a status for what is wrong with a row.

import { inComment } from "../in-comment.ts";
import { widthOf } from "../model/outputs.ts";
import { cText } from "./c.ts";
import { REASONS } from "./columns.ts";
import type { Golden, SourceModule } from "./module.ts";
import { columnNote, indented, pointed, type Syntax, wrapped } from "./syntax.ts";

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
      const note = columnNote({ column, unit, kind }, { number: "NAN", words: 'NULL or ""' });
      return `${kind === "number" ? "double " : "const char *"}${field}; // ${note}`;
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
        `double ${outputs.probabilities ? "probabilities" : "margins"}[${width}]; // ${outputs.words.map(inComment).join(", ")}`,
      ];
    case "labels":
      return [
        `double shares[${width}]; // a label is there from 0.5 on: ${outputs.words.map(inComment).join(", ")}`,
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
  const { name, fields, rows, scales, width, outputs, targets } = tested;
  const length = rows ?? 1;
  const right = golden.filter(({ status }) => status === null);
  const wrong = golden.filter(({ status }) => status !== null);
  const hasPlaces = outputs.kind === "classes";
  const row = (cells: Golden["rows"][number]) =>
    `{${cells.map((cell, i) => (cell === null ? (fields[i]?.kind === "words" ? "NULL" : "NAN") : typeof cell === "string" ? cText(cell) : plain(cell))).join(", ")}},`;
  const value = (j: string) =>
    outputs.kind === "numbers"
      ? `(${targets.map((one, i) => `${j} == ${i} ? p.${one} : `).join("")}0.0)`
      : `p.${outputs.kind === "quantiles" ? "quantiles" : outputs.kind === "labels" ? "shares" : outputs.probabilities ? "probabilities" : "margins"}[${j}]`;
  return [
    `// The largest difference to Netwright's own predictions, of numbers in deviations of the target; INFINITY where a row is`,
    "// refused that should not be, or taken that should not be, or has another class; -1 where the compiler fuses products and sums.",
    `static const ${name}_row ${name}_golden[] = {`,
    ...right.flatMap((one) => one.rows.map(row)),
    "};",
    `static const double ${name}_expected[] = {\n${wrapped(right.flatMap(({ values }) => values.map(plain)))}\n};`,
    ...(hasPlaces
      ? [`static const int ${name}_places[] = {\n${wrapped(right.map(({ place }) => String(place)))}\n};`]
      : []),
    ...(wrong.length === 0
      ? []
      : [
          `static const ${name}_row ${name}_refused[] = {`,
          ...wrong.flatMap((one) => one.rows.map(row)),
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
    ...(hasPlaces ? [`if (p.place != ${name}_places[i]) {`, "return INFINITY;", "}"] : []),
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
