// The generated tables of docs/ir.md: what each operation takes and is, who has a kernel for it, and the constraints.

import { type ElementType, isDerivedName, isOpName, type OpName, ops, tensor } from "@netwright/ir";
import { ruleOf as jitRule } from "../../../backend-jit/src/plan/lowering/table.ts";
import { noGradient } from "../../../ir/src/autodiff/rule.ts";
import { ruleOf as gradientRule } from "../../../ir/src/autodiff/rules/table.ts";
import { ruleOf as tfjsRule } from "../../../tfjs-kernels/src/rules/table.ts";
import { allowedTypes } from "../../src/cases/allowed-types.ts";
import { constraintMessages, operationLabels, verifierConstraints } from "./constraints.ts";
import { table } from "./markdown.ts";

const names: readonly OpName[] = Object.keys(ops).filter(isOpName);

export function operationTable(): string {
  return table(
    ["operation", "operands", "attributes", "meaning"],
    names.map((name) => {
      const { summary, operands, fields } = ops[name];
      const attributes = Object.entries(fields).map(([field, kind]) => `${field}: ${kind}`);
      return [
        `\`${name}\``,
        operands === "variadic" ? "1 or more" : String(operands),
        attributes.join(", ") || "none",
        summary.replaceAll("|", "\\|"),
      ];
    }),
  );
}

/** What elementwise operations take, by element types: all operands have one type. */
export function typeTable(): string {
  const byTypes = new Map<string, string[]>();
  for (const name of names) {
    const { operands, fields } = ops[name];
    if (operands === "variadic" || operands > 2 || operands === 0) continue;
    if (Object.keys(fields).length > 0 || NOT_ELEMENTWISE.includes(name)) continue;
    const same = (dtype: ElementType) => Array.from({ length: operands }, () => tensor(dtype, [2]));
    const types = allowedTypes(name, {}, same).map((dtype) => `\`${dtype}\``);
    const key = types.join(", ");
    byTypes.set(key, [...(byTypes.get(key) ?? []), `\`${name}\``]);
  }
  return table(
    ["element types", "operations"],
    [...byTypes].map(([types, all]) => [types, all.join(", ")]),
  );
}

const NOT_ELEMENTWISE: readonly OpName[] = ["gather"];

/** `core` operations have kernels everywhere; of derived ones the table says who has, and who runs the decomposition. */
export function backendTable(): string {
  return table(
    ["operation", "kind", "gradient", "reference", "jit", "wasm and native"],
    names.map((name) => {
      const derived = isDerivedName(name);
      const kernel = (own: boolean): string => (own ? "kernel" : derived ? "decomposition" : "kernel");
      return [
        `\`${name}\``,
        derived ? "derived" : "core",
        gradientOf(name),
        "kernel",
        kernel(!isDerivedName(name) || jitRule(name) !== undefined),
        kernel(tfjsRule(name) !== undefined),
      ];
    }),
  );
}

function gradientOf(name: OpName): string {
  const rule = gradientRule(name);
  return rule === undefined ? "decomposition" : rule === noGradient ? "none" : "rule";
}

export function constraintTable(): string {
  const messages = constraintMessages();
  const rows = operationLabels().map((label) => [`\`${label}\``, messages.get(label) ?? ""]);
  const rest = [...verifierConstraints()].map(([label, what]) => [`\`${label}\``, what]);
  return table(
    ["label", "broken when, or what holds"],
    [...rows, ...rest.filter(([label]) => !rows.some(([own]) => own === label))],
  );
}
