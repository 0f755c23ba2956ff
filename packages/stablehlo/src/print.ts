// Program -> StableHLO. A module has one public function, `@main`, which takes the state that the function of the
// program reads and what it is fed, and gives the state that it writes and its results:
//
//   module @concrete attributes {netwright.batch = 128 : i64, netwright.kind = "predict", netwright.name = "predict_128"} {
//     func.func public @main(
//       %arg0: tensor<8x512xf32> {netwright.name = "dense_1.kernel", netwright.state = "weight"},
//       %arg1: tensor<128x8xf32> {netwright.name = "x"}
//     ) -> (
//       tensor<128x1xf32> {netwright.name = "prediction"}
//     ) {
//       %0 = stablehlo.dot_general %arg1, %arg0, contracting_dims = [1] x [0], ... : (...) -> tensor<128x512xf32>
//       return %0 : tensor<128x512xf32>
//     }
//   }

import { at, type Func, inline, type NamedValue, type Program, type TensorType } from "@netwright/ir";
import { isDivided, meshText, shardingText } from "./devices.ts";
import { type Helper, Helpers } from "./helpers.ts";
import { Lines } from "./lines.ts";
import { mainOf, moduleOf } from "./module.ts";
import { ENTRY, nameText, stringText, symbolOf } from "./names.ts";
import { typeText } from "./types.ts";

export interface PrintOptions {
  /** Whether state that the function replaces may be written where the old one is, which is gone then. Default: no. */
  readonly donate?: boolean;
  /** Whether composites stay, with their decompositions, or are those. Default: `inline`. */
  readonly composites?: "keep" | "inline";
  /**
   * How many devices run it together: each has all of the state and of the results, and of what is fed to a function with
   * a batch an equal share of the rows, in order, where `isDivided`. Default: 1, without marks.
   */
  readonly devices?: number;
}

export interface PrintedModule {
  readonly text: string;
  /** Which layer a line of the text is of, counted from 1: what a compiler tells of an operation is the line where it stands. */
  readonly layers: ReadonlyMap<number, string>;
}

/** The function of that name, of a program that `verify` finds nothing in, as the text of a module. */
export function printStablehlo(program: Program, name: string, options: PrintOptions = {}): string {
  return printWithLayers(program, name, options).text;
}

/** The same text, and where in it the layers of the network are. */
export function printWithLayers(program: Program, name: string, options: PrintOptions = {}): PrintedModule {
  const { donate = false, composites = "inline", devices = 1 } = options;
  return printModule(moduleOf(composites === "keep" ? program : inline(program), name), { donate, devices });
}

interface Line {
  readonly text: string;
  readonly layer?: string | undefined;
}

/** A module as `moduleOf` makes it. */
export function printModule(
  module: Program,
  { donate, devices }: Required<Pick<PrintOptions, "donate" | "devices">>,
): PrintedModule {
  const [main, ...others] = [mainOf(module), ...module.functions.slice(1)];
  const roles = new Map(module.state.map(({ name, role }) => [name, role]));
  const helpers = new Helpers();
  const stateMark = (name: string, isState: boolean) =>
    isState ? [`netwright.state = ${stringText(roles.get(name) ?? "")}`] : [];
  const aliased = (name: string, isState: boolean) => {
    const result = donate && isState ? main.writes.indexOf(name) : -1;
    return result < 0 ? [] : [`tf.aliasing_output = ${result} : i32`];
  };
  const placed = (type: TensorType, isFed: boolean) =>
    devices === 1 ? [] : [shardingText(type, isFed && isDivided(main, devices))];
  const lines: Line[] = [
    ...plain(
      `module @${nameText(module.name)} attributes {netwright.batch = ${main.batch} : i64, netwright.kind = ${stringText(main.kind)}, netwright.name = ${stringText(main.name)}} {`,
    ),
    ...(devices === 1 ? [] : plain(meshText(devices))),
    ...functionText(main, helpers, {
      head: `func.func public @${ENTRY}`,
      parameter: (name, i) => [
        ...stateMark(name, i < main.reads.length),
        ...aliased(name, i < main.reads.length),
        ...placed(at(main.parameters, i).value.type, i >= main.reads.length),
      ],
      result: (name, i) => [
        ...stateMark(name, i < main.writes.length),
        ...placed(at(main.results, i).value.type, false),
      ],
    }),
    ...others.flatMap((func) =>
      functionText(func, helpers, { head: `func.func private @${nameText(symbolOf(func.name))}` }),
    ),
  ];
  for (const helper of helpers.all) lines.push(...helperText(helper, helpers));
  lines.push(...plain("}"));
  const layers = lines.flatMap(({ layer }, i) => (layer === undefined ? [] : [[i + 1, layer] as const]));
  return { text: lines.map(({ text }) => `${text}\n`).join(""), layers: new Map(layers) };
}

/** Lines of no layer. */
function plain(text: string): readonly Line[] {
  return text.split("\n").map((line) => ({ text: line }));
}

interface Dress {
  readonly head: string;
  readonly parameter?: (name: string, index: number) => readonly string[];
  readonly result?: (name: string, index: number) => readonly string[];
}

function functionText(func: Func, helpers: Helpers, { head, parameter, result }: Dress): readonly Line[] {
  const names = new Map(func.parameters.map(({ value }, i) => [value.id, `%arg${i}`]));
  const body = new Lines(helpers, names);
  for (const op of func.body) body.op(op);
  const marks = ({ name }: NamedValue, more: readonly string[] = []) =>
    `{${[`netwright.name = ${stringText(name)}`, ...more].join(", ")}}`;
  const parameters = func.parameters.map(
    (each, i) => `%arg${i}: ${typeText(each.value.type)} ${marks(each, parameter?.(each.name, i))}`,
  );
  const results = func.results.map(
    (each, i) => `${typeText(each.value.type)} ${marks(each, result?.(each.name, i))}`,
  );
  return [
    ...plain(`  ${head}${listed(parameters)} -> ${listed(results)} {`),
    ...body.text.map((line, i) => ({ text: `    ${line}`, layer: body.layers[i] })),
    ...plain(`    ${returned(func.results.map(({ value }) => [body.use(value), typeText(value.type)]))}`),
    ...plain("  }"),
  ];
}

function helperText({ symbol, says, op }: Helper, helpers: Helpers): readonly Line[] {
  const names = new Map(op.operands.map(({ id }, i) => [id, `%arg${i}`]));
  const body = new Lines(helpers, names);
  const made = body.meaningOf(op);
  const parameters = op.operands.map(({ type }, i) => `%arg${i}: ${typeText(type)}`);
  const types = op.results.map(({ type }) => typeText(type));
  return [
    ...plain(
      `  func.func private @${nameText(symbol)}${listed(parameters)} -> ${listed(types)} attributes {netwright.op = ${stringText(says)}} {`,
    ),
    ...body.text.flatMap((line) => plain(`    ${line}`)),
    ...plain(`    ${returned(made.map((name, i) => [name, types[i] ?? ""]))}`),
    ...plain("  }"),
  ];
}

/** One element a line. */
function listed(elements: readonly string[]): string {
  return elements.length === 0 ? "()" : `(\n${elements.map((each) => `    ${each}`).join(",\n")}\n  )`;
}

function returned(values: readonly (readonly [string, string])[]): string {
  if (values.length === 0) return "return";
  return `return ${values.map(([name]) => name).join(", ")} : ${values.map(([, type]) => type).join(", ")}`;
}
