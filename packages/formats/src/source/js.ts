// One ES module without dependencies, and its types.

import { inComment } from "../in-comment.ts";
import { widthOf } from "../model/outputs.ts";
import { REASONS } from "./columns.ts";
import type { SourceModule } from "./module.ts";
import { C_NAMES, decimal, indented, type Syntax, wrapped } from "./syntax.ts";

export function jsSyntax(isFloat: boolean): Syntax {
  const round = (text: string) => (isFloat ? `f(${text})` : text);
  const array = (type: "real" | "int") =>
    type === "int" ? "Int32Array" : isFloat ? "Float32Array" : "Float64Array";
  const number = (value: number, text: string) =>
    Object.is(value, -0) ? "(-0)" : value < 0 ? `(${text})` : text;
  return {
    isFloat,
    // All digits: a literal is of 64 bits, and its f32 is meant.
    real: (value) => number(value, String(value)),
    int: (value) => (value < 0 ? `(${value})` : String(value)),
    add: (a, b) => round(`(${a} + ${b})`),
    subtract: (a, b) => round(`(${a} - ${b})`),
    multiply: (a, b) => round(`(${a} * ${b})`),
    divide: (a, b) => round(`(${a} / ${b})`),
    sqrt: (a) => round(`Math.sqrt(${a})`),
    abs: (a) => `Math.abs(${a})`,
    floor: (a) => `Math.floor(${a})`,
    remainder: (a, b) => `(${a} % ${b})`,
    pick: (condition, yes, no) => `(${condition} ? ${yes} : ${no})`,
    addInt: (a, b) => `((${a} + ${b}) | 0)`,
    subtractInt: (a, b) => `((${a} - ${b}) | 0)`,
    multiplyInt: (a, b) => `Math.imul(${a}, ${b})`,
    shiftLeft: (a, count) => `(${a} << ${count})`,
    bitsOf: (a) => `bitsOf(${a})`,
    realOf: (a) => `realOf(${a})`,
    intToReal: (a) => round(a),
    indexToInt: (a) => `(${a})`,
    intToIndex: (a) => a,
    global: (name) => name,
    call: (name, args) => `${name}(${args.join(", ")})`,
    library: (name, [x = "", y = ""]) =>
      name === "erf"
        ? null
        : name === "logistic"
          ? `1 / (1 + Math.exp(-${x}))`
          : name === "rsqrt"
            ? `1 / Math.sqrt(${x})`
            : `Math.${C_NAMES[name]}(${name === "power" ? `${x}, ${y}` : x})`,
    wide: (value) => number(value, String(value)),
    multiplyWide: (a, b) => `(${a} * ${b})`,
    floorWide: (a) => `Math.floor(${a})`,
    sqrtWide: (a) => `Math.sqrt(${a})`,
    powerWide: (a, b) => `(${a} ** ${b})`,
    pickWide: (condition, yes, no) => `(${condition} ? ${yes} : ${no})`,
    widen: (a) => a,
    narrow: (a) => round(a),
    find: (list, _, word) => `${list}.indexOf(${word})`,
    isEmptyWord: (word) => `${word} === ""`,
    words: (name, words) => `const ${name} = ${JSON.stringify(words)};`,
    cell: (column, kind, row) =>
      `${kind === "number" ? "number" : "word"}(${row === null ? "row" : `rows[${row}]`}, ${JSON.stringify(column)})`,
    wides: (name, values) => `const ${name} = [\n${wrapped(values.map(String))}\n];`,
    let: (_, name, value) => `const ${name} = ${value};`,
    variable: (_, name, value) => `let ${name} = ${value};`,
    loop: (index, count) => `for (let ${index} = 0; ${index} < ${count}; ${index}++) {`,
    when: (condition) => `if (${condition}) {`,
    func: (name, parameters) => `function ${name}(${parameters.map((one) => one.name).join(", ")}) {`,
    buffer: (type, name, size) => `const ${name} = new ${array(type)}(${size});`,
    constant: (type, name, values) =>
      // A list: a call takes 65,535 arguments at most.
      `const ${name} = new ${array(type)}([\n${wrapped(values.map((value) => (Number.isFinite(value) ? decimal(value, isFloat) : String(value))))}\n]);`,
  };
}

/** A key of an object that is written: this one would be the prototype. */
function keyText(key: string): string {
  return key === "__proto__" ? `["${key}"]` : JSON.stringify(key);
}

export function jsModule(
  { fields, rows, network, outputs, scales, code, golden }: SourceModule,
  syntax: Syntax,
  targets: readonly string[],
  about: readonly string[],
): string {
  const width = widthOf(outputs);
  const given = rows === null ? "row" : "rows";
  const array = (type: "real" | "int") =>
    type === "int" ? "Int32Array" : syntax.isFloat ? "Float32Array" : "Float64Array";
  const names = network.inputs.map(({ parameter }) => parameter).join(", ");
  const [target = ""] = targets;
  const rowText = (cells: (typeof golden)[number]["rows"][number]) =>
    `{ ${fields.map(({ column }, i) => `${keyText(column)}: ${JSON.stringify(cells[i] ?? null)}`).join(", ")} }`;
  const rowsText = (own: (typeof golden)[number]["rows"]) => `[${own.map(rowText).join(", ")}]`;
  return indented([
    ...about.map((line) => `// ${line}`),
    "",
    ...(syntax.isFloat ? ["const f = Math.fround;"] : []),
    "const asReal = new Float32Array(1);",
    "const asBits = new Int32Array(asReal.buffer);",
    "function bitsOf(x) {",
    "asReal[0] = x;",
    "return asBits[0];",
    "}",
    "function realOf(bits) {",
    "asBits[0] = bits;",
    "return asReal[0];",
    "}",
    "// What every object has, such as `constructor`, is no cell.",
    "function cellOf(row, column) {",
    "return Object.hasOwn(row, column) || !(column in Object.prototype) ? row[column] : null;",
    "}",
    "function number(row, column) {",
    "const cell = cellOf(row, column);",
    "if (cell === null || cell === undefined) {",
    "return NaN;",
    "}",
    'if (typeof cell === "boolean") {',
    "return cell ? 1 : 0;",
    "}",
    'if (typeof cell !== "number") {',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code that is written.
    "throw new RangeError(`column ${column}: a number is expected`);",
    "}",
    "return cell;",
    "}",
    "function word(row, column) {",
    "const cell = cellOf(row, column);",
    'return cell === null || cell === undefined ? "" : String(cell);',
    "}",
    ...code,
    `const COLUMNS = ${JSON.stringify(fields.map(({ column }) => column))};`,
    `const REASONS = ${JSON.stringify(["", ...REASONS])};`,
    "",
    `export function predict(${given}) {`,
    ...network.inputs.map(({ parameter, type, size }) => `const ${parameter} = new ${array(type)}(${size});`),
    `const given = new ${array("real")}(${network.outputs});`,
    `const values = new Float64Array(${width});`,
    `const status = prepare(${given}, ${names});`,
    "if (status !== 0) {",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code that is written.
    "throw new RangeError(`column ${COLUMNS[Math.floor(status / 8) - 1]}: ${REASONS[status % 8]}`);",
    "}",
    `network(${names}, given);`,
    "const place = decode(given, values);",
    ...returned(outputs, target, targets),
    "}",
    "",
    "const GOLDEN = [",
    ...golden
      .filter(({ status }) => status === null)
      .map(
        ({ rows: own, values, place }) =>
          `{ rows: ${rowsText(own)}, values: ${JSON.stringify(values)}, place: ${place} },`,
      ),
    "];",
    "const REFUSED = [",
    ...golden.filter(({ status }) => status !== null).map(({ rows: own }) => `${rowsText(own)},`),
    "];",
    `const SCALES = ${JSON.stringify(scales)};`,
    "",
    "export function selfTest() {",
    "let difference = 0;",
    "for (const { rows, values, place } of GOLDEN) {",
    `const prediction = predict(${rows === null ? "rows[0]" : "rows"});`,
    "const own = numbersOf(prediction);",
    ...(outputs.kind === "classes"
      ? [
          `if (prediction[${JSON.stringify(target)}] !== ${JSON.stringify(outputs.words)}[place]) {`,
          "return Infinity;",
          "}",
        ]
      : ["void place;"]),
    "values.forEach((value, j) => {",
    "const apart = Math.abs(own[j] - value) / SCALES[j];",
    "difference = apart <= difference ? difference : apart;",
    "});",
    "}",
    "for (const rows of REFUSED) {",
    "let isTaken = true;",
    "try {",
    `predict(${rows === null ? "rows[0]" : "rows"});`,
    "} catch {",
    "isTaken = false;",
    "}",
    "if (isTaken) {",
    "return Infinity;",
    "}",
    "}",
    "return difference;",
    "}",
    "",
    "function numbersOf(prediction) {",
    `return ${numbers(outputs, targets)};`,
    "}",
    "",
  ]);
}

function beside(outputs: SourceModule["outputs"]): string {
  switch (outputs.kind) {
    case "numbers":
      return "";
    case "quantiles":
      return "quantiles";
    case "classes":
      return outputs.probabilities ? "probabilities" : "margins";
    case "labels":
      return "probabilities";
  }
}

function returned(
  outputs: SourceModule["outputs"],
  target: string,
  targets: readonly string[],
): readonly string[] {
  const key = keyText(target);
  const keyed = (names: readonly (string | number)[]) =>
    `{ ${names.map((name, i) => `${keyText(String(name))}: values[${i}]`).join(", ")} }`;
  switch (outputs.kind) {
    case "numbers":
      return ["void place;", `return ${keyed(targets)};`];
    case "quantiles":
      return [
        "void place;",
        `return { ${key}: values[${outputs.middle}], quantiles: ${keyed(outputs.levels)} };`,
      ];
    case "classes":
      return [
        `const classes = ${JSON.stringify(outputs.words)};`,
        `return { ${key}: classes[place], ${beside(outputs)}: ${keyed(outputs.words)} };`,
      ];
    case "labels":
      return [
        "void place;",
        `const labels = ${JSON.stringify(outputs.words)};`,
        `return { ${key}: labels.filter((_, i) => values[i] >= 0.5).join(${JSON.stringify(outputs.separator)}), probabilities: ${keyed(outputs.words)} };`,
      ];
  }
}

function numbers(outputs: SourceModule["outputs"], targets: readonly string[]): string {
  if (outputs.kind === "numbers")
    return `[${targets.map((name) => `prediction[${JSON.stringify(name)}]`).join(", ")}]`;
  const keys = outputs.kind === "quantiles" ? outputs.levels.map(String) : outputs.words;
  return `[${keys.map((key) => `prediction.${beside(outputs)}[${JSON.stringify(key)}]`).join(", ")}]`;
}

export function jsTypes({ fields, rows, outputs }: SourceModule, targets: readonly string[]): string {
  const [target = ""] = targets;
  const shares = "Readonly<Record<string, number>>";
  const prediction =
    outputs.kind === "numbers"
      ? targets.map((name) => `readonly ${JSON.stringify(name)}: number;`)
      : [
          `readonly ${JSON.stringify(target)}: ${outputs.kind === "quantiles" ? "number" : "string"};`,
          `readonly ${beside(outputs)}: ${shares};`,
        ];
  return indented([
    "export interface Row {",
    ...fields.flatMap(({ column, kind, unit }) => [
      ...(unit === null ? [] : [`/** ${inComment(unit)} */`]),
      `readonly ${JSON.stringify(column)}?: ${kind === "number" ? "number | boolean" : "string"} | null;`,
    ]),
    "}",
    "",
    "export interface Prediction {",
    ...prediction,
    "}",
    "",
    "/** @throws RangeError that names the column and what is wrong with its cell */",
    `export function predict(${rows === null ? "row: Row" : "rows: readonly Row[]"}): Prediction;`,
    "",
    "/** The largest difference to Netwright's own predictions of sample rows, of numbers in deviations of the target. */",
    "export function selfTest(): number;",
    "",
  ]);
}
