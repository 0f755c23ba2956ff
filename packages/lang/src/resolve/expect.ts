// The `expect` section: `test.r2 > 0.88`, one expectation an entry.

import { listNames, quote } from "@netwright/definitions";
import type { DataSettings, Expectation } from "../model/model.ts";
import { replaceBy } from "../report.ts";
import { suggest } from "../suggest/suggest.ts";
import type { Comparison, ExpectItem, Expression, Operator } from "../syntax/tree.ts";
import { type Context, originNotes, placeText } from "./context.ts";
import { evaluate } from "./evaluate.ts";
import type { Scope } from "./value.ts";
import { describeValue } from "./value.ts";

const SPLITS = ["train", "validation", "test"] as const;
const COMPARISONS: readonly Comparison[] = ["<", "<=", ">", ">=", "==", "!="];

export function resolveExpect(
  item: ExpectItem,
  scope: Scope,
  data: DataSettings | undefined,
  context: Context,
): Expectation[] {
  const expectations: Expectation[] = [];
  for (const entry of item.entries) {
    const expectation = readEntry(entry, scope, data, context);
    if (expectation === undefined) continue;
    const { split, metric, comparison, span } = expectation;
    const first = expectations.find(
      (e) => e.split === split && e.metric === metric && e.comparison === comparison,
    );
    if (first === undefined) expectations.push(expectation);
    else {
      context.report.error("NW0204", span, `\`${split}.${metric}\` is compared by \`${comparison}\` twice`, {
        notes: [`First at ${placeText(context, first.span)}; remove one of them.`],
      });
    }
  }
  return expectations;
}

function readEntry(
  entry: Expression,
  scope: Scope,
  data: DataSettings | undefined,
  context: Context,
): Expectation | undefined {
  const { span } = entry;
  if (entry.kind === "broken") return undefined;
  const [only, more] = entry.kind === "operation" ? entry.rest : [];
  if (
    entry.kind !== "operation" ||
    entry.first.kind !== "path" ||
    only === undefined ||
    more !== undefined ||
    !isComparison(only.operator)
  ) {
    if (!isBroken(entry)) {
      context.report.error("NW0703", span, "this is no expectation", {
        notes: ["An expectation compares a metric of a split with a number: `test.mae < 4`."],
      });
    }
    return undefined;
  }
  const split = knownName("NW0701", "split", entry.first.first, SPLITS, context);
  const metric = knownName(
    "NW0702",
    "metric",
    entry.first.second,
    [...context.catalog.metrics.keys()],
    context,
  );
  const value = evaluate(only.operand, scope, context);
  if (value.kind !== "number") {
    if (value.kind !== "unknown") {
      context.report.error(
        "NW0703",
        value.span,
        `a metric is compared with a number, found ${describeValue(value)}`,
        {
          notes: originNotes(context, value),
        },
      );
    }
    return undefined;
  }
  if (split === undefined || metric === undefined) return undefined;
  if (data !== undefined && data.split[split] === 0) {
    context.report.error("NW0704", entry.first.span, `no rows are kept for \`${split}\``, {
      notes: [`Give \`${split}\` of \`data.split\` a share.`],
    });
  }
  return { split, metric, comparison: only.operator, value: value.value, span };
}

function isComparison(operator: Operator): operator is Comparison {
  return COMPARISONS.some((comparison) => comparison === operator);
}

function isBroken(entry: Expression): boolean {
  if (entry.kind !== "operation") return false;
  return entry.first.kind === "broken" || entry.rest.some(({ operand }) => operand.kind === "broken");
}

function knownName<T extends string>(
  code: "NW0701" | "NW0702",
  noun: string,
  { text, span }: { readonly text: string; readonly span: Expression["span"] },
  known: readonly T[],
  context: Context,
): T | undefined {
  const found = known.find((name) => name === text);
  if (found !== undefined) return found;
  const { meant, notes } = suggest("metric", text, known);
  const fix = meant === undefined ? undefined : replaceBy(span, meant);
  context.report.error(code, span, `unknown ${noun} ${quote(text)}`, {
    notes: [...notes, `Known: ${listNames(known, 20)}.`],
    fix,
  });
  return undefined;
}
