// Flows: the steps of `model` and `block` bodies, from concrete syntax tree to syntax tree.

import { closest, quote, type Span } from "@netwright/definitions";
import type { CstNode, TokenType } from "chevrotain";
import { replaceBy } from "../report.ts";
import {
  type Build,
  elementsOf,
  firstToken,
  firstTokenSpan,
  followsFailure,
  isToken,
  nameOf,
  nodeOf,
  nodesOf,
  placeOf,
  tokenOf,
} from "./build.ts";
import { behind, buildArguments, buildCall, buildExpression } from "./build-expression.ts";
import { found } from "./grammar.ts";
import { spanOf } from "./lex.ts";
import {
  Arrow,
  Colon,
  Comma,
  Dot,
  Else,
  Equal,
  LBrace,
  Name,
  Newline,
  NumberLiteral,
  Percent,
  RBrace,
  StringLiteral,
} from "./tokens.ts";
import type { CallStep, Flow, Step } from "./tree.ts";

export function buildFlow(build: Build, node: CstNode | undefined, inside: Span): Flow {
  if (node === undefined) {
    const span = { ...inside, start: inside.end };
    return { steps: [{ kind: "broken", span }], span };
  }
  const span = placeOf(build, node, inside);
  const steps: Step[] = [];
  let arrow: Span | undefined;
  let separated = true;
  let previous: CstNode | undefined;
  for (const element of elementsOf(node)) {
    if (isToken(element)) {
      const at = spanOf(build.source.file, element);
      if (element.tokenType === Arrow) {
        if (steps.length === 0 || arrow !== undefined) build.problem(at, "`->` stands between two layers");
        arrow = at;
        separated = true;
      } else if (element.tokenType === Newline) separated = true;
      else if (element.tokenType === RBrace && arrow !== undefined) {
        build.problem(arrow, "`->` stands between two layers, and none follows it");
      } else if (element.tokenType !== LBrace) separated = true;
      continue;
    }
    const at = firstTokenSpan(build, element);
    const told = !separated && previous !== undefined && followsFailure(build, previous, at);
    previous = element;
    if (element.name === "stepJunk") {
      if (told) steps.push({ kind: "broken", span: placeOf(build, element) });
      else addJunk(build, element, separated, steps);
    } else {
      const step = buildStep(build, element, span);
      if (!separated && !told) {
        reportNoSeparator(build, element, steps.at(-1));
      }
      steps.push(step);
    }
    arrow = undefined;
    separated = false;
  }
  return { steps, span };
}

/** `repeet 3 { ... }` is one mistake: the word, where it is close to one that takes braces. */
function reportNoSeparator(build: Build, element: CstNode, before: Step | undefined): void {
  const next = firstToken(element);
  const name = before?.kind === "call" && before.call.kind === "name" ? before.call : undefined;
  const meant = name === undefined ? undefined : closest(name.name, WITH_BRACES);
  if (name !== undefined && meant !== undefined) {
    build.problem(name.span, `unknown word ${quote(name.name)}`, { fix: replaceBy(name.span, meant) });
    return;
  }
  const message =
    next?.tokenType === Else ? ELSE_ALONE : `expected a new line or \`->\` before ${found(next)}`;
  const at = firstTokenSpan(build, element);
  const end = before === undefined || next?.tokenType === Else ? undefined : before.span.end;
  const fix = end === undefined ? undefined : replaceBy({ ...at, start: end, end }, " ->", "add `->`");
  build.problem(at, message, { fix });
}

const ELSE_ALONE = "`else` stands behind the `}` of an `if`";
const WITH_BRACES = ["repeat", "if", "residual", "parallel"];

/** Junk makes the flow unknown from here; `repat 3 { ... }` is a misspelt word before it. */
function addJunk(build: Build, junk: CstNode, separated: boolean, steps: Step[]): void {
  const span = placeOf(build, junk);
  const before = separated ? undefined : steps.at(-1);
  const bare = bareArguments(junk);
  if (before?.kind === "call" && nodesOf(junk, "skippedBraces").length > 0) {
    const { call } = before;
    const name = call.kind === "call" ? call.name : { text: call.name, span: call.span };
    const meant = closest(name.text, WITH_BRACES);
    const message = name.text === "else" ? ELSE_ALONE : `${quote(name.text)} is not followed by braces`;
    build.problem(name.span, message, {
      notes: [
        name.text === "bidirectional"
          ? "The layer that it runs is its argument: `bidirectional(lstm(16))`."
          : "Braces follow `repeat`, `if`, `else`, `residual` and `parallel`.",
      ],
      fix: meant === undefined ? undefined : replaceBy(name.span, meant),
    });
    steps.pop();
  } else if (before?.kind === "call" && isModule(before, junk)) {
    reportModule(build, before, span);
    steps.pop();
  } else if (bare !== undefined && before?.kind === "call" && before.call.kind === "name") {
    // `dense 64 relu`
    const { name, span: at } = before.call;
    build.problem(firstTokenSpan(build, junk), "arguments stand in parentheses", {
      fix: replaceBy({ ...span, start: at.end }, `(${bare})`, `did you mean \`${name}(${bare})\`?`),
    });
  } else {
    const expected = separated ? "a layer" : "a new line or `->`";
    build.problem(firstTokenSpan(build, junk), `unexpected ${found(firstToken(junk))}, expected ${expected}`);
  }
  steps.push({ kind: "broken", span });
}

/** `nn.Linear(8, 64)`, `tf.keras.layers.Dense(64)` */
function isModule({ call }: CallStep, junk: CstNode): boolean {
  return call.kind === "name" && firstToken(junk)?.tokenType === Dot;
}

function reportModule(build: Build, { call }: CallStep, junk: Span): void {
  const { text } = build.source;
  const [prefix = ""] = /^(?:\s*\.\s*\w+)*\s*\.\s*(?=\w)/.exec(text.slice(call.span.end, junk.end)) ?? [];
  const at = { ...call.span, end: call.span.end + prefix.length };
  build.problem(
    { ...call.span, end: Math.max(at.end, call.span.end) },
    "layers have no module before their name",
    {
      notes: [
        "A layer is written as `dense(64, relu)`; the width of its input follows from the layer before.",
      ],
      fix: prefix === "" ? undefined : replaceBy(at, "", "remove it"),
    },
  );
}

/** Values behind a name, as they would stand in parentheses; undefined for anything else. */
function bareArguments(junk: CstNode): string | undefined {
  const tokens = elementsOf(junk).filter(isToken);
  if (tokens.length < elementsOf(junk).length) return undefined;
  const [colon, ...rest] = tokens;
  const values = (colon?.tokenType === Colon || colon?.tokenType === Equal ? rest : tokens).filter(
    ({ tokenType }) => tokenType !== Comma,
  );
  if (values.length === 0 || values.some(({ tokenType }) => !VALUES.has(tokenType))) return undefined;
  return values.map(({ image }) => image).join(", ");
}

const VALUES: ReadonlySet<TokenType> = new Set([NumberLiteral, Percent, StringLiteral, Name]);

function buildStep(build: Build, node: CstNode, inside: Span): Step {
  const span = placeOf(build, node, inside);
  const inner = Object.values(node.children)[0]?.[0];
  if (inner === undefined || isToken(inner)) return { kind: "broken", span };
  const builder = builders[inner.name];
  return builder === undefined ? { kind: "broken", span } : builder(build, inner, span);
}

type StepBuilder = (build: Build, node: CstNode, span: Span) => Step;

const builders: Readonly<Record<string, StepBuilder>> = {
  repeatStep: (build, node, span) => ({
    kind: "repeat",
    keyword: firstTokenSpan(build, node),
    count: buildExpression(build, nodeOf(node, "expression"), behind(build, node)),
    body: buildFlow(build, nodeOf(node, "flow"), span),
    span,
  }),

  ifStep(build, node, span) {
    const otherwise = nodesOf(node, "otherwise");
    const extra = otherwise[1];
    if (extra !== undefined) build.problem(placeOf(build, extra), "an `if` has one `else`");
    return {
      kind: "if",
      keyword: firstTokenSpan(build, node),
      arms: nodesOf(node, "arm").map((arm) => ({
        condition: buildExpression(build, nodeOf(arm, "expression"), behind(build, node)),
        body: buildFlow(build, nodeOf(arm, "flow"), span),
      })),
      otherwise: otherwise[0] === undefined ? undefined : buildFlow(build, otherwise[0], span),
      span,
    };
  },

  residualStep(build, node, span) {
    const args = nodeOf(node, "arguments");
    return {
      kind: "residual",
      keyword: firstTokenSpan(build, node),
      arguments: args === undefined ? [] : buildArguments(build, args, span),
      body: buildFlow(build, nodeOf(node, "flow"), span),
      span,
    };
  },

  parallelStep: (build, node, span) => ({
    kind: "parallel",
    keyword: firstTokenSpan(build, node),
    branches: branchItems(build, node).flatMap((branch) => {
      const name = tokenOf(branch, "Name");
      if (name === undefined) return [];
      return [
        { name: nameOf(build, name), body: buildFlow(build, nodeOf(branch, "flow"), placeOf(build, branch)) },
      ];
    }),
    span,
  }),

  call(build, node, span) {
    const name = tokenOf(node, "Name");
    if (name === undefined) return { kind: "broken", span };
    const args = nodeOf(node, "arguments");
    const call =
      args === undefined
        ? ({ kind: "name", name: name.image, span: spanOf(build.source.file, name) } as const)
        : buildCall(build, name, args, span);
    return { kind: "call", call, span };
  },
};

/** Branches may follow one another on a line without a separator: `parallel { a {..} b {..} }`. */
function branchItems(build: Build, node: CstNode): CstNode[] {
  for (const junk of nodesOf(node, "settingJunk")) {
    const at = firstTokenSpan(build, junk);
    build.problem(at, `unexpected ${found(firstToken(junk))}, expected a branch, \`name { ... }\``);
  }
  return nodesOf(node, "branch");
}
