// Params: their values (default or override), their domains, circles among them, and which are never used.

import { type Argument, listChain, quote } from "@netwright/definitions";
import type { ResolvedParam } from "../model/model.ts";
import type { Expression, ParamItem } from "../syntax/tree.ts";
import type { Context } from "./context.ts";
import { checkDomain, type Domain, domainOf } from "./domain.ts";
import { evaluate } from "./evaluate.ts";
import type { OverrideNode } from "./overrides.ts";
import { emptyScope, reachedBy } from "./scope.ts";
import type { Scope } from "./value.ts";
import { spellValue, type Value } from "./value.ts";

export interface ParamTable extends Scope {
  /** In the order of definition; params without a known value are left out. */
  resolved(): ResolvedParam[];
  isUsed(name: string): boolean;
  /** What it may be; undefined for one that does not say so. */
  domainOf(name: string): Domain | undefined;
}

/** Params that refer to one another, one level each. */
const DEEPEST_REFERENCE = 256;

export function resolveParams(
  items: ReadonlyMap<string, ParamItem>,
  overrides: OverrideNode,
  context: Context,
  drawn: ReadonlyMap<string, Value> = new Map(),
): ParamTable {
  const values = new Map<string, Value>();
  const used = new Set<string>();
  const domains = new Map<string, Domain>();
  const open: string[] = [];

  const settled = (item: ParamItem): Value => {
    const name = item.name.text;
    const known = values.get(name);
    if (known !== undefined) return known;
    if (open.includes(name) || open.length >= DEEPEST_REFERENCE) {
      reportCircle(item, [...open.slice(Math.max(0, open.indexOf(name))), name], context);
      return { kind: "unknown", span: item.value.span };
    }
    open.push(name);
    const { value: checked, domain } = settle(item, overrides.children.get(name), scope, context);
    open.pop();
    const value = drawn.get(name) ?? checked;
    values.set(name, value);
    if (domain !== undefined) domains.set(name, domain);
    return value;
  };

  const scope: Scope = {
    lookup(name, use) {
      const item = items.get(name);
      if (item === undefined) return undefined;
      used.add(name);
      return { ...reachedBy(name, settled(item), use), param: name };
    },
    names: () => [...items.keys()],
  };

  for (const item of items.values()) settled(item);

  return {
    ...scope,
    isUsed: (name) => used.has(name),
    domainOf: (name) => domains.get(name),
    resolved: () =>
      [...items.values()].flatMap((item) => {
        const value = values.get(item.name.text);
        const argument = value === undefined ? undefined : asArgument(value);
        return argument === undefined ? [] : [{ name: item.name.text, value: argument, span: item.span }];
      }),
  };
}

/** Default and override are both checked against the domain; the override holds. */
function settle(
  item: ParamItem,
  override: OverrideNode | undefined,
  scope: Scope,
  context: Context,
): { readonly value: Value; readonly domain?: Domain | undefined } {
  const standard = evaluate(item.value, scope, context);
  const written = item.domain === undefined ? undefined : evaluate(item.domain, scope, context);
  const domain = written === undefined ? undefined : domainOf(written, standard);
  const name = item.name.text;
  const isParamValue = checkKind(name, item.value, standard, context);
  const fits = written === undefined || checkDomain(name, standard, written, standard, context);
  if (override?.value === undefined)
    return fits && isParamValue
      ? { value: standard, domain }
      : { value: { kind: "unknown", span: standard.span } };
  const set = evaluate(override.value, emptyScope, context);
  const setFits =
    checkKind(name, override.value, set, context) &&
    (written === undefined || checkDomain(name, set, written, standard, context));
  return setFits ? { value: set, domain } : { value: { kind: "unknown", span: set.span } };
}

function checkKind(name: string, expression: Expression, value: Value, context: Context): boolean {
  if (value.kind !== "record" && value.kind !== "range") return true;
  context.report.error(
    "NW0303",
    expression.span,
    `\`${name}\` must be a single value or a list, found ${spellValue(value)}`,
    {
      notes:
        value.kind === "range"
          ? [
              `The values that a param may take stand behind \`in\`: \`param ${name} = ${value.from} in ${spellValue(value)}\`.`,
            ]
          : [],
    },
  );
  return false;
}

function reportCircle(item: ParamItem, names: readonly string[], context: Context): void {
  const circle = names.length > 0 && names[0] === names.at(-1);
  const message = circle
    ? `the value of ${quote(item.name.text)} depends on itself`
    : `params refer to one another through more than ${DEEPEST_REFERENCE} levels`;
  context.report.error("NW0505", item.name.span, message, {
    notes: circle ? [`${listChain(names)}.`] : [],
  });
}

/** For the record: numbers, texts and booleans as they are, names and calls as they are written. */
export function asArgument(value: Value): Argument | undefined {
  switch (value.kind) {
    case "number":
    case "string":
    case "boolean":
      return value.value;
    case "none":
      return null;
    case "list": {
      const items = value.items.map(asArgument);
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    case "word":
    case "call":
      return spellValue(value);
    default:
      return undefined;
  }
}
