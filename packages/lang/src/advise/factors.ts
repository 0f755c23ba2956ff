// Factors that change nothing: of a role that no weight has, or of a weight decay that there is not.

import { type Args, listNames, quote, some, type WeightRole, weightRole } from "@netwright/definitions";
import type { Node, TrainSettings } from "../model/model.ts";
import type { Context } from "../resolve/context.ts";

export function adviseOnFactors(
  nodes: readonly Node[],
  { learning_rate_factors, weight_decay_factors, optimizer, spans }: TrainSettings,
  context: Context,
): void {
  const roles = rolesIn(nodes, context);
  const warnings = { learning_rate_factors, weight_decay_factors };
  for (const [key, factors] of Object.entries(warnings)) {
    const at = spans[key] ?? spans["train"];
    if (factors === undefined || at === undefined) continue;
    const isMeant = Object.values(factors).some((factor) => factor !== 1);
    if (isMeant && key === "weight_decay_factors" && !decays(optimizer.args)) {
      context.report.warning("NW0720", at, `\`${key}\` has no weight decay to multiply`, {
        notes: [noDecay(optimizer.name, optimizer.args)],
      });
      continue;
    }
    for (const [role, factor] of Object.entries(factors)) {
      const span = spans[`${key}.${role}`];
      if (span === undefined || factor === 1 || roles.has(role)) continue;
      context.report.warning("NW0720", span, `no weight of the model is ${NOUNS[role] ?? quote(role)}`, {
        notes: [`Leave \`${role}\` out of \`${key}\`. The roles of its weights: ${listNames(roles)}.`],
      });
    }
  }
}

const NOUNS: Readonly<Record<string, string>> = {
  kernel: "a kernel",
  bias: "a bias",
  scale: "a scale",
  embedding: "an embedding",
  activation: "one of an activation",
  number_embedding: "one of an embedding of numbers",
} satisfies Record<WeightRole, string>;

function rolesIn(nodes: readonly Node[], { catalog }: Context): ReadonlySet<string> {
  const roles = nodes.flatMap(({ layer, inputs, args }) =>
    (catalog.layer.get(layer)?.variables(some(inputs.map(({ type }) => type)), args) ?? []).flatMap(
      ({ name, role }) => (role === "weight" ? (weightRole(name) ?? []) : []),
    ),
  );
  return new Set(roles);
}

function decays({ weight_decay }: Args): boolean {
  return weight_decay !== undefined && weight_decay !== 0;
}

function noDecay(optimizer: string, { weight_decay }: Args): string {
  return weight_decay === undefined
    ? `\`${optimizer}\` makes no weights decay; \`adamw(weight_decay: 0.01)\` does.`
    : `State one: \`${optimizer}(weight_decay: 0.01)\`.`;
}
