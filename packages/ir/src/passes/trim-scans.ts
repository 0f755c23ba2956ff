// Outputs of scans that nothing reads: a layer gives what gradients may want of its steps, and which of that they do is
// known when they are there.

import { type AnyOp, type Func, mapFuncs, type Op, type Program } from "../core/program.ts";
import { dceFunc } from "./dce.ts";

type ScanOp = Op<"scan">;

/** All scans with the same body lose an output that none of them has a reader for. The functions are to be free of dead operations. */
export function trimScans(program: Program): Program {
  if (!program.functions.some(({ body }) => body.some(({ name }) => name === "scan"))) return program;
  const keep = new Map<string, Set<number>>();
  for (const func of program.functions) {
    const live = new Set(func.results.map(({ value }) => value.id));
    for (const { operands } of func.body) for (const { id } of operands) live.add(id);
    for (const op of func.body) {
      if (op.name === "scan") addTo(keep, op.attributes.body, indicesOf(op, live));
      // A step that was written out gives all.
      if (op.name === "composite") addTo(keep, op.attributes.decomposition, [...op.results.keys()]);
    }
  }
  const bodies = new Map(program.functions.map((func) => [func.name, func]));
  const isTrimmed = (name: string): boolean => {
    const kept = keep.get(name)?.size;
    return kept !== undefined && kept < (bodies.get(name)?.results.length ?? 0);
  };
  if (![...keep.keys()].some(isTrimmed)) return program;
  const some = <T>(name: string, list: readonly T[]): readonly T[] =>
    isTrimmed(name) ? list.filter((_, i) => keep.get(name)?.has(i)) : list;
  const trimOp = (op: AnyOp): AnyOp => {
    if (op.name !== "scan") return op;
    const { body, types } = op.attributes;
    return {
      ...op,
      results: some(body, op.results),
      attributes: { ...op.attributes, types: some(body, types) },
    };
  };
  return mapFuncs(program, (func): Func => {
    const body = func.body.some(({ name }) => name === "scan") ? func.body.map(trimOp) : func.body;
    const trimmed = { ...func, body, results: some(func.name, func.results) };
    return isTrimmed(func.name) ? dceFunc(trimmed) : trimmed;
  });
}

/** What is carried stays. */
function indicesOf({ results, attributes }: ScanOp, live: ReadonlySet<number>): number[] {
  return [...results.keys()].filter((i) => i < attributes.carries || live.has(results[i]?.id ?? -1));
}

function addTo(keep: Map<string, Set<number>>, name: string, indices: readonly number[]): void {
  const known = keep.get(name) ?? new Set<number>();
  for (const i of indices) known.add(i);
  keep.set(name, known);
}
