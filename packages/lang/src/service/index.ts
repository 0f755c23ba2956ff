// What an editor asks about a text: pure functions on an analysis or on its tree. The language server gives
// these the shapes of its protocol.

export {
  type Choice,
  type ChoiceKind,
  type Completion,
  type CompletionInput,
  completionAt,
} from "./complete.ts";
export { dataSourceOf } from "./data-source.ts";
export { defaultText, settingType, signatureOf, typeLine } from "./describe.ts";
export { type Fold, foldsOf } from "./folds.ts";
export { type Highlight, type HighlightKind, highlightKinds, highlightsOf } from "./highlight.ts";
export { type Hover, hoverOf } from "./hover.ts";
export { type Names, namesOf, type Reading } from "./names.ts";
export { definitionOf, sameThing } from "./navigate.ts";
export type { Meaning, Occurrence } from "./occurrence.ts";
export { occurrenceAt, occurrencesOf } from "./occurrences.ts";
export { type OutlineEntry, type OutlineKind, outlineOf } from "./outline.ts";
export { type Expected, type Place, placeAt } from "./place.ts";
export { type Renaming, renamable, rename } from "./rename.ts";
export { type CountParameters, type Runs, type ShapeHint, shapeHints } from "./shapes.ts";
export { type Signature, signatureAt } from "./signature.ts";
export { tokensOf } from "./tokens.ts";
export { builtInDocs, flowWordEntries, statementWords } from "./words.ts";
