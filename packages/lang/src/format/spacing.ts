// Whether a blank stands between two tokens of one statement. Inside brackets `build-doc.ts` decides about the
// first token.

/** A token as the formatter sees it. */
export interface Written {
  /** Its name in `tokens.ts`. */
  readonly kind: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** `sign` stands before its operand, `call` is a `(` of arguments or parameters. */
  readonly role?: "sign" | "call";
}

export function isSpaced(before: Written | undefined, token: Written): boolean {
  if (before === undefined || before.role === "sign" || GLUED.has(before.kind)) return false;
  return token.role !== "call" && !GLUED.has(token.kind) && token.kind !== "Colon";
}

const GLUED: ReadonlySet<string> = new Set(["Dot", "Range"]);
