// Layers and rows of layers that are used several times with the same weights, as blocks.

import type { FullCatalog } from "../catalog/catalog.ts";
import { layerText } from "./layer-text.ts";
import { plainName } from "./plain-name.ts";
import type { Step } from "./steps.ts";

export interface SharedBlocks {
  readonly blocks: readonly string[];
  /** Steps from there on that are a block, which is written where it is first met. */
  readonly runAt: (
    steps: readonly Step[],
    i: number,
  ) => { readonly name: string; readonly length: number } | null;
}

/** Layers whose weights several uses share: those that always stand in the same row are one block. */
export function sharedBlocks(steps: readonly Step[], known: FullCatalog): SharedBlocks {
  const flows = flowsIn(steps);
  const owners = new Set(
    flows.flatMap((flow) =>
      flow.flatMap((step) =>
        step.kind === "layer" && step.layer.sharedWith !== null ? [step.layer.sharedWith] : [],
      ),
    ),
  );
  const ownerOf = (step: Step | undefined): string | null => {
    if (step?.kind !== "layer") return null;
    const owner = step.layer.sharedWith ?? step.layer.name;
    return owners.has(owner) ? owner : null;
  };
  const runsOf = (flow: readonly Step[]): readonly (readonly Step[])[] => {
    const runs: Step[][] = [];
    flow.forEach((step, i) => {
      if (ownerOf(step) === null) return;
      if (i > 0 && ownerOf(flow[i - 1]) !== null) runs.at(-1)?.push(step);
      else runs.push([step]);
    });
    return runs;
  };
  const runs = flows.flatMap(runsOf);
  const signatureOf = (run: readonly Step[]) => run.map(ownerOf).join("\n");
  const rowsOf = new Map<string | null, Set<string>>();
  for (const run of runs) {
    const signature = signatureOf(run);
    for (const step of run) {
      const owner = ownerOf(step);
      const rows = rowsOf.get(owner);
      if (rows === undefined) rowsOf.set(owner, new Set([signature]));
      else rows.add(signature);
    }
  }
  /** Whether all that use the owner do so in this row, and once. */
  const isWhole = (run: readonly Step[]) =>
    new Set(run.map(ownerOf)).size === run.length &&
    run.every((step) => rowsOf.get(ownerOf(step))?.size === 1);
  const blocks: string[] = [];
  const names = new Map<string, string>();
  const define = (run: readonly Step[]): string => {
    const signature = signatureOf(run);
    const before = names.get(signature);
    if (before !== undefined) return before;
    const name = blockName(run, new Set(names.values()), known);
    names.set(signature, name);
    const lines = run.flatMap((step) => (step.kind === "layer" ? [layerText(step, known)] : []));
    blocks.push(`block ${name} {`, ...lines, "}", "");
    return name;
  };
  const whole = new Map(
    runs.filter(isWhole).map((run): [string, number] => [ownerOf(run[0]) ?? "", run.length]),
  );
  return {
    blocks,
    runAt: (flow, i) => {
      const owner = ownerOf(flow[i]);
      if (owner === null) return null;
      const length = whole.get(owner) ?? 1;
      return { name: define(flow.slice(i, i + length)), length };
    },
  };
}

function blockName(run: readonly Step[], used: ReadonlySet<string>, known: FullCatalog): string {
  const [first] = run;
  const path = first?.kind === "layer" ? (first.layer.sharedWith ?? first.layer.name) : "";
  const cut = path.lastIndexOf("/");
  const own = plainName(cut < 0 ? path : path.slice(0, cut));
  const isFree = (name: string) => !used.has(name) && !known.layer.has(name);
  if (own !== null && isFree(own)) return own;
  for (let k = 1; ; k++) if (isFree(`shared_${k}`)) return `shared_${k}`;
}

/** The flow and all that lie in its steps. */
function flowsIn(steps: readonly Step[]): readonly (readonly Step[])[] {
  return [
    steps,
    ...steps.flatMap((step) => {
      if (step.kind === "residual") return flowsIn(step.body);
      return step.kind === "parallel" ? step.branches.flatMap(flowsIn) : [];
    }),
  ];
}
