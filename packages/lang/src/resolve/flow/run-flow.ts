// Runs a flow step by step: one function for each kind of step. A mistake makes the values unknown, and what
// follows is still checked for everything but shapes.

import { quote } from "@netwright/definitions";
import type { Parts } from "../../model/model.ts";
import type {
  CallStep,
  Expression,
  Flow,
  IfStep,
  ParallelStep,
  RepeatStep,
  Step,
} from "../../syntax/tree.ts";
import { checkValue, plainSubject } from "../check-value.ts";
import { originNotes, placeText } from "../context.ts";
import { evaluate } from "../evaluate.ts";
import { unknownScope } from "../scope.ts";
import { unknownName } from "../unknown-name.ts";
import type { Scope } from "../value.ts";
import { describeValue, type Value } from "../value.ts";
import { runBlock } from "./blocks.ts";
import { findCallee, reportUnknownLayer } from "./callee.ts";
import { type Cursor, forget, knownValues, lose, onlyValue, startInside, unknown } from "./cursor.ts";
import { countStep, type Expansion, MOST_LAYERS, nextName, type Place, type StepRun } from "./expansion.ts";
import { runInput } from "./input.ts";
import { requireOne, runLayer } from "./layers.ts";
import { requireSteps, runResidual } from "./residual.ts";
import { runShared } from "./shared.ts";

type RunStep<K extends Step["kind"]> = (
  step: Extract<Step, { kind: K }>,
  cursor: Cursor,
  place: Place,
) => void;

/** The function that runs flows; `outer` is the scope that blocks see besides their parameters. */
export function flowRunner(expansion: () => Expansion, outer: Scope): Expansion["run"] {
  const steps: { readonly [K in Step["kind"]]: RunStep<K> } = {
    call: (step, cursor, place) => runCall(step, cursor, place, outer, expansion()),
    repeat: (step, cursor, place) => runRepeat(step, cursor, place, expansion()),
    if: (step, cursor, place) => runIf(step, cursor, place, expansion()),
    residual: (step, cursor, place) => runResidual(step, cursor, place, expansion()),
    parallel: (step, cursor, place) => runParallel(step, cursor, place, expansion()),
    broken: (_step, cursor) => forget(cursor),
  };
  return (flow, cursor, place) => {
    for (const step of flow.steps) {
      if (expansion().stopped) break;
      const inputs = (knownValues(cursor) ?? []).map(({ type }) => type);
      const from = cursor.nodes.length;
      // The table is exhaustive and each row takes the step of its key, which TypeScript cannot follow here.
      (steps[step.kind] as (step: Step, cursor: Cursor, place: Place) => void)(step, cursor, place);
      cursor.started = true;
      recordRun(step, inputs, from, cursor, expansion());
    }
  };
}

/** A `parallel` gives a value only when its branches are joined. */
function recordRun(
  step: Step,
  inputs: StepRun["inputs"],
  from: number,
  cursor: Cursor,
  { runs }: Expansion,
): void {
  const output = onlyValue(cursor)?.type;
  if (output === undefined || cursor.open !== undefined) return;
  const { nodes } = cursor;
  const run: StepRun = { inputs, nodes, from, output, to: nodes.length };
  const known = runs.get(step);
  if (known === undefined) runs.set(step, [run]);
  else known.push(run);
}

function runCall(step: CallStep, cursor: Cursor, place: Place, outer: Scope, expansion: Expansion): void {
  const { context } = expansion;
  const callee = findCallee(step, place, expansion);
  if (callee === undefined) {
    lose(cursor);
    return;
  }
  const { name, given } = callee;
  const block = expansion.blocks.get(name);
  const layer = context.catalog.layer.get(name);
  if (name === "input") runInput({ given, at: step.span }, cursor, place, expansion);
  else if (name === "shared") runShared(given, step.span, cursor, place, outer, expansion);
  else if (block !== undefined) runBlock(block, given, step.span, cursor, place, outer, expansion);
  else if (layer !== undefined) runLayer({ layer, given, at: step.span }, cursor, place, expansion);
  else {
    lose(cursor);
    reportUnknownLayer(callee, place, expansion);
  }
}

const repeatCount = { kind: "integer", min: 0, max: MOST_LAYERS } as const;

function runRepeat(step: RepeatStep, cursor: Cursor, place: Place, expansion: Expansion): void {
  const { context } = expansion;
  requireSteps(step.body, "repeat", step.keyword, expansion);
  const value = evaluate(step.count, place.scope, context);
  const subject = plainSubject(
    "the count of `repeat`",
    "How many times the layers in braces stand in a row.",
    context,
  );
  const times = checkValue(repeatCount, value, subject);
  if (typeof times !== "number") lose(cursor);
  if (typeof times !== "number" || times === 0 || place.checking) {
    checkOnly(step.body, cursor, place, expansion);
    return;
  }
  for (let i = 0; i < times; i++) {
    if (!countStep(expansion, false, step.keyword)) return;
    expansion.run(step.body, cursor, { ...place, depth: place.depth + 1, top: false });
    // With a type unknown, another round would say the same.
    if (knownValues(cursor) === undefined) return;
  }
}

function runIf(step: IfStep, cursor: Cursor, place: Place, expansion: Expansion): void {
  let taken: Flow | undefined;
  let known = !place.checking;
  for (const { condition, body } of step.arms) {
    // Behind the arm that is taken a condition is not computed: `else if 1 / n > 2` is fine with n = 0.
    const there = taken === undefined ? place : { ...place, scope: unknownScope(place.scope) };
    const value = conditionValue(condition, there, expansion);
    if (taken !== undefined) continue;
    if (value === undefined) known = false;
    if (value === true && known) taken = body;
  }
  if (known) taken ??= step.otherwise;
  else {
    lose(cursor);
    taken = undefined;
  }
  for (const { body } of step.arms) if (body !== taken) checkOnly(body, cursor, place, expansion);
  if (step.otherwise !== undefined && step.otherwise !== taken)
    checkOnly(step.otherwise, cursor, place, expansion);
  if (taken === undefined || !countStep(expansion, false, step.keyword)) return;
  expansion.run(taken, cursor, { ...place, depth: place.depth + 1, top: false });
}

function conditionValue(condition: Expression, place: Place, { context }: Expansion): boolean | undefined {
  const value: Value = evaluate(condition, place.scope, context);
  if (value.kind === "boolean") return value.value;
  if (value.kind === "word" && value.origin === undefined)
    unknownName(value.name, value.span, value.scope, context);
  else if (value.kind !== "unknown") {
    context.report.error(
      "NW0303",
      value.span,
      `the condition of \`if\` must be true or false, found ${describeValue(value)}`,
      {
        notes: [...originNotes(context, value), "Compare it with something: `if rate > 0 { ... }`."],
      },
    );
  }
  return undefined;
}

/** Looks at a flow that is not run: every name and every argument that is written out. */
function checkOnly(flow: Flow, cursor: Cursor, place: Place, expansion: Expansion): void {
  if (expansion.checked.has(flow)) return;
  expansion.checked.add(flow);
  const inside = { ...startInside(cursor), values: undefined };
  expansion.run(flow, inside, {
    ...place,
    scope: unknownScope(place.scope),
    depth: place.depth + 1,
    checking: true,
    top: false,
  });
}

function runParallel(step: ParallelStep, cursor: Cursor, place: Place, expansion: Expansion): void {
  const { context } = expansion;
  if (!countStep(expansion, false, step.keyword)) return;
  if (step.branches.length === 0) {
    context.report.error("NW0221", step.keyword, "`parallel` has no branches", {
      notes: ["Write for example `parallel { a { dense(8) } b { dense(8) } } -> concat`."],
    });
  }
  // The inputs of a model go into every branch; the branches of another `parallel` are joined first.
  if (cursor.open !== undefined) requireOne(cursor, step.keyword, expansion);
  const name = nextName(expansion, "parallel");
  const names = new Map<string, ParallelStep["branches"][number]>();
  const ends = step.branches.map((branch) => {
    const label = branch.name.text;
    const first = names.get(label);
    if (first === undefined) names.set(label, branch);
    else {
      context.report.error("NW0218", branch.name.span, `branch ${quote(label)} stands twice`, {
        notes: [`First at ${placeText(context, first.name.span)}; rename one of them.`],
      });
    }
    const inside = startInside(cursor);
    const path = [...place.path, `${name}.${label}`];
    expansion.run(branch.body, inside, { ...place, depth: place.depth + 1, top: false, path });
    requireOne(inside, branch.name.span, expansion);
    return (inside.values ?? [unknown]).map((end) => ({ ...end, label }));
  });
  if (ends.length === 0) {
    forget(cursor);
    return;
  }
  const parts: Parts = { name, kind: "parallel", parts: [...names.keys()] };
  cursor.values = ends.flat();
  cursor.open = { step, parts };
}
