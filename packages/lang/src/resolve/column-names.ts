// Names of columns as values: `target: Strength`, `features: [Cement, "Fly Ash"]`, `features: all`. A name here
// is a column and never a param.

import { listNames, quote, type Span, suggester } from "@netwright/definitions";
import { replaceBy } from "../report.ts";
import { stringText } from "../syntax/string-text.ts";
import type { Expression, Name } from "../syntax/tree.ts";
import { type Context, placeText } from "./context.ts";

/** The names in order, `all`, or undefined after a report. */
export function readColumnNames(
  key: "target" | "features" | "teacher",
  expression: Expression,
  allowAll: boolean,
  context: Context,
): readonly Name[] | "all" | undefined {
  if (expression.kind === "broken") return undefined;
  if (allowAll && expression.kind === "name" && expression.name === "all") return "all";
  const items = expression.kind === "list" ? expression.items : [expression];
  if (items.length === 0) {
    context.report.error("NW0606", expression.span, `\`${key}\` names no column`);
    return undefined;
  }
  const names = new Map<string, Name>();
  let complete = true;
  for (const item of items) {
    const name = columnName(item);
    const first = name === undefined ? undefined : names.get(name.text);
    if (name === undefined) {
      complete = false;
      if (item.kind === "broken") continue;
      const all = allowAll ? ", or the word `all`" : "";
      context.report.error(
        "NW0303",
        item.span,
        `\`${key}\` of \`data\` must be a column or a list of columns${all}`,
        {
          notes: ["Names of columns with blanks or signs are written in double quotes."],
        },
      );
    } else if (first !== undefined) {
      context.report.error("NW0603", name.span, `column ${quote(name.text)} is listed twice in \`${key}\``, {
        notes: [`First at ${placeText(context, first.span)}; remove one of them.`],
      });
    } else names.set(name.text, name);
  }
  return complete ? [...names.values()] : undefined;
}

/** A column, the word of a rule, null for `none`, or undefined after a report. */
export function readColumn<R extends string>(
  key: "weight",
  expression: Expression,
  rule: R,
  context: Context,
): { readonly rule: R } | { readonly column: Name } | null | undefined {
  if (expression.kind === "broken") return undefined;
  if (expression.kind === "name" && expression.name === rule) return { rule };
  if (expression.kind === "constant" && expression.value === null) return null;
  const column = columnName(expression);
  if (column !== undefined) return { column };
  context.report.error("NW0303", expression.span, `\`${key}\` of \`data\` must be a column, or \`${rule}\``, {
    notes: ["Names of columns with blanks or signs are written in double quotes."],
  });
  return undefined;
}

function columnName(expression: Expression): Name | undefined {
  const { span } = expression;
  if (expression.kind === "name") return { text: expression.name, quoted: false, span };
  if (expression.kind === "string") return { text: expression.value, quoted: true, span };
  return undefined;
}

/** Reports names that the header does not have; true when it has them all. */
export function checkColumnsExist(
  names: readonly Name[],
  header: readonly string[],
  source: string,
  context: Context,
): boolean {
  const known = new Set(header);
  const unknown = names.filter(({ text }) => !known.has(text));
  const suggest = suggester(header);
  // Said once for each of them, and made once.
  const note = `Its columns: ${listNames(header, 20)}.`;
  for (const { text, span } of unknown) {
    const meant = suggest(text);
    context.report.error("NW0601", span, `${source} has no column ${quote(text)}`, {
      notes: [note],
      fix: meant === undefined ? undefined : replaceBy(span, spellColumn(meant)),
    });
  }
  return unknown.length === 0;
}

/** Words that mean something else where a column is named. */
const VALUES: ReadonlySet<string> = new Set(["all", "none", "true", "false"]);

/** Placed where a column name was written, in quotes when it is no plain name. */
export function spellColumn(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && !VALUES.has(name) ? name : stringText(name);
}

/** What says how much a row counts says nothing about it, and nothing of it is asked. */
export function checkWeightApart(
  weight: Name,
  target: readonly Name[],
  features: readonly Name[],
  context: Context,
): boolean {
  const other = [...target, ...features].find(({ text }) => text === weight.text);
  if (other === undefined) return true;
  const role = target.includes(other) ? "the target" : "a feature";
  context.report.error("NW0602", weight.span, `the weight ${quote(weight.text)} is ${role} as well`, {
    notes: [
      `It is named at ${placeText(context, other.span)}; a column of weights is neither feature nor target.`,
    ],
  });
  return false;
}

/** A column cannot be both. */
export function checkDisjoint(target: readonly Name[], features: readonly Name[], context: Context): boolean {
  const targets = new Map(target.map((name) => [name.text, name]));
  let disjoint = true;
  for (const { text, span } of features) {
    const other: Span | undefined = targets.get(text)?.span;
    if (other === undefined) continue;
    disjoint = false;
    context.report.error("NW0602", span, `the target ${quote(text)} is listed among the features`, {
      notes: [
        `It is the target at ${placeText(context, other)}; a network that sees it learns nothing else.`,
      ],
    });
  }
  return disjoint;
}
