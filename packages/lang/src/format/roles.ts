// What the syntax tree knows of a token and the token itself does not say: whose brace it is, whether a
// parenthesis groups or holds arguments, whether a sign stands between two operands. All by offset.

import type { Argument, Expression, File, Flow, Item, Setting, Step } from "../syntax/tree.ts";

export interface Roles {
  /** `{` of the body of a `model`, `block`, `repeat` ... */
  readonly flows: ReadonlySet<number>;
  /** `{` of settings. */
  readonly records: ReadonlySet<number>;
  /** `(` around one value. */
  readonly groups: ReadonlySet<number>;
  /** `+` and `-` between two operands. */
  readonly binary: ReadonlySet<number>;
  /** First words of settings and expectations, which need no separator before them. */
  readonly items: ReadonlySet<number>;
  /** Start and end of statements that the language does not know. */
  readonly unknown: ReadonlyMap<number, number>;
}

export function rolesOf(tree: File): Roles {
  const roles = {
    flows: new Set<number>(),
    records: new Set<number>(),
    groups: new Set<number>(),
    binary: new Set<number>(),
    items: new Set<number>(),
    unknown: new Map<number, number>(),
  };

  const visitItem = (item: Item): void => {
    if (item.kind === "param") {
      visit(item.value);
      if (item.domain !== undefined) visit(item.domain);
    } else if (item.kind === "block") {
      for (const { value } of item.parameters) if (value !== undefined) visit(value);
      visitFlow(item.body);
    } else if (item.kind === "model") visitFlow(item.body);
    else if (item.kind === "expect") {
      for (const entry of item.entries) {
        roles.items.add(entry.span.start);
        visit(entry);
      }
    } else if (item.kind === "data" || item.kind === "train" || item.kind === "report") visit(item.settings);
    else if (item.kind === "unknown") roles.unknown.set(item.span.start, item.span.end);
  };

  const visitFlow = ({ span, steps }: Flow): void => {
    roles.flows.add(span.start);
    steps.forEach(visitStep);
  };

  const visitStep = (step: Step): void => {
    if (step.kind === "call") visit(step.call);
    else if (step.kind === "repeat") {
      visit(step.count);
      visitFlow(step.body);
    } else if (step.kind === "if") {
      for (const { condition, body } of step.arms) {
        visit(condition);
        visitFlow(body);
      }
      if (step.otherwise !== undefined) visitFlow(step.otherwise);
    } else if (step.kind === "residual") {
      step.arguments.forEach(visitValue);
      visitFlow(step.body);
    } else if (step.kind === "parallel") {
      for (const { body } of step.branches) visitFlow(body);
    }
  };

  const visitValue = ({ value }: Argument | Setting): void => visit(value);

  const visit = (value: Expression): void => {
    if (value.kind === "call") value.arguments.forEach(visitValue);
    else if (value.kind === "list") value.items.forEach(visit);
    else if (value.kind === "record") {
      roles.records.add(value.span.start);
      for (const setting of value.settings) roles.items.add(setting.span.start);
      value.settings.forEach(visitValue);
    } else if (value.kind === "operation") {
      visit(value.first);
      for (const { operatorSpan, operand } of value.rest) {
        roles.binary.add(operatorSpan.start);
        visit(operand);
      }
    } else if (value.kind === "negation") visit(value.operand);
    else if (value.kind === "group") {
      roles.groups.add(value.span.start);
      visit(value.inner);
    }
  };

  tree.items.forEach(visitItem);
  return roles;
}
