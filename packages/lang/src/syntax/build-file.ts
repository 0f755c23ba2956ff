// Statements and sections: the top of a file, from concrete syntax tree to syntax tree.

import { cover, type Span } from "@netwright/definitions";
import type { CstElement, CstNode } from "chevrotain";
import type { Fix } from "../diagnostic.ts";
import { replaceBy } from "../report.ts";
import { lineBounds, lineOf } from "../source/source-text.ts";
import {
  type Build,
  elementsOf,
  firstToken,
  firstTokenSpan,
  followsFailure,
  isToken,
  itemsOf,
  nameOf,
  nodeOf,
  nodesOf,
  placeOf,
  stringValue,
  tokenOf,
} from "./build.ts";
import { behind, buildExpression, buildRecord, buildValue } from "./build-expression.ts";
import { buildFlow } from "./build-flow.ts";
import { found } from "./grammar.ts";
import { spanOf } from "./lex.ts";
import { Comma, Dot, isName, Newline } from "./tokens.ts";
import type { Item, Parameter } from "./tree.ts";

export function buildItems(build: Build, file: CstNode): Item[] {
  const items: Item[] = [];
  let separated = true;
  let previous: CstElement | undefined;
  for (const element of elementsOf(file)) {
    if (isToken(element)) {
      separated ||= element.tokenType === Newline;
      continue;
    }
    const at = firstTokenSpan(build, element);
    const told = !separated && previous !== undefined && followsFailure(build, previous, at);
    previous = element;
    if ((element.name === "lineJunk" || !separated) && !told) {
      const message = separated
        ? `unexpected ${found(firstToken(element))}, expected a statement or a section`
        : `expected a new line before ${found(firstToken(element))}`;
      build.problem(at, message, { fix: decimalPoint(build, element) });
    }
    const item = builders[element.name]?.(build, element, placeOf(build, element));
    if (item !== undefined) items.push(item);
    separated = false;
  }
  return items;
}

/** `0,1`: a comma for a decimal point. */
function decimalPoint(build: Build, element: CstElement): Fix | undefined {
  const at = firstTokenSpan(build, element);
  const { text } = build.source;
  const [after] = /^,\d+/.exec(text.slice(at.start)) ?? [];
  if (after === undefined) return undefined;
  let start = at.start;
  while (/\d/.test(text.charAt(start - 1))) start--;
  if (start === at.start) return undefined;
  const before = text.slice(start, at.start);
  const number = { ...at, start, end: at.start + after.length };
  return replaceBy(number, `${before}.${after.slice(1)}`);
}

type ItemBuilder = (build: Build, node: CstNode, span: Span) => Item | undefined;

const builders: Readonly<Record<string, ItemBuilder>> = {
  versionItem({ source }, node, span) {
    const number = tokenOf(node, "NumberLiteral");
    if (number === undefined) return { kind: "version", version: undefined, at: span, span };
    const version = Number(number.image);
    const at = spanOf(source.file, number);
    return { kind: "version", version: Number.isNaN(version) ? undefined : version, at, span };
  },

  paramItem(build, node, span) {
    const name = tokenOf(node, "Name");
    if (name === undefined) return undefined;
    const domain = nodeOf(node, "domain");
    return {
      kind: "param",
      name: nameOf(build, name),
      value: buildValue(build, nodeOf(node, "value"), { ...span, start: span.end }),
      domain: domain === undefined ? undefined : buildExpression(build, domain, span),
      span,
    };
  },

  useItem(build, node, span) {
    const path = tokenOf(node, "StringLiteral");
    if (path === undefined) return undefined;
    const expression = {
      kind: "string",
      value: stringValue(build, path),
      span: spanOf(build.source.file, path),
    } as const;
    return { kind: "use", path: expression, span };
  },

  blockItem(build, node, span) {
    const name = tokenOf(node, "Name");
    if (name === undefined) return undefined;
    const parameters = nodeOf(node, "parameters");
    return {
      kind: "block",
      name: nameOf(build, name),
      parameters:
        parameters === undefined ? bareParameters(build, node) : knownParameters(build, node, parameters),
      body: buildFlow(build, nodeOf(node, "flow"), span),
      span,
    };
  },

  settingsItem(build, node, span) {
    const kind =
      tokenOf(node, "Data") !== undefined
        ? "data"
        : tokenOf(node, "Train") !== undefined
          ? "train"
          : "report";
    const name = tokenOf(node, "Name");
    const record = nodeOf(node, "record");
    reportHeader(build, node);
    const keyword = firstTokenSpan(build, node);
    if (kind !== "data" && name !== undefined) {
      build.problem(spanOf(build.source.file, name), `\`${kind}\` takes no name, expected \`{\``);
    }
    return {
      kind,
      keyword,
      name: name === undefined ? undefined : nameOf(build, name),
      settings:
        record === undefined
          ? { kind: "record", settings: [], broken: true, span: behind(build, node) }
          : buildRecord(build, record),
      span,
    };
  },

  modelItem(build, node, span) {
    reportHeader(build, node);
    return {
      kind: "model",
      keyword: firstTokenSpan(build, node),
      body: buildFlow(build, nodeOf(node, "flow"), span),
      span,
    };
  },

  expectItem(build, node, span) {
    reportHeader(build, node);
    const entries = itemsOf(
      build,
      { ...node, children: withoutHeader(node) },
      {
        junk: "settingJunk",
        item: "an expectation, `split.metric < number`",
        separator: "a comparison, as `<`",
        blanks: true,
      },
    );
    return {
      kind: "expect",
      keyword: firstTokenSpan(build, node),
      entries: entries.map((entry) => buildExpression(build, entry, span)),
      span,
    };
  },

  unknownItem(build, node, span) {
    const name = tokenOf(node, "Name");
    if (name === undefined) return undefined;
    const junk = nodeOf(node, "lineJunk");
    const section = junk !== undefined && nodesOf(junk, "skippedBraces").length > 0;
    return { kind: "unknown", name: nameOf(build, name), section, span };
  },
};

function withoutHeader({ children }: CstNode): CstNode["children"] {
  const { headerJunk: _, Expect: __, ...rest } = children;
  return rest;
}

function reportHeader(build: Build, node: CstNode): void {
  const junk = nodeOf(node, "headerJunk");
  if (junk === undefined) return;
  const { start, end } = placeOf(build, junk);
  // Without a body the parser misses its brace at the end of the line.
  build.tell(start, lineBounds(build.source, lineOf(build.source, end)).end);
  const isMethod = firstToken(junk)?.tokenType === Dot && tokenOf(node, "Model") !== undefined;
  build.problem(firstTokenSpan(build, junk), `unexpected ${found(firstToken(junk))}, expected \`{\``, {
    // `model.add(...)`
    notes: isMethod
      ? ["All layers stand in one pair of braces: `model { dense(64, relu) -> dense(1) }`."]
      : [],
  });
}

/** `block hidden units, act { ... }`: parameters without their parentheses, which the body then knows. */
function bareParameters(build: Build, node: CstNode): Parameter[] {
  const junk = nodeOf(node, "headerJunk");
  if (junk === undefined) return [];
  const tokens = elementsOf(junk).filter((token) => !isToken(token) || token.tokenType !== Comma);
  const names = tokens.flatMap((token) =>
    isToken(token) && isName(token.image) ? [nameOf(build, token)] : [],
  );
  if (names.length < tokens.length || names.length === 0) {
    reportHeader(build, node);
    return [];
  }
  const at = placeOf(build, junk);
  const name = tokenOf(node, "Name");
  const start = name === undefined ? at.start : spanOf(build.source.file, name).end;
  const text = `(${names.map((one) => one.text).join(", ")})`;
  build.problem(names[0]?.span ?? at, "the parameters of a block stand in parentheses", {
    fix: replaceBy({ ...at, start }, text, `write \`${text}\``),
  });
  return names.map((one) => ({ name: one, value: undefined, span: one.span }));
}

function knownParameters(build: Build, block: CstNode, parameters: CstNode): Parameter[] {
  reportHeader(build, block);
  return buildParameters(build, parameters);
}

function buildParameters(build: Build, node: CstNode): Parameter[] {
  const items = itemsOf(build, node, { junk: "argumentJunk", item: "a parameter", separator: "`,` or `)`" });
  return items.flatMap((item) => {
    const name = tokenOf(item, "Name");
    if (name === undefined) return [];
    const span = cover(spanOf(build.source.file, name), placeOf(build, item));
    const colon = tokenOf(item, "Colon");
    if (colon !== undefined) {
      build.problem(
        spanOf(build.source.file, colon),
        "the default of a parameter is written with `=`, not with `:`",
      );
    }
    const equal = tokenOf(item, "Equal") ?? colon;
    const value = equal === undefined ? undefined : buildValue(build, nodeOf(item, "value"), span);
    return [{ name: nameOf(build, name), value, span }];
  });
}
