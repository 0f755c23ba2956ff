// One Go file without dependencies. Every product is converted: Go fuses products and sums on some processors otherwise.

import { widthOf } from "../model/outputs.ts";
import { REASONS } from "./columns.ts";
import type { Golden, SourceModule } from "./module.ts";
import { columnNote, decimal, identifiers, indented, pointed, type Syntax, wrapped } from "./syntax.ts";

/** A name that other packages see. */
function exported(name: string): string {
  return name.replace(/(?:^|_)([a-z0-9])/g, (_, first: string) => first.toUpperCase());
}

export function goSyntax(columns: readonly string[], isFloat: boolean): Syntax {
  const fields = identifiers(columns).map(exported);
  const real = isFloat ? "float32" : "float64";
  const types = { real, wide: "float64", int: "int32", flag: "bool" } as const;
  const parameters = {
    real,
    wide: "float64",
    int: "int32",
    reals: `[]${real}`,
    ints: "[]int32",
    "reals out": `[]${real}`,
    "ints out": "[]int32",
    "wides out": "[]float64",
    row: "*Row",
    rows: "[]Row",
  } as const;
  const libraries = {
    exponential: "Exp",
    log: "Log",
    log_plus_one: "Log1p",
    exponential_minus_one: "Expm1",
    tanh: "Tanh",
    erf: "Erf",
    sine: "Sin",
    cosine: "Cos",
    power: "Pow",
  } as const;
  const number = (value: number, type: string, text: string) => {
    if (Number.isNaN(value)) return `${type}(math.NaN())`;
    if (!Number.isFinite(value)) return `${type}(math.Inf(${Math.sign(value)}))`;
    if (Object.is(value, -0)) return `${type}(math.Copysign(0, -1))`;
    return `${type}(${pointed(text)})`;
  };
  const realText = (value: number) => number(value, real, decimal(value, isFloat));
  const wide = (value: number) => number(value, "float64", String(value));
  const through = (name: string, a: string) => `${real}(math.${name}(float64(${a})))`;
  return {
    isFloat,
    real: realText,
    int: (value) => `int32(${value})`,
    add: (a, b) => `(${a} + ${b})`,
    subtract: (a, b) => `(${a} - ${b})`,
    multiply: (a, b) => `${real}(${a} * ${b})`,
    divide: (a, b) => `(${a} / ${b})`,
    sqrt: (a) => through("Sqrt", a),
    abs: (a) => through("Abs", a),
    floor: (a) => through("Floor", a),
    remainder: (a, b) => `${real}(math.Mod(float64(${a}), float64(${b})))`,
    pick: (condition, yes, no, type) => `pick${type === "int" ? "Int" : "Real"}(${condition}, ${yes}, ${no})`,
    addInt: (a, b) => `(${a} + ${b})`,
    subtractInt: (a, b) => `(${a} - ${b})`,
    multiplyInt: (a, b) => `(${a} * ${b})`,
    shiftLeft: (a, count) => `(${a} << ${count})`,
    bitsOf: (a) => `int32(math.Float32bits(${a}))`,
    realOf: (a) => `math.Float32frombits(uint32(${a}))`,
    intToReal: (a) => `${real}(${a})`,
    indexToInt: (a) => `int32(${a})`,
    intToIndex: (a) => `int(${a})`,
    global: (name) => name,
    call: (name, args) => `${name}(${args.join(", ")})`,
    library: (name, [x = "", y = ""]) =>
      name === "logistic"
        ? `1.0 / (1.0 + math.Exp(-${x}))`
        : name === "rsqrt"
          ? `1.0 / math.Sqrt(${x})`
          : `math.${libraries[name]}(${name === "power" ? `${x}, ${y}` : x})`,
    wide,
    multiplyWide: (a, b) => `float64(${a} * ${b})`,
    floorWide: (a) => `math.Floor(${a})`,
    sqrtWide: (a) => `math.Sqrt(${a})`,
    powerWide: (a, b) => `math.Pow(${a}, ${b})`,
    pickWide: (condition, yes, no) => `pickWide(${condition}, ${yes}, ${no})`,
    widen: (a) => `float64(${a})`,
    narrow: (a) => `${real}(${a})`,
    find: (list, _, word) => `find(${list}, ${word})`,
    isEmptyWord: (word) => `${word} == ""`,
    words: (name, words) => `var ${name} = []string{${words.map(goText).join(", ")}}`,
    cell: (column, _, row) => {
      const field = fields[columns.indexOf(column)] ?? "";
      return row === null ? `row.${field}` : `rows[${row}].${field}`;
    },
    wides: (name, values) => `var ${name} = [...]float64{\n${wrapped(values.map(wide))}\n}`,
    let: (type, name, value) => `var ${name} ${types[type]} = ${value}`,
    variable: (type, name, value) => `var ${name} ${types[type]} = ${value}`,
    loop: (index, count) => `for ${index} := 0; ${index} < ${count}; ${index}++ {`,
    when: (condition) => `if ${condition} {`,
    func: (name, args, returns) =>
      `func ${name}(${args.map((arg) => `${arg.name} ${parameters[arg.type]}`).join(", ")})${
        returns === null ? "" : ` ${types[returns]}`
      } {`,
    buffer: (type, name, size) => `var ${name} [${size}]${types[type]}`,
    constant: (type, name, values) =>
      `var ${name} = [${values.length}]${types[type]}{\n${wrapped(
        values.map(
          type === "real"
            ? (value) =>
                Number.isFinite(value) && !Object.is(value, -0) ? decimal(value, isFloat) : realText(value)
            : String,
        ),
      )}\n}`,
  };
}

/** JSON's text is Go's, but for what it writes as two halves. */
function goText(text: string): string {
  return `"${Array.from(text, (one) => {
    if (/[ -~]/.test(one) && one !== '"' && one !== "\\") return one;
    return `\\U${(one.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`;
  }).join("")}"`;
}

export function goModule(
  { name, fields, rows, network, outputs, targets, scales, code, golden }: SourceModule,
  syntax: Syntax,
  about: readonly string[],
): string {
  const width = widthOf(outputs);
  const real = syntax.isFloat ? "float32" : "float64";
  const target = exported(targets[0] ?? "");
  const beside =
    outputs.kind === "quantiles"
      ? "Quantiles"
      : outputs.kind === "classes" && !outputs.probabilities
        ? "Margins"
        : "Probabilities";
  const predicted =
    outputs.kind === "numbers"
      ? targets.map((one, j) => ({ name: exported(one), type: "float64", value: `values[${j}]` }))
      : [
          ...(outputs.kind === "quantiles"
            ? [{ name: target, type: "float64", value: `values[${outputs.middle}]` }]
            : outputs.kind === "classes"
              ? [
                  { name: target, type: "string", value: "Classes[place]" },
                  { name: "Place", type: "int", value: "int(place)" },
                ]
              : []),
          { name: beside, type: `[${width}]float64`, value: "values" },
        ];
  const slices = network.inputs.map(({ parameter }) => `${parameter}[:]`);
  const pick = (label: string, type: string) => [
    `func pick${label}(condition bool, yes, no ${type}) ${type} {`,
    "if condition {",
    "return yes",
    "}",
    "return no",
    "}",
  ];
  const text = indented([
    ...about.map((line) => `// ${line}`),
    "",
    `package ${name.replace(/_/g, "")}`,
    "",
    "import (",
    '"fmt"',
    '"math"',
    ")",
    "",
    "// Row is what a prediction takes.",
    "type Row struct {",
    ...fields.flatMap(({ name: field, kind, column, unit }) => [
      `// ${columnNote({ column, unit, kind }, { number: "NaN", words: '""' })}`,
      `${exported(field)} ${kind === "number" ? "float64" : "string"}`,
    ]),
    "}",
    "",
    "// Prediction is what comes of a row.",
    "type Prediction struct {",
    ...predicted.map((one) => `${one.name} ${one.type}`),
    "}",
    "",
    "// Refused says which column is wrong, and how.",
    "type Refused struct {",
    "Column, Reason string",
    "}",
    "",
    "func (e *Refused) Error() string {",
    'return fmt.Sprintf("column %s: %s", e.Column, e.Reason)',
    "}",
    "",
    ...pick("Real", real),
    ...pick("Int", "int32"),
    ...pick("Wide", "float64"),
    "func find(list []string, word string) int32 {",
    "for i, one := range list {",
    "if one == word {",
    "return int32(i)",
    "}",
    "}",
    "return -1",
    "}",
    ...code,
    `var columns = []string{${fields.map(({ column }) => goText(column)).join(", ")}}`,
    `var reasons = []string{"", ${REASONS.map(goText).join(", ")}}`,
    ...(outputs.kind === "classes" || outputs.kind === "labels"
      ? [
          "// Classes are those that shares are of.",
          `var Classes = []string{${outputs.words.map(goText).join(", ")}}`,
        ]
      : []),
    "",
    "// Predict refuses what Netwright refuses, with a *Refused.",
    `func Predict(${rows === null ? "row *Row" : "rows []Row"}) (Prediction, error) {`,
    ...network.inputs.map(
      ({ parameter, type, size }) => `var ${parameter} [${size}]${type === "real" ? real : "int32"}`,
    ),
    `var given [${network.outputs}]${real}`,
    `var values [${width}]float64`,
    `status := prepare(${[rows === null ? "row" : "rows", ...slices].join(", ")})`,
    "if status != 0 {",
    "return Prediction{}, &Refused{columns[status/8-1], reasons[status%8]}",
    "}",
    `network(${slices.join(", ")}, given[:])`,
    "place := decode(given[:], values[:])",
    "_ = place",
    `return Prediction{${predicted.map((one) => `${one.name}: ${one.value}`).join(", ")}}, nil`,
    "}",
    "",
    ...selfTest(golden, { fields, rows, scales, width, outputs, targets }, beside),
    "",
  ]);
  return text.replace(/;$/gm, "");
}

type Tested = Pick<SourceModule, "fields" | "rows" | "scales" | "outputs" | "targets"> & {
  readonly width: number;
};

function selfTest(
  golden: readonly Golden[],
  { fields, rows, scales, width, outputs, targets }: Tested,
  beside: string,
): readonly string[] {
  const row = (cells: Golden["rows"][number]) =>
    `{${fields
      .map(({ kind }, i) => {
        const cell = cells[i] ?? null;
        if (kind === "words") return goText(cell === null ? "" : String(cell));
        return cell === null ? "math.NaN()" : String(cell);
      })
      .join(", ")}},`;
  const right = golden.filter(({ status }) => status === null);
  const wrong = golden.filter(({ status }) => status !== null);
  const length = rows ?? 1;
  const asked = (list: string) => (rows === null ? `&${list}[i]` : `${list}[i*${length} : (i+1)*${length}]`);
  return [
    "// SelfTest gives the largest difference to Netwright's own predictions, of numbers in deviations of the target; infinite where",
    "// a row is refused that should not be, or taken that should not be, or has another class.",
    "func SelfTest() float64 {",
    "golden := []Row{",
    ...right.flatMap((one) => one.rows.map(row)),
    "}",
    `expected := []float64{\n${wrapped(right.flatMap(({ values }) => values.map(String)))}\n}`,
    "refused := []Row{",
    ...wrong.flatMap((one) => one.rows.map(row)),
    "}",
    ...(outputs.kind === "classes"
      ? [`places := []int{\n${wrapped(right.map(({ place }) => String(place)))}\n}`]
      : []),
    `scales := []float64{${scales.map(String).join(", ")}}`,
    "difference := 0.0",
    `for i := 0; i < ${right.length}; i++ {`,
    `p, err := Predict(${asked("golden")})`,
    "if err != nil {",
    "return math.Inf(1)",
    "}",
    ...(outputs.kind === "classes" ? ["if p.Place != places[i] {", "return math.Inf(1)", "}"] : []),
    `own := ${outputs.kind === "numbers" ? `[]float64{${targets.map((one) => `p.${exported(one)}`).join(", ")}}` : `p.${beside}`}`,
    `for j := 0; j < ${width}; j++ {`,
    `apart := math.Abs(own[j]-expected[i*${width}+j]) / scales[j]`,
    "if !(apart <= difference) {",
    "difference = apart",
    "}",
    "}",
    "}",
    "for i := range refused {",
    `if _, err := Predict(${rows === null ? "&refused[i]" : "refused[i:]"}); err == nil {`,
    "return math.Inf(1)",
    "}",
    "}",
    "return difference",
    "}",
  ];
}
