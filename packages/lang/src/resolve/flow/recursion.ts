// Blocks that use themselves, directly or through others: found in the text, before anything is expanded, so
// that a condition which is never true does not hide one.

import { quote, type Span } from "@netwright/definitions";
import type { BlockItem, Flow, Step } from "../../syntax/tree.ts";
import { type Context, placeText } from "../context.ts";

interface Use {
  readonly name: string;
  readonly span: Span;
}

/** Names of the blocks that lie on a circle; each circle is reported where it closes. */
export function findRecursion(blocks: ReadonlyMap<string, BlockItem>, context: Context): Set<string> {
  const recursive = new Set<string>();
  const done = new Set<string>();
  for (const start of blocks.keys()) {
    // Depth first with a stack of its own: a chain of blocks may be longer than recursion can go.
    const path: { readonly name: string; readonly uses: readonly Use[]; next: number }[] = [];
    const enter = (name: string): void => {
      const block = blocks.get(name);
      if (block === undefined || done.has(name)) return;
      path.push({ name, uses: usesOf(block, blocks), next: 0 });
    };
    enter(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const use = top.uses[top.next++];
      if (use === undefined) {
        done.add(top.name);
        path.pop();
        continue;
      }
      const from = path.findIndex(({ name }) => name === use.name);
      if (from < 0) enter(use.name);
      else {
        const circle = path.slice(from).map(({ name }) => name);
        for (const name of circle) recursive.add(name);
        reportRecursion([...circle, use.name], use.span, blocks.get(use.name), context);
      }
    }
  }
  return recursive;
}

export function reportRecursion(
  chain: readonly string[],
  span: Span,
  block: BlockItem | undefined,
  context: Context,
): void {
  const name = chain.at(-1) ?? "";
  const shown = chain.length > 8 ? [...chain.slice(0, 4), "...", ...chain.slice(-3)] : chain;
  const place = block === undefined ? "" : ` It is defined at ${placeText(context, block.name.span)}.`;
  context.report.error("NW0209", span, `block ${quote(name)} uses itself: ${shown.join(" -> ")}`, {
    notes: [`A block cannot contain itself; \`repeat\` puts layers in a row.${place}`],
  });
}

function usesOf(block: BlockItem, blocks: ReadonlyMap<string, BlockItem>): Use[] {
  const own = new Set(block.parameters.map(({ name }) => name.text));
  return usesInFlow(block.body).filter(({ name }) => blocks.has(name) && !own.has(name));
}

function usesInFlow(flow: Flow): Use[] {
  return flow.steps.flatMap(usesInStep);
}

function usesInStep(step: Step): Use[] {
  switch (step.kind) {
    case "call": {
      const { call } = step;
      return [call.kind === "call" ? { name: call.name.text, span: call.name.span } : call];
    }
    case "repeat":
    case "residual":
      return usesInFlow(step.body);
    case "if": {
      const arms = step.arms.flatMap(({ body }) => usesInFlow(body));
      return step.otherwise === undefined ? arms : [...arms, ...usesInFlow(step.otherwise)];
    }
    case "parallel":
      return step.branches.flatMap(({ body }) => usesInFlow(body));
    case "broken":
      return [];
  }
}
