// The step `shared(tower)`: a block, or a layer, with weights that all its shared uses have in common. The first use owns
// them; each node of a later use takes those of the node in its place there, as the same arguments and inputs give the
// same nodes.

import {
  count,
  describeValueType,
  listNames,
  quote,
  type Span,
  sameValueType,
  type ValueType,
} from "@netwright/definitions";
import { replaceBy } from "../../report.ts";
import { suggest } from "../../suggest/suggest.ts";
import { describeValue, type Given, type Scope, spellValue, type Value } from "../value.ts";
import { runBlock } from "./blocks.ts";
import { type Cursor, knownValues, lose, onlyValue, shapeNotes } from "./cursor.ts";
import type { Expansion, Place, Sharing } from "./expansion.ts";
import { requireOne, runLayer } from "./layers.ts";
import { reportLibraryBlock } from "./library-layer.ts";

/** What the uses of one block with the same arguments share. */
export interface Instance {
  /** `tower`, or `tower_1` for one with arguments. */
  readonly name: string;
  readonly input: ValueType;
  /** Owners of the weights of its nodes, in order. */
  readonly owners: readonly string[];
  uses: number;
}

export function runShared(
  given: readonly Given[],
  at: Span,
  cursor: Cursor,
  place: Place,
  outer: Scope,
  expansion: Expansion,
): void {
  const { context } = expansion;
  const [first, more] = given;
  if (first === undefined || more !== undefined || first.name !== undefined) {
    const found = given.length === 0 ? "nothing" : count(given.length, "argument");
    context.report.error("NW0305", at, `\`shared\` takes one block, found ${found}`, {
      notes: ["Write for example `shared(tower)`, with `block tower { ... }` beside the model."],
    });
    lose(cursor);
    return;
  }
  requireOne(cursor, at, expansion);
  const { value } = first;
  const instance = expansion.shared.get(spellValue(value));
  const input = onlyValue(cursor)?.type;
  if (instance !== undefined && input !== undefined && !sameValueType(instance.input, input)) {
    context.report.error(
      "NW0407",
      at,
      `\`shared\` gives ${quote(spellValue(value))} ${describeValueType(input)}, and it had ${describeValueType(instance.input)} before`,
      {
        notes: [
          "Weights fit one shape of the input; bring both to the same, or use the block without `shared`.",
          ...shapeNotes(context, cursor.trace, place.calls),
        ],
      },
    );
    lose(cursor);
    return;
  }
  const name = instance?.name ?? instanceName(value, expansion);
  const use = instance === undefined ? 1 : ++instance.uses;
  const sharing: Sharing = { owners: instance?.owners, made: [], around: place.sharing };
  const inside: Place = { ...place, top: false, path: [...place.path, `${name}#${use}`], sharing };
  runHeld(value, cursor, inside, outer, expansion);
  requireOne(cursor, at, expansion);
  if (instance === undefined && input !== undefined && knownValues(cursor) !== undefined)
    expansion.shared.set(spellValue(value), { name, input, owners: sharing.made, uses: 1 });
}

/** A block without arguments has its own name; all else gets a number, as no block has. */
function instanceName(value: Value, { shared, blocks }: Expansion): string {
  const called = nameOf(value) ?? "";
  if (value.kind === "word" && blocks.has(called)) return called;
  let name = `${called}_${shared.size + 1}`;
  while (blocks.has(name)) name += "_";
  return name;
}

function nameOf(value: Value): string | undefined {
  return value.kind === "word" ? value.name : value.kind === "call" ? value.name.text : undefined;
}

/** The block or layer that a value names. */
function runHeld(value: Value, cursor: Cursor, place: Place, outer: Scope, expansion: Expansion): void {
  const { context, blocks } = expansion;
  const name = nameOf(value);
  if (name === undefined) {
    lose(cursor);
    if (value.kind === "unknown") return;
    context.report.error("NW0303", value.span, `\`shared\` takes a block, found ${describeValue(value)}`, {
      notes: ["Write for example `shared(tower)`, with `block tower { ... }` beside the model."],
    });
    return;
  }
  const given = value.kind === "call" ? value.arguments : [];
  const block = blocks.get(name);
  const layer = context.catalog.layer.get(name);
  if (block !== undefined) runBlock(block, given, value.span, cursor, place, outer, expansion);
  else if (layer !== undefined) runLayer({ layer, given, at: value.span }, cursor, place, expansion);
  else {
    lose(cursor);
    if (reportLibraryBlock(name, value.span, context)) return;
    const known = [...blocks.keys(), ...context.catalog.layer.keys()];
    const { meant, notes } = suggest("layer", name, known);
    context.report.error("NW0205", value.span, `no layer or block is named ${quote(name)}`, {
      notes: [...notes, ...(meant === undefined ? [`Layers and blocks: ${listNames(known)}.`] : [])],
      fix: meant === undefined || value.origin !== undefined ? undefined : replaceBy(value.span, meant),
    });
  }
}
