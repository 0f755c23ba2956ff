// What the `build-*.ts` files share: looking into Chevrotain's concrete syntax tree, spans of its nodes, and
// reporting what the grammar let through (junk, missing separators).

import { quote, type Span } from "@netwright/definitions";
import type { CstElement, CstNode, IToken } from "chevrotain";
import { type Details, type Report, replaceBy } from "../report.ts";
import type { SourceText } from "../source/source-text.ts";
import { found } from "./grammar.ts";
import { spanOf } from "./lex.ts";
import { Comma, isName, Name, Newline, StringLiteral } from "./tokens.ts";
import type { Name as TreeName } from "./tree.ts";

export interface Build {
  readonly source: SourceText;
  /** For what is wrong inside one token. */
  readonly report: Report;
  /** For what does not follow the grammar; only the first of a segment is shown. */
  readonly problem: (span: Span, message: string, details?: Details) => void;
  /** The parser has given up at one of these places, so what follows up to a separator is no news. */
  readonly failedIn: (from: number, to: number) => boolean;
  /** What the parser says of these places is told already. */
  readonly tell: (from: number, to: number) => void;
}

export function isToken(element: CstElement): element is IToken {
  return "image" in element;
}

export function tokensOf(node: CstNode, name: string): IToken[] {
  return node.children[name]?.filter(isToken) ?? [];
}

export function tokenOf(node: CstNode, name: string): IToken | undefined {
  return node.children[name]?.find(isToken);
}

export function nodesOf(node: CstNode, name: string): CstNode[] {
  return node.children[name]?.filter(isNode) ?? [];
}

export function nodeOf(node: CstNode, name: string): CstNode | undefined {
  return node.children[name]?.find(isNode);
}

function isNode(element: CstElement): element is CstNode {
  return !isToken(element);
}

/** Everything in a node in the order of the text. Each kind of child is in order already, so they are merged. */
export function elementsOf(node: CstNode): readonly CstElement[] {
  let merged: readonly CstElement[] = [];
  for (const name in node.children) {
    const kind = node.children[name] ?? [];
    merged = merged.length === 0 ? kind : merge(merged, kind);
  }
  return merged;
}

function merge(a: readonly CstElement[], b: readonly CstElement[]): CstElement[] {
  const merged: CstElement[] = [];
  let from = 0;
  for (const element of a) {
    const start = startOf(element);
    for (let next = b[from]; next !== undefined && startOf(next) < start; next = b[from]) {
      merged.push(next);
      from++;
    }
    merged.push(element);
  }
  for (const rest of b.slice(from)) merged.push(rest);
  return merged;
}

function startOf(element: CstElement): number {
  const start = isToken(element) ? element.startOffset : (element.location?.startOffset ?? Number.NaN);
  return Number.isNaN(start) ? Number.MAX_SAFE_INTEGER : start;
}

/** The place of a node; a node that was given up before its first token lies at the end of `inside`. */
export function placeOf(build: Build, element: CstElement, inside?: Span): Span {
  const { file } = build.source;
  if (isToken(element)) return spanOf(file, element);
  const start = element.location?.startOffset ?? Number.NaN;
  const end = element.location?.endOffset ?? Number.NaN;
  if (Number.isNaN(start)) {
    const at = inside?.end ?? 0;
    return { file, start: at, end: at };
  }
  return { file, start, end: (Number.isNaN(end) ? start - 1 : end) + 1 };
}

export function nameOf(build: Build, token: IToken): TreeName {
  const span = spanOf(build.source.file, token);
  const quoted =
    token.tokenType === StringLiteral || (token.tokenType.CATEGORIES ?? []).includes(StringLiteral);
  return { text: quoted ? stringValue(build, token) : token.image, quoted, span };
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '"', "\\": "\\", n: "\n", t: "\t" };

/** The text of a string token: quotes off, escapes resolved; unknown escapes are reported and kept. */
export function stringValue(build: Build, token: IToken): string {
  const quote = token.image.charAt(0);
  const closed =
    token.image.length > 1 && token.image.endsWith(quote) && token.tokenType.name !== "OpenString";
  const inner = token.image.slice(1, closed ? -1 : undefined);
  return inner.replace(/\\(.?)/gs, (written, character: string, at: number) => {
    const value = ESCAPES[character];
    if (value !== undefined) return value;
    const start = token.startOffset + 1 + at;
    const span = { file: build.source.file, start, end: start + written.length };
    build.report.error("NW0106", span, `\`${written}\` has no meaning in a string`, {
      notes: [
        'A backslash is written `\\\\`; the others are `\\"`, `\\n` and `\\t`. Paths use `/` on every system.',
      ],
    });
    return written;
  });
}

interface Sequence {
  /** Name of the rule that takes in what fits nowhere. */
  readonly junk: string;
  /** What stands here, for messages. */
  readonly item: string;
  /** What separates items. */
  readonly separator: string;
  /** Blanks will do before an item that begins with a name. */
  readonly blanks?: boolean;
}

/** The items between two brackets. Reports junk, items without a separator and commas without an item. */
export function itemsOf(
  build: Build,
  node: CstNode,
  { junk, item, separator, blanks = false }: Sequence,
): CstNode[] {
  const items: CstNode[] = [];
  let previous: CstNode | undefined;
  let wantsItem = true;
  let separated = true;
  for (const element of elementsOf(node)) {
    if (isToken(element)) {
      if (element.tokenType === Comma && wantsItem) {
        build.problem(spanOf(build.source.file, element), "nothing stands before this `,`");
      }
      if (element.tokenType === Comma) wantsItem = true;
      separated ||= element.tokenType === Comma || element.tokenType === Newline;
      continue;
    }
    const at = firstTokenSpan(build, element);
    const isJunk = element.name === junk;
    const told = !separated && previous !== undefined && followsFailure(build, previous, at);
    if (isJunk && !told) {
      build.problem(at, `unexpected ${found(firstToken(element))}, expected ${separated ? item : separator}`);
    } else if (!isJunk && !separated && !told && !(blanks && isWord(firstToken(element)))) {
      reportSeparator(build, element, items.at(-1), separator);
    }
    if (!isJunk) items.push(element);
    previous = element;
    wantsItem = false;
    separated = false;
  }
  return items;
}

/** The parser gave up inside of what stands before, or at its end. */
export function followsFailure(build: Build, before: CstElement, { start }: Span): boolean {
  return build.failedIn(placeOf(build, before).start, start);
}

function reportSeparator(
  build: Build,
  element: CstNode,
  before: CstNode | undefined,
  separator: string,
): void {
  const at = firstTokenSpan(build, element);
  const end = before === undefined ? at.start : placeOf(build, before).end;
  const key =
    before?.name === "argument" && !isWord(firstToken(element)) ? bareName(build, before) : undefined;
  if (key !== undefined) {
    const fix = replaceBy({ ...at, start: end, end }, ":", "add `:`");
    build.problem(at, `expected \`:\` after ${quote(key)}, found ${found(firstToken(element))}`, { fix });
    return;
  }
  const fix = separator.startsWith("`,`") ? replaceBy({ ...at, start: end, end }, ",", "add `,`") : undefined;
  build.problem(at, `expected ${separator} before ${found(firstToken(element))}`, { fix });
}

/** `units` in `dense(units 8)`. */
function bareName(build: Build, node: CstNode): string | undefined {
  const { start, end } = placeOf(build, node);
  const text = build.source.text.slice(start, end);
  return isName(text) ? text : undefined;
}

function isWord(token: IToken | undefined): boolean {
  if (token === undefined) return false;
  return [Name, StringLiteral].some(
    (type) => token.tokenType === type || (token.tokenType.CATEGORIES ?? []).includes(type),
  );
}

export function firstToken(element: CstElement): IToken | undefined {
  if (isToken(element)) return element;
  let first: CstElement | undefined;
  for (const name in element.children) {
    const child = element.children[name]?.[0];
    if (child !== undefined && (first === undefined || startOf(child) < startOf(first))) first = child;
  }
  return first === undefined ? undefined : firstToken(first);
}

export function firstTokenSpan(build: Build, element: CstElement): Span {
  const token = firstToken(element);
  return token === undefined ? placeOf(build, element) : spanOf(build.source.file, token);
}
