// What a text may look like before its lines are chosen: pieces of text, places where a line may end, groups
// that stand on one line when they fit. Wadler's and Oppen's algebra; `render-doc.ts` chooses.

export type Doc = string | readonly Doc[] | Line | Indent | Group | Choice | Comment;

/** A place where a line may end. */
export interface Line {
  readonly kind: "line";
  /** What stands here while the group is on one line. */
  readonly flat: string;
  /** The line ends here in any case. */
  readonly always: boolean;
  /** An empty line follows, once the line ends. */
  readonly blank: boolean;
}

export interface Indent {
  readonly kind: "indent";
  readonly content: Doc;
}

/** All lines that belong to a group directly end, or none does. */
export interface Group {
  readonly kind: "group";
  readonly content: Doc;
  readonly broken: boolean;
}

/** One text on one line, another on several. */
export interface Choice {
  readonly kind: "choice";
  readonly flat: string;
  readonly broken: string;
}

/** A comment behind something. The line must end after it, and its width breaks nothing. */
export interface Comment {
  readonly kind: "comment";
  readonly text: string;
}

export const space: Line = { kind: "line", flat: " ", always: false, blank: false };
export const nothing: Line = { kind: "line", flat: "", always: false, blank: false };
export const blankLine: Line = { kind: "line", flat: " ", always: false, blank: true };
export const lineEnd: Line = { kind: "line", flat: "", always: true, blank: false };

export function indent(content: Doc): Indent {
  return { kind: "indent", content };
}

/** Something inside that must end its line breaks the group as well. */
export function group(content: Doc, broken = false): Group {
  return { kind: "group", content, broken: broken || mustBreak(content) };
}

/** Groups know it of themselves, so every piece is looked at once for each of its groups. */
function mustBreak(doc: Doc): boolean {
  if (typeof doc === "string") return false;
  if (isSequence(doc)) return doc.some(mustBreak);
  if (doc.kind === "line") return doc.always;
  if (doc.kind === "indent") return mustBreak(doc.content);
  if (doc.kind === "group") return doc.broken;
  return doc.kind === "comment";
}

export function isSequence(doc: Doc): doc is readonly Doc[] {
  return Array.isArray(doc);
}
