// Calls of blocks: arguments to the parameters of the block, then its flow in a scope of its own.

import { listNames, quote, type Span } from "@netwright/definitions";
import type { BlockItem } from "../../syntax/tree.ts";
import { assignArguments } from "../bind.ts";
import { evaluate } from "../evaluate.ts";
import { blockScope, reachedBy, unknownScope } from "../scope.ts";
import type { Given, Scope, Value } from "../value.ts";
import { type Cursor, lose } from "./cursor.ts";
import { type BlockCall, countStep, DEEPEST_EXPANSION, type Expansion, type Place } from "./expansion.ts";
import { reportRecursion } from "./recursion.ts";

export function runBlock(
  block: BlockItem,
  given: readonly Given[],
  at: Span,
  cursor: Cursor,
  place: Place,
  outer: Scope,
  expansion: Expansion,
): void {
  const name = block.name.text;
  expansion.usedBlocks.add(name);
  if (!countStep(expansion, false, at)) return;
  const parameters = bindParameters(block, given, at, outer, expansion);
  if (parameters === undefined || place.checking || expansion.recursive.has(name)) {
    lose(cursor);
    return;
  }
  const chain = callChain(place.calls);
  if (chain.includes(name)) {
    reportRecursion([...chain.slice(chain.indexOf(name)), name], at, block, expansion.context);
    lose(cursor);
    return;
  }
  if (place.depth >= DEEPEST_EXPANSION) {
    expansion.context.report.error(
      "NW0110",
      at,
      `blocks are nested more than ${DEEPEST_EXPANSION} levels deep`,
    );
    lose(cursor);
    return;
  }
  expansion.enteredBlocks.add(name);
  const entries = expansion.blockNodes.get(name) ?? [];
  // In place: blocks that double enter one another tens of thousands of times.
  expansion.blockNodes.set(name, entries);
  const entry = entries.push([]) - 1;
  const from = cursor.nodes.length;
  expansion.run(block.body, cursor, {
    scope: blockScope(parameters, outer),
    calls: { block: name, span: at, before: place.calls },
    depth: place.depth + 1,
    checking: false,
    top: false,
    path: place.path,
    sharing: place.sharing,
  });
  entries[entry] = cursor.nodes.slice(from).map((node) => node.name);
}

/** Looks at a block that no model enters: its names, and the arguments that are written out. */
export function checkBlock(block: BlockItem, outer: Scope, expansion: Expansion): void {
  const parameters = new Map<string, Value>();
  for (const { name, value } of block.parameters) {
    if (value !== undefined) evaluate(value, unknownScope(outer), expansion.context);
    parameters.set(name.text, { kind: "unknown", span: name.span });
  }
  const cursor = {
    values: undefined,
    open: undefined,
    trace: undefined,
    nodes: [],
    last: undefined,
    started: false,
  };
  const scope = unknownScope(blockScope(parameters, outer));
  const place = { scope, calls: undefined, depth: 0, checking: true, top: false, path: [] };
  expansion.run(block.body, cursor, place);
}

function callChain(calls: BlockCall | undefined): string[] {
  const chain: string[] = [];
  for (let call = calls; call !== undefined; call = call.before) chain.unshift(call.block);
  return chain;
}

function bindParameters(
  block: BlockItem,
  given: readonly Given[],
  at: Span,
  outer: Scope,
  { context }: Expansion,
): Map<string, Value> | undefined {
  const names = block.parameters.map(({ name }) => name.text);
  const label = block.name.text;
  const assigned = assignArguments(label, names, given, context);
  const values = new Map<string, Value>();
  const missing: string[] = [];
  for (const { name, value } of block.parameters) {
    const argument = assigned.values.get(name.text)?.value;
    if (argument !== undefined) values.set(name.text, argument);
    else if (value !== undefined) {
      // A default may use the parameters before it.
      const standard = evaluate(value, blockScope(values, outer), context);
      values.set(name.text, reachedBy(name.text, standard, standard.span));
    } else missing.push(name.text);
  }
  if (missing.length > 0 && assigned.complete) {
    context.report.error("NW0302", at, `${label} needs ${listNames(missing)}`, {
      notes: [`Parameters of ${quote(label)}: ${listNames(names)}.`],
    });
  }
  return missing.length > 0 || !assigned.complete ? undefined : values;
}
