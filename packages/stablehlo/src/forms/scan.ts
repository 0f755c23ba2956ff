// scan as a loop: what StableHLO says by `while`, `dynamic_slice` and `dynamic_update_slice`. All that a step reads is
// carried along, so that the regions of the loop name nothing outside of them.

import { type Op, type TensorType, tensor } from "@netwright/ir";
import { denseText } from "../literals.ts";
import { nameText, symbolOf } from "../names.ts";
import { typesText, typeText } from "../types.ts";
import type { Body, Form } from "./form.ts";
import { meaning } from "./meaning.ts";

/** A loop over the index of the step; all that a step reads is carried along. Nothing is sliced where there is no step. */
export const scan: Form<"scan"> = {
  called: {
    define: (op, body) => (op.attributes.length === 0 ? meaning(op, body) : loop(op, body)),
  },
};

const INDEX = tensor("i32");

function loop(op: Op<"scan">, body: Body): readonly string[] {
  const { length, carries, types } = op.attributes;
  const outputs = types.slice(carries);
  const given = op.operands.map(({ type }) => type);
  const index = body.initial(0, "i32");
  const filled = outputs.map((type) =>
    body.line(`stablehlo.constant dense<${denseText(type, [0])}> : ${typeText(type)}`),
  );
  const starts = [index, ...op.operands.map((value) => body.use(value)), ...filled];
  const carried = [INDEX, ...given, ...outputs];
  const names = carried.map((_, i) => `%s${i}`);
  const heads = names.map((name, i) => `${name} = ${starts[i]}`).join(", ");
  const ends = step(op, names);
  const all = body.lines(
    [
      `stablehlo.while(${heads}) : ${carried.map(typeText).join(", ")}`,
      "cond {",
      `  %n = stablehlo.constant dense<${length}> : ${typeText(INDEX)}`,
      `  %p = stablehlo.compare LT, %s0, %n, SIGNED : ${typesText([INDEX, INDEX])} -> tensor<i1>`,
      "  stablehlo.return %p : tensor<i1>",
      "} do {",
      ...ends.map((line) => `  ${line}`),
      "}",
    ].join("\n"),
    carried.length,
  );
  return [...all.slice(1, 1 + carries), ...all.slice(1 + given.length)];
}

/** The lines of one step: its elements, the call of its body, its outputs put in their place. */
function step({ attributes, operands: values }: Op<"scan">, names: readonly string[]): readonly string[] {
  const { body, length, carries, sequences, order, types } = attributes;
  const index = typeText(INDEX);
  const lines = [
    `%zero = stablehlo.constant dense<0> : ${index}`,
    `%one = stablehlo.constant dense<1> : ${index}`,
    `%last = stablehlo.constant dense<${length - 1}> : ${index}`,
    `%back = stablehlo.subtract %last, %s0 : ${index}`,
  ];
  const at = order === "forwards" ? "%s0" : "%back";
  const placesIn = (type: TensorType) => [at, ...type.shape.slice(1).map(() => "%zero")].join(", ");
  const indices = (type: TensorType) => type.shape.map(() => INDEX);
  const elements = values.map(({ type }, i): { readonly name: string; readonly type: TensorType } => {
    const name = names[i + 1] ?? "";
    if (i < carries || i >= carries + sequences) return { name, type };
    const row = tensor(type.dtype, [1, ...type.shape.slice(1)]);
    const element = tensor(type.dtype, type.shape.slice(1));
    lines.push(
      `%r${i} = stablehlo.dynamic_slice ${name}, ${placesIn(type)}, sizes = [${row.shape.join(", ")}] : ${typesText([type, ...indices(type)])} -> ${typeText(row)}`,
      `%e${i} = stablehlo.reshape %r${i} : (${typeText(row)}) -> ${typeText(element)}`,
    );
    return { name: `%e${i}`, type: element };
  });
  const outputs = types.slice(carries);
  const made = [
    ...types.slice(0, carries),
    ...outputs.map((type) => tensor(type.dtype, type.shape.slice(1))),
  ];
  const result = (i: number) => (made.length === 1 ? "%m" : `%m#${i}`);
  const to = made.length === 1 ? made.map(typeText).join("") : typesText(made);
  lines.push(
    `${made.length === 0 ? "" : made.length === 1 ? "%m = " : `%m:${made.length} = `}func.call @${nameText(symbolOf(body))}(${elements.map(({ name }) => name).join(", ")}) : ${typesText(elements.map(({ type }) => type))} -> ${to}`,
  );
  const placed = outputs.map((type, i) => {
    const row = tensor(type.dtype, [1, ...type.shape.slice(1)]);
    const element = tensor(type.dtype, type.shape.slice(1));
    const target = names[1 + values.length + i] ?? "";
    lines.push(
      `%w${i} = stablehlo.reshape ${result(carries + i)} : (${typeText(element)}) -> ${typeText(row)}`,
      `%o${i} = stablehlo.dynamic_update_slice ${target}, %w${i}, ${placesIn(type)} : ${typesText([type, row, ...indices(type)])} -> ${typeText(type)}`,
    );
    return `%o${i}`;
  });
  lines.push(`%next = stablehlo.add %s0, %one : ${index}`);
  const kept = values.map((_, i) => (i < carries ? result(i) : (names[i + 1] ?? "")));
  const carriedTypes = [INDEX, ...values.map(({ type }) => type), ...outputs];
  lines.push(
    `stablehlo.return ${["%next", ...kept, ...placed].join(", ")} : ${carriedTypes.map(typeText).join(", ")}`,
  );
  return lines;
}
