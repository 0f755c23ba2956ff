// The contract of columns in `data`: `columns { Age: number(unit: "days", min: 1, max: 365) }`.

import { closest, type Instance, listNames, quote, type Span } from "@netwright/definitions";
import type { DataSettings } from "../model/model.ts";
import { replaceBy } from "../report.ts";
import type { Expression, Name } from "../syntax/tree.ts";
import { bindCall } from "./bind.ts";
import type { Context } from "./context.ts";
import { evaluateArguments } from "./evaluate.ts";
import type { OverrideNode } from "./overrides.ts";
import { collectEntries, type Entry } from "./settings.ts";
import type { Scope } from "./value.ts";

export interface Contract {
  /** The columns that it names, for a look at the header; not those that may be made of others. */
  readonly names: readonly Name[];
  readonly columns: DataSettings["columns"] | undefined;
}

export function readContract(
  entry: Entry | undefined,
  overrides: OverrideNode | undefined,
  scope: Scope,
  spans: Record<string, Span>,
  context: Context,
): Contract {
  if (entry === undefined) {
    for (const node of overrides?.children.get("columns")?.children.values() ?? [])
      reportNoContract(node, [], context);
    return { names: [], columns: {} };
  }
  if (entry.value.kind !== "record") {
    if (entry.value.kind !== "broken") {
      context.report.error("NW0303", entry.value.span, "`columns` of `data` must be columns in braces", {
        notes: ["Write for example `columns { Age: number(min: 0) }`."],
      });
    }
    return { names: [], columns: undefined };
  }
  const columns = new Map<string, Instance>();
  const entries = collectEntries(entry.value, "columns", "NW0603", "column", context);
  const nodes = overrides?.children.get("columns")?.children;
  for (const [name, node] of nodes ?? [])
    if (!entries.has(name)) reportNoContract(node, [...entries.keys()], context);
  let complete = true;
  const names: Name[] = [];
  for (const [name, { key, value }] of entries) {
    const node = nodes?.get(name);
    spans[`columns.${name}`] = key.span;
    const column = readColumn(name, node?.value ?? value, node, scope, context);
    if (column === undefined) complete = false;
    else columns.set(name, column);
    if (!mayBeMade(column, value, context)) names.push(key);
  }
  return {
    names,
    // A column may be called `__proto__`, which an assignment would take for something else.
    columns: complete ? Object.fromEntries(columns) : undefined,
  };
}

/** Of a type that is badly described it is not known whether it is one of the table's. */
function mayBeMade(column: Instance | undefined, value: Expression, { catalog }: Context): boolean {
  const named = value.kind === "call" ? value.name.text : value.kind === "name" ? value.name : "";
  const madeOf = catalog.definitions.column.get(column?.name ?? named)?.madeOf ?? null;
  return madeOf !== null && (column === undefined || madeOf(column.args) !== null);
}

function reportNoContract(node: OverrideNode, known: readonly string[], context: Context): void {
  const notes = known.length === 0 ? [] : [`Columns of the contract: ${listNames(known)}.`];
  context.report.error(
    "NW0502",
    node.span,
    `\`columns\` of the file has no ${quote(node.path.split(".").at(-1) ?? "")}`,
    { notes },
  );
}

function readColumn(
  column: string,
  expression: Expression,
  overrides: OverrideNode | undefined,
  scope: Scope,
  context: Context,
): Instance | undefined {
  const { span } = expression;
  if (expression.kind === "broken") return undefined;
  const name =
    expression.kind === "call"
      ? expression.name
      : expression.kind === "name"
        ? { text: expression.name, span }
        : undefined;
  const types = context.catalog.definitions.column;
  const definition = name === undefined ? undefined : types.get(name.text);
  if (definition === undefined) {
    const found = name === undefined ? "" : ` ${quote(name.text)}`;
    const meant = name === undefined ? undefined : (closest(name.text, types.keys()) ?? "number");
    context.report.error("NW0206", name?.span ?? span, `unknown type${found} of column ${quote(column)}`, {
      notes: [`Known: ${listNames(types.keys())}; write for example \`number(min: 0)\`.`],
      fix: meant === undefined ? undefined : replaceBy(name?.span ?? span, meant),
    });
    return undefined;
  }
  const given = expression.kind === "call" ? evaluateArguments(expression.arguments, scope, context) : [];
  const bound = bindCall(definition, given, span, context, { overrides });
  if (bound === undefined) return undefined;
  const conflict = definition.conflict(bound.args);
  if (conflict === null) return { family: "column", name: definition.name, args: bound.args, span };
  const { parameter, problem } = conflict;
  const at = bound.given.get(parameter)?.span ?? span;
  context.report.error("NW0605", at, `\`${parameter}\` of column ${quote(column)} ${problem}`);
  return undefined;
}
