// The outline of a file: statements and sections, in sections their settings, in flows their blocks of steps.

import type { Span } from "@netwright/definitions";
import type { File, Flow, Item, RecordExpression, Step } from "../syntax/tree.ts";

export type OutlineKind = "param" | "block" | "section" | "setting" | "step" | "branch";

export interface OutlineEntry {
  readonly name: string;
  readonly kind: OutlineKind;
  /** All of it. */
  readonly span: Span;
  /** Its name or keyword, inside `span`. */
  readonly nameSpan: Span;
  readonly children: readonly OutlineEntry[];
}

export function outlineOf({ items }: File): OutlineEntry[] {
  return items.flatMap(entryOf);
}

function entryOf(item: Item): OutlineEntry[] {
  switch (item.kind) {
    case "param":
      return [entry(item.name.text, "param", item.span, item.name.span)];
    case "block":
      return [entry(item.name.text, "block", item.span, item.name.span, stepsOf(item.body))];
    case "data": {
      const name = item.name === undefined ? "data" : `data ${item.name.text}`;
      return [entry(name, "section", item.span, item.keyword, settingsOf(item.settings))];
    }
    case "train":
    case "report":
      return [entry(item.kind, "section", item.span, item.keyword, settingsOf(item.settings))];
    case "model":
      return [entry("model", "section", item.span, item.keyword, stepsOf(item.body))];
    case "expect":
      return [entry("expect", "section", item.span, item.keyword)];
    case "version":
    case "use":
    case "unknown":
      return [];
  }
}

function entry(
  name: string,
  kind: OutlineKind,
  span: Span,
  nameSpan: Span,
  children: readonly OutlineEntry[] = [],
): OutlineEntry {
  // A name of the recovering parser may stick out.
  const inside = nameSpan.start >= span.start && nameSpan.end <= span.end;
  return { name, kind, span, nameSpan: inside ? nameSpan : span, children };
}

function settingsOf({ settings }: RecordExpression): OutlineEntry[] {
  return settings.map(({ key, value, span }) =>
    entry(
      key.text === "" ? '""' : key.text,
      "setting",
      span,
      key.span,
      value.kind === "record" ? settingsOf(value) : [],
    ),
  );
}

function stepsOf({ steps }: Flow): OutlineEntry[] {
  return steps.flatMap(stepEntry);
}

function stepEntry(step: Step): OutlineEntry[] {
  switch (step.kind) {
    case "call": {
      const { call } = step;
      const [name, nameSpan] =
        call.kind === "call" ? [call.name.text, call.name.span] : [call.name, call.span];
      return [entry(name, "step", step.span, nameSpan)];
    }
    case "repeat":
    case "residual":
      return [entry(step.kind, "step", step.span, step.keyword, stepsOf(step.body))];
    case "if": {
      const bodies = [
        ...step.arms.map(({ body }) => body),
        ...(step.otherwise === undefined ? [] : [step.otherwise]),
      ];
      return [entry("if", "step", step.span, step.keyword, bodies.flatMap(stepsOf))];
    }
    case "parallel":
      return [
        entry(
          "parallel",
          "step",
          step.span,
          step.keyword,
          step.branches.map(({ name, body }) =>
            entry(name.text, "branch", { ...body.span, start: name.span.start }, name.span, stepsOf(body)),
          ),
        ),
      ];
    case "broken":
      return [];
  }
}
