// Fitted encoders in use: what is saved holds names, and here are the definitions of those names in a catalog.

import { lookUp } from "@netwright/definitions";
import type { DataDefinitions } from "../definitions.ts";
import type { MissingPolicy } from "../missing/policy.ts";
import type { Encoder, NumberCoding, NumberEncoder, WordCoding, WordEncoder } from "../preprocess/encoder.ts";
import type { DataProblem } from "../problem/problem.ts";
import type { FittedColumn, FittedEncoders, FittedNumbers, FittedWords } from "./fitted-encoders.ts";
import { damagedColumn, fitsWords } from "./read-encoders.ts";

interface AnyOpen {
  /** What is done about its missing values. */
  readonly policy: MissingPolicy;
}

export interface OpenNumbers extends AnyOpen {
  readonly kind: "number";
  readonly fitted: FittedNumbers;
  readonly encoder: NumberEncoder;
  readonly coding: NumberCoding;
}

export interface OpenWords extends AnyOpen {
  readonly kind: "words";
  readonly fitted: FittedWords;
  readonly encoder: WordEncoder;
  readonly coding: WordCoding;
}

export type OpenColumn = OpenNumbers | OpenWords;

export interface OpenEncoders {
  /** As they are saved. */
  readonly fitted: FittedEncoders;
  /** In the order of the network's inputs. */
  readonly features: readonly OpenColumn[];
  /** In the order of the network's outputs. */
  readonly target: readonly OpenColumn[];
}

export type OpenResult = { readonly opened: OpenEncoders } | { readonly problems: readonly DataProblem[] };

/** `definitions` have every name. Problems: NW0660 for parameters that are not those of their encoder. */
export function openEncoders(fitted: FittedEncoders, definitions: DataDefinitions): OpenResult {
  const problems: DataProblem[] = [];
  const open = (columns: readonly FittedColumn[]) =>
    columns.flatMap((column): OpenColumn[] => {
      const policy = lookUp(definitions.missing, column.missing.policy);
      const opened = openColumn(column, lookUp(definitions.encoder, column.encoder), policy);
      if (opened !== null) return [opened];
      problems.push(damagedColumn(column));
      return [];
    });
  const opened = { fitted, features: open(fitted.features), target: open(fitted.target) };
  return problems.length > 0 ? { problems } : { opened };
}

/** `null` where the parameters are not the encoder's, or it is for another kind of column. */
export function openColumn(fitted: FittedColumn, encoder: Encoder, policy: MissingPolicy): OpenColumn | null {
  if (fitted.kind === "number" && encoder.takes === "number") {
    const coding = encoder.open(fitted.params);
    return coding === null ? null : { kind: "number", fitted, encoder, coding, policy };
  }
  if (fitted.kind === "words" && encoder.takes === "words") {
    const coding = encoder.open(fitted.params);
    const fits = coding !== null && fitsWords(fitted.seen, coding.words);
    return fits ? { kind: "words", fitted, encoder, coding, policy } : null;
  }
  return null;
}
