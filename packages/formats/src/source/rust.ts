// One Rust file without dependencies, of the standard library alone.

import { widthOf } from "../model/outputs.ts";
import { REASONS } from "./columns.ts";
import type { Golden, SourceModule } from "./module.ts";
import { columnNote, decimal, identifiers, indented, pointed, type Syntax, wrapped } from "./syntax.ts";

export function rustSyntax(columns: readonly string[], isFloat: boolean): Syntax {
  const fields = identifiers(columns);
  const real = isFloat ? "f32" : "f64";
  const types = { real, wide: "f64", int: "i32", flag: "bool" } as const;
  const parameters = {
    real,
    wide: "f64",
    int: "i32",
    reals: `&[${real}]`,
    ints: "&[i32]",
    "reals out": `&mut [${real}]`,
    "ints out": "&mut [i32]",
    "wides out": "&mut [f64]",
    row: "&Row",
    rows: "&[Row]",
  } as const;
  const libraries = {
    exponential: "exp",
    log: "ln",
    log_plus_one: "ln_1p",
    exponential_minus_one: "exp_m1",
    tanh: "tanh",
    sine: "sin",
    cosine: "cos",
  } as const;
  const number = (value: number, type: string, text: string) => {
    if (Number.isNaN(value)) return `${type}::NAN`;
    if (!Number.isFinite(value)) return value > 0 ? `${type}::INFINITY` : `${type}::NEG_INFINITY`;
    const digits = `${pointed(text.replace(/^-/, ""))}_${type}`;
    return value < 0 || Object.is(value, -0) ? `(-${digits})` : digits;
  };
  const realText = (value: number) => number(value, real, decimal(value, isFloat));
  const intText = (value: number) => (value < 0 ? `(${value}_i32)` : `${value}_i32`);
  const wide = (value: number) => number(value, "f64", String(value));
  const pick = (condition: string, yes: string, no: string) => `(if ${condition} { ${yes} } else { ${no} })`;
  return {
    isFloat,
    real: realText,
    int: intText,
    add: (a, b) => `(${a} + ${b})`,
    subtract: (a, b) => `(${a} - ${b})`,
    multiply: (a, b) => `(${a} * ${b})`,
    divide: (a, b) => `(${a} / ${b})`,
    sqrt: (a) => `(${a}).sqrt()`,
    abs: (a) => `(${a}).abs()`,
    floor: (a) => `(${a}).floor()`,
    remainder: (a, b) => `(${a} % ${b})`,
    pick,
    addInt: (a, b) => `(${a}).wrapping_add(${b})`,
    subtractInt: (a, b) => `(${a}).wrapping_sub(${b})`,
    multiplyInt: (a, b) => `(${a}).wrapping_mul(${b})`,
    shiftLeft: (a, count) => `(${a} << ${count})`,
    bitsOf: (a) => `(${a}.to_bits() as i32)`,
    realOf: (a) => `f32::from_bits(${a} as u32)`,
    intToReal: (a) => `(${a} as ${real})`,
    indexToInt: (a) => `((${a}) as i32)`,
    intToIndex: (a) => `(${a} as usize)`,
    global: (name) => name.toUpperCase(),
    call: (name, args) => `${name}(${args.join(", ")})`,
    library: (name, [x = "", y = ""]) =>
      name === "erf"
        ? null
        : name === "logistic"
          ? `1.0 / (1.0 + (-${x}).exp())`
          : name === "rsqrt"
            ? `1.0 / ${x}.sqrt()`
            : name === "power"
              ? `${x}.powf(${y})`
              : `${x}.${libraries[name]}()`,
    wide,
    multiplyWide: (a, b) => `(${a} * ${b})`,
    floorWide: (a) => `${a}.floor()`,
    sqrtWide: (a) => `(${a}).sqrt()`,
    powerWide: (a, b) => `${a}.powf(${b})`,
    pickWide: pick,
    widen: (a) => (isFloat ? `(${a} as f64)` : a),
    narrow: (a) => (isFloat ? `(${a} as f32)` : a),
    find: (list, _, word) => `find(&${list.toUpperCase()}, ${word})`,
    isEmptyWord: (word) => `${word}.is_empty()`,
    words: (name, words) =>
      `static ${name.toUpperCase()}: [&str; ${words.length}] = [${words.map(rustText).join(", ")}];`,
    cell: (column, _, row) => {
      const field = fields[columns.indexOf(column)] ?? "";
      return row === null ? `row.${field}` : `rows[${row}].${field}`;
    },
    wides: (name, values) =>
      `static ${name.toUpperCase()}: [f64; ${values.length}] = [\n${wrapped(values.map(wide))}\n];`,
    let: (type, name, value) => `let ${name}: ${types[type]} = ${value};`,
    variable: (type, name, value) => `let mut ${name}: ${types[type]} = ${value};`,
    loop: (index, count) => `for ${index} in 0..${count}_usize {`,
    when: (condition) => `if ${condition} {`,
    func: (name, args, returns) =>
      `fn ${name}(${args.map((arg) => `${arg.name}: ${parameters[arg.type]}`).join(", ")})${
        returns === null ? "" : ` -> ${types[returns]}`
      } {`,
    buffer: (type, name, size) => `let mut ${name} = [0 as ${types[type]}; ${size}];`,
    constant: (type, name, values) =>
      `static ${name.toUpperCase()}: [${types[type]}; ${values.length}] = [\n${wrapped(
        values.map(
          type === "real"
            ? (value) => (Number.isFinite(value) ? pointed(decimal(value, isFloat)) : realText(value))
            : String,
        ),
      )}\n];`,
  };
}

function rustText(text: string): string {
  return `"${Array.from(text, (one) => (/[ -~]/.test(one) && one !== '"' && one !== "\\" ? one : `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`)).join("")}"`;
}

export function rustModule(
  { fields, rows, network, outputs, targets, scales, code, golden }: SourceModule,
  syntax: Syntax,
  about: readonly string[],
): string {
  const width = widthOf(outputs);
  const real = syntax.isFloat ? "f32" : "f64";
  const [target = ""] = targets;
  const parameters = network.inputs.map(({ parameter }) => parameter);
  const beside =
    outputs.kind === "quantiles"
      ? "quantiles"
      : outputs.kind === "classes" && !outputs.probabilities
        ? "margins"
        : "probabilities";
  const predicted =
    outputs.kind === "numbers"
      ? targets.map((name, j) => ({ name, type: "f64", value: `values[${j}]` }))
      : [
          ...(outputs.kind === "quantiles"
            ? [{ name: target, type: "f64", value: `values[${outputs.middle}]` }]
            : outputs.kind === "classes"
              ? [
                  { name: target, type: "&'static str", value: "CLASSES[place as usize]" },
                  { name: "place", type: "usize", value: "place as usize" },
                ]
              : []),
          { name: beside, type: `[f64; ${width}]`, value: "values" },
        ];
  const takes = rows === null ? "row: &Row" : "rows: &[Row]";
  const life = (name: string) => (fields.some(({ kind }) => kind === "words") ? `Row<${name}>` : "Row");
  const given = rows === null ? "row" : "rows";
  return indented([
    ...about.map((line) => `// ${line}`),
    "#![allow(dead_code, unused_mut, unused_parens, unused_variables, unused_assignments)]",
    "#![allow(clippy::all, clippy::excessive_precision)]",
    "",
    "#[derive(Clone, Copy, Debug)]",
    `pub struct ${life("'a")} {`,
    ...fields.flatMap(({ name, kind, column, unit }) => [
      `/// ${columnNote({ column, unit, kind }, { number: "NAN", words: '""' })}`,
      kind === "number" ? `pub ${name}: f64,` : `pub ${name}: &'a str,`,
    ]),
    "}",
    "",
    "#[derive(Clone, Copy, Debug)]",
    "pub struct Prediction {",
    ...predicted.map(({ name, type }) => `pub ${name}: ${type},`),
    "}",
    "",
    "/// What is wrong with which column.",
    "#[derive(Clone, Copy, Debug, PartialEq)]",
    "pub struct Refused {",
    "pub column: &'static str,",
    "pub reason: &'static str,",
    "}",
    "",
    "fn find(list: &[&str], word: &str) -> i32 {",
    "list.iter().position(|one| *one == word).map_or(-1, |place| place as i32)",
    "}",
    ...code,
    `static COLUMNS: [&str; ${fields.length}] = [${fields.map(({ column }) => rustText(column)).join(", ")}];`,
    `static REASONS: [&str; ${REASONS.length + 1}] = ["", ${REASONS.map(rustText).join(", ")}];`,
    ...(outputs.kind === "classes" || outputs.kind === "labels"
      ? [`pub static CLASSES: [&str; ${width}] = [${outputs.words.map(rustText).join(", ")}];`]
      : []),
    "",
    `pub fn predict(${takes}) -> Result<Prediction, Refused> {`,
    ...network.inputs.map(
      ({ parameter, type, size }) =>
        `let mut ${parameter} = [0 as ${type === "real" ? real : "i32"}; ${size}];`,
    ),
    `let mut given = [0 as ${real}; ${network.outputs}];`,
    `let mut values = [0_f64; ${width}];`,
    `let status = prepare(${[given, ...parameters.map((name) => `&mut ${name}`)].join(", ")});`,
    "if status != 0 {",
    "return Err(Refused { column: COLUMNS[status as usize / 8 - 1], reason: REASONS[status as usize % 8] });",
    "}",
    `network(${parameters.map((name) => `&${name}`).join(", ")}, &mut given);`,
    "let place = decode(&given, &mut values);",
    `Ok(Prediction { ${predicted.map(({ name, value }) => `${name}: ${value}`).join(", ")} })`,
    "}",
    "",
    ...selfTest(golden, {
      fields,
      rows,
      scales,
      width,
      targets: outputs.kind === "numbers" ? targets : null,
      beside,
      row: life("'static"),
    }),
    "",
  ]);
}

interface Tested extends Pick<SourceModule, "fields" | "rows" | "scales"> {
  readonly width: number;
  /** Null where they stand in the list that is called `beside`. */
  readonly targets: readonly string[] | null;
  readonly beside: string;
  /** The type of a row. */
  readonly row: string;
}

function selfTest(golden: readonly Golden[], tested: Tested): readonly string[] {
  const { fields, rows, scales, width, targets, beside } = tested;
  const row = (cells: Golden["rows"][number]) =>
    `Row { ${fields
      .map(({ name, kind }, i) => {
        const cell = cells[i] ?? null;
        if (kind === "words") return `${name}: ${rustText(cell === null ? "" : String(cell))}`;
        return `${name}: ${cell === null ? "f64::NAN" : pointed(String(cell))}`;
      })
      .join(", ")} }`;
  const right = golden.filter(({ status }) => status === null);
  const wrong = golden.filter(({ status }) => status !== null);
  const places = right.every(({ place }) => place === null) ? null : right.map(({ place }) => place ?? 0);
  const length = rows ?? 1;
  const asked = (list: string) =>
    rows === null ? `&${list}[i]` : `&${list}[i * ${length}..(i + 1) * ${length}]`;
  const list = (name: string, all: readonly Golden[]) => {
    const own = all.flatMap((one) => one.rows.map(row));
    return [`static ${name}: [${tested.row}; ${own.length}] = [`, ...own.map((one) => `${one},`), "];"];
  };
  return [
    "/// The largest difference to Netwright's own predictions, of numbers in deviations of the target; infinite where a row is",
    "/// refused that should not be, or taken that should not be, or has another class.",
    "pub fn self_test() -> f64 {",
    ...list("GOLDEN", right),
    `static EXPECTED: [f64; ${right.length * width}] = [\n${wrapped(right.flatMap(({ values }) => values.map((value) => pointed(String(value)))))}\n];`,
    ...(places === null
      ? []
      : [`static PLACES: [usize; ${right.length}] = [\n${wrapped(places.map(String))}\n];`]),
    ...list("REFUSED", wrong),
    `let scales: [f64; ${width}] = [${scales.map((one) => pointed(String(one))).join(", ")}];`,
    "let mut difference = 0.0_f64;",
    `for i in 0..${right.length}_usize {`,
    `let Ok(p) = predict(${asked("GOLDEN")}) else {`,
    "return f64::INFINITY;",
    "};",
    ...(places === null ? [] : [`if p.place != PLACES[i] {`, "return f64::INFINITY;", "}"]),
    `let own = ${targets === null ? `p.${beside}` : `[${targets.map((name) => `p.${name}`).join(", ")}]`};`,
    `for j in 0..${width}_usize {`,
    `let apart = (own[j] - EXPECTED[i * ${width} + j]).abs() / scales[j];`,
    "if !(apart <= difference) {",
    "difference = apart;",
    "}",
    "}",
    "}",
    `for i in 0..${wrong.length}_usize {`,
    `if predict(${asked("REFUSED")}).is_ok() {`,
    "return f64::INFINITY;",
    "}",
    "}",
    "difference",
    "}",
  ];
}
