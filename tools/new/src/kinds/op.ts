// An operation of the IR, derived: a decomposition, so that every backend has it at once, and a row in each table that
// the compiler would name.

import type { Edit } from "../edit.ts";
import type { Kind } from "./kind.ts";

export const op: Kind = {
  what: "operation of the IR",
  scaffold: ({ name, camel, file }) => {
    const row = (path: string, object: string, value: string, imports?: string): Edit => ({
      kind: "row",
      path,
      object,
      row: value === camel && name === camel ? `${name},` : `${name}: ${value},`,
      ...(imports === undefined ? {} : { imports }),
    });
    return {
      edits: [
        { kind: "create", path: `packages/ir/src/ops/${file}.ts`, text: definition(name, camel) },
        {
          kind: "row",
          path: "packages/ir/src/ops/table.ts",
          object: "interface DerivedAttributes {",
          row: `readonly ${name}: NoAttributes;`,
        },
        row(
          "packages/ir/src/ops/table.ts",
          "export const derivedOps: {",
          camel,
          `import { ${camel} } from "./${file}.ts";`,
        ),
        row("packages/ir/src/autodiff/rules/table.ts", "const rules: Rules = {", '"decomposition"'),
        {
          kind: "create",
          path: `packages/backend-reference/src/kernels/${file}.ts`,
          text: kernel(name, camel),
        },
        row(
          "packages/backend-reference/src/kernels/table.ts",
          "export const kernels: {",
          camel,
          `import { ${camel} } from "./${file}.ts";`,
        ),
        row("packages/backend-jit/src/plan/lowering/table.ts", "const rules:", '"expanded"'),
        row(
          "packages/stablehlo/src/forms/table.ts",
          "export const forms: {",
          "{ called: { define: meaning } }",
          'import { meaning } from "./meaning.ts";',
        ),
        { kind: "create", path: `packages/conformance/src/cases/${file}.ts`, text: cases(name, camel) },
        row(
          "packages/conformance/src/cases/table.ts",
          "const table: {",
          `${camel}Cases`,
          `import { ${camel}Cases } from "./${file}.ts";`,
        ),
        row(
          "packages/conformance/src/gradients/examples/table.ts",
          "export const gradientExamples: {",
          `"its gradient examples are still to be written"`,
        ),
        row(
          "packages/ir/test/support/op-generators.ts",
          "export const generators: {",
          `(scope) => scope.builder.emit("${name}", [pickOf(scope, ["f32"])], {})`,
        ),
        {
          kind: "create",
          path: `packages/backend-reference/test/kernels/${file}.test.ts`,
          text: test(name),
        },
      ],
      next: [
        `Write types, constraints and decomposition in packages/ir/src/ops/${file}.ts: a comment says what it means, to the bit.`,
        "Give the kernel of the reference its plain loop, and its test values from elsewhere.",
        "Add constraints to packages/ir/test/verify/op-constraints.test.ts, types to test/ops/result-types.test.ts.",
        "Write gradient examples, and a rule in packages/ir/src/autodiff/rules where speed wants one.",
        "Where StableHLO has the operation, write its form in packages/stablehlo/src/forms; until then its text calls what it means.",
        "`npm run docs:ir` puts it on docs/ir.md; add its line to CHANGELOG.md.",
      ],
    };
  },
};

const definition = (name: string, camel: string) => `// ${name}: what it means, to the bit.

import { at } from "@netwright/definitions";
import { constrain, costOfElements, type DerivedDefinition, type NoAttributes, operand } from "./definition.ts";

export const ${camel}: DerivedDefinition<NoAttributes> = {
  summary: "still without words",
  operands: 1,
  fields: {},
  cost: costOfElements,
  infer: (operands) => {
    const x = operand(operands, 0);
    constrain(x.dtype === "f32", "${name}_c1", "the operand must be f32");
    return [x];
  },
  decompose: (b, operands) => {
    const x = at(operands, 0);
    return [b.add(x, b.like(x, 0))];
  },
};
`;

const kernel = (name: string, camel: string) => `// ${name}, as it is defined in the IR.

import { onlyType, operandAt, zeros } from "../tensor.ts";
import type { Kernel } from "./kernel.ts";

export const ${camel}: Kernel<"${name}"> = (operands, _, results) => {
  const x = operandAt(operands, 0);
  const result = zeros(onlyType(results));
  result.data.set(x.data.map((value) => value + 0));
  return [result];
};
`;

const cases = (name: string, camel: string) => `// Cases of ${name}.

import { tensor } from "@netwright/ir";
import type { OpCase } from "../ops/op-case.ts";
import { operand, shapes } from "../values/arbitraries.ts";

export const ${camel}Cases: readonly OpCase<"${name}">[] = [
  {
    variant: "f32 shapes",
    tolerance: "exact",
    applications: () =>
      shapes()
        .chain((shape) => operand(tensor("f32", shape), "wide"))
        .map((x) => ({ operands: [x], attributes: {} })),
  },
];
`;

const test = (name: string) => `// ${name}, against values worked out elsewhere.

import { test } from "@jest/globals";

test("${name} gives the values of its source", () => {
  throw new Error("compare what ${name} gives with the values of its source");
});
`;
