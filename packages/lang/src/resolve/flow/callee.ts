// What a call in a flow calls: the name is looked up among params (which may hold the name of a layer) and
// then means a layer, a block or a word of the language. Plain values are called by nobody, so with arguments a name of
// one still means the layer: `dropout(dropout)`.

import { listNames, quote, type Span } from "@netwright/definitions";
import { type Details, replaceBy } from "../../report.ts";
import { suggest } from "../../suggest/suggest.ts";
import type { CallStep } from "../../syntax/tree.ts";
import { bindCall } from "../bind.ts";
import { originNotes, placeText } from "../context.ts";
import { evaluateArguments } from "../evaluate.ts";
import { flowWords } from "../reserved.ts";
import { describeValue, type Given, type Value, writtenAt } from "../value.ts";
import type { Expansion, Place } from "./expansion.ts";
import { reportLibraryBlock } from "./library-layer.ts";

export interface Callee {
  readonly name: string;
  readonly nameSpan: Span;
  readonly given: readonly Given[];
  /** The value of the param that holds the name. */
  readonly held: Value | undefined;
}

/** Undefined after a report, or in silence when the value of the name is unknown. */
export function findCallee({ call }: CallStep, place: Place, expansion: Expansion): Callee | undefined {
  const { context, blocks } = expansion;
  const name = call.kind === "call" ? call.name.text : call.name;
  const nameSpan = call.kind === "call" ? call.name.span : call.span;
  const given = call.kind === "call" ? evaluateArguments(call.arguments, place.scope, context) : [];
  const held = place.scope.lookup(name, nameSpan);
  if (held === undefined) return { name, nameSpan, given, held };
  if (held.kind === "word") return { name: held.name, nameSpan, given, held };
  if (held.kind === "call") {
    if (call.kind === "call") {
      context.report.error("NW0310", call.span, `${quote(name)} has its arguments already`, {
        notes: [...originNotes(context, held), `Write \`${name}\` alone.`],
      });
      return undefined;
    }
    return { name: held.name.text, nameSpan, given: held.arguments, held };
  }
  const isKnown = blocks.has(name) || context.catalog.layer.has(name);
  if (call.kind === "call" && isPlain(held) && isKnown) return { name, nameSpan, given, held: undefined };
  if (held.kind !== "unknown") {
    context.report.error("NW0222", nameSpan, `${quote(name)} is no layer, it is ${describeValue(held)}`, {
      notes: originNotes(context, held),
    });
  }
  return undefined;
}

function isPlain({ kind }: Value): boolean {
  return kind === "number" || kind === "string" || kind === "boolean" || kind === "none";
}

export function reportUnknownLayer(
  { name, nameSpan, given, held }: Callee,
  place: Place,
  expansion: Expansion,
): void {
  const { context, blocks } = expansion;
  const span = held === undefined ? nameSpan : writtenAt(held);
  if (reportLibraryBlock(name, span, context)) return;
  const known = [...blocks.keys(), ...context.catalog.layer.keys()];
  const { meant, notes } = suggest("layer", name, [...known, ...flowWords, ...place.scope.names()]);
  const fix = meant === undefined ? undefined : replaceBy(span, meant);
  const details: Details = {
    notes: [
      ...(held === undefined ? [] : [`It is called at ${placeText(context, nameSpan)}.`]),
      ...notes,
      ...(meant === undefined ? [`Layers and blocks: ${listNames(known)}.`] : []),
    ],
    fix,
  };
  context.report.error("NW0205", span, `no layer or block is named ${quote(name)}`, details);
  // Its arguments are read as those of what was probably meant; of another library they would say nothing.
  const probable = meant === undefined ? undefined : context.catalog.layer.get(meant);
  if (probable !== undefined && given.length > 0) {
    bindCall(probable, given, held === undefined ? nameSpan : writtenAt(held), context);
  }
}
