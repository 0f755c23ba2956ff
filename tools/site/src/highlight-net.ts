// A `.net` text, or a piece of one, with its tokens coloured: the tokens are those of the language's own lexer. A
// piece has no tree, so what a name is follows from what stands behind it and from the catalog.

import { sourceText } from "@netwright/lang";
import { type HighlightKind, highlightsOf, tokensOf } from "@netwright/lang/service";
import { catalog } from "netwright";
import { escapeHtml } from "./html.ts";

const definitions: ReadonlySet<string> = new Set(
  [catalog.layer, ...Object.values(catalog.definitions)].flatMap((family) => [...family.keys()]),
);
/** An encoder, and far more often the absence of something. */
const NOTHING = "none";

/** Each token of a known kind in a `span` of that class; all else as it is. */
export function highlightNet(text: string): string {
  const source = sourceText("block.net", text);
  const tokens = tokensOf(source);
  const kinds = new Map(highlightsOf(tokens, []).map(({ span, kind }) => [span.start, kind]));
  let [html, end] = ["", 0];
  for (const [i, { kind: token, span }] of tokens.entries()) {
    const spelling = text.slice(span.start, span.end);
    const kind = nameKind(token, spelling, tokens[i + 1]?.kind) ?? kinds.get(span.start);
    html += escapeHtml(text.slice(end, span.start));
    html +=
      kind === undefined ? escapeHtml(spelling) : `<span class="${kind}">${escapeHtml(spelling)}</span>`;
    end = span.end;
  }
  return html + escapeHtml(text.slice(end));
}

function nameKind(token: string, spelling: string, next: string | undefined): HighlightKind | undefined {
  if (!/^[A-Za-z_]\w*$/.test(spelling)) return undefined;
  // `=` stands behind parameters in the head of a block, and in signatures.
  if (next === "Colon" || next === "Equal") return "property";
  if (next === "Dot") return "namespace";
  return token === "Name" && spelling !== NOTHING && (next === "LParen" || definitions.has(spelling))
    ? "function"
    : undefined;
}
