// Members of an ensemble that draw params: the file is resolved once for each member, with the values that it drew, and what
// differs then between the models becomes a setting for each member. So a drawn param means what it means anywhere.

import {
  type Args,
  count,
  type Draw,
  grouped,
  listed,
  listNames,
  quote,
  repeated,
  type Span,
} from "@netwright/definitions";
import type { Diagnostic } from "../diagnostic.ts";
import { membersOf } from "../model/members-of.ts";
import type { DrawnParam, Model, Node } from "../model/model.ts";
import { checkByMember, placesText } from "./by-member.ts";
import type { Context } from "./context.ts";
import { type Domain, representatives } from "./domain.ts";
import { areAlike, Joining, type Possible } from "./joining.ts";
import { asArgument, type ParamTable } from "./params.ts";
import { spellValue, type Value } from "./value.ts";

export interface Drawing extends Pick<ParamTable, "domainOf"> {
  /** A param that is set from outside is not drawn. */
  readonly isSet: (name: string) => boolean;
  readonly context: Context;
}

/** A model with these values of params, or what is wrong with it. */
export type ResolveMember = (drawn: ReadonlyMap<string, Value>) => {
  readonly model: Model | undefined;
  readonly diagnostics: readonly Diagnostic[];
};

/** Of all members together: an editor looks at them after each key. */
const MOST_LAYERS = 20_000;

/** The model itself where no members draw; undefined after a report. */
export function withDraws(model: Model, drawing: Drawing, resolveMember: ResolveMember): Model | undefined {
  const { context } = drawing;
  const drawingNodes = model.nodes.filter(({ layer, args }) => drawsOf(layer, args, context) !== undefined);
  const [begin] = drawingNodes;
  if (begin === undefined) return model;
  const predicting = model.outputs.map(({ from }) => membersOf(model.nodes, from, context.catalog));
  const [members] = predicting;
  const other = drawingNodes.find(({ name }) => members?.begin.name !== name);
  if (members == null || other !== undefined) {
    const at = other ?? begin;
    context.report.error("NW0235", at.span, `${quote(at.layer)} draws for members that do not predict`, {
      notes: [
        "They end before the model does, or others begin behind them. End the model with `member_dense(outputs)`, or take `draw` out.",
      ],
    });
    return undefined;
  }
  const { params = [], draw } = drawsOf(begin.layer, begin.args, context) ?? {};
  const [twice] = repeated(params);
  if (twice !== undefined) {
    context.report.error("NW0724", begin.span, `\`draw\` of ${begin.layer} names ${quote(twice)} twice`, {
      notes: ["Each member draws one value of a param. Name it once."],
    });
    return undefined;
  }
  const placeOf = (name: string) => model.params.find((param) => param.name === name)?.span ?? begin.span;
  const drawable = draw === undefined ? undefined : domainsOf(params, begin, placeOf, drawing);
  if (drawable === undefined || draw === undefined) return undefined;
  const names = [...drawable.keys()];
  if (names.length === 0) return withoutDraws(model, begin);
  const values = new Map(
    [...drawable].map(([name, domain]) => [name, representatives(domain, begin.span)] as const),
  );
  const alone = [...values.values()].reduce((sum, { length }) => sum + length, 0);
  const most = Math.floor(MOST_LAYERS / model.nodes.length) - alone;
  if (members.count > most) {
    context.report.error("NW0725", begin.span, `${grouped(members.count)} members are too many to draw`, {
      notes: [
        `The network is looked at once for each of them, and for what may be drawn: ${count(model.nodes.length, "layer")} for at most ${grouped(Math.max(0, most))} members.`,
      ],
    });
    return undefined;
  }
  const seed = model.train?.seed ?? 0;
  const each = Array.from({ length: members.count }, (_, member) => {
    const values = [...drawable].map(([name, domain]): [string, Value] => [
      name,
      drawnValue(domain, draw, { seed, member, param: params.indexOf(name) }, begin.span),
    ]);
    return new Map(values);
  });
  const modelsOf = (all: readonly ReadonlyMap<string, Value>[], whoDraws: (index: number) => string) =>
    resolveAll(all, whoDraws, begin, context, resolveMember);
  // First what may be drawn, so that whether a file is right hangs on no seed.
  const possible = new Map<string, readonly Model[]>();
  for (const [name, all] of values) {
    const models = modelsOf(
      all.map((value) => new Map([[name, value]])),
      () => "a member may draw",
    );
    if (models === undefined) return undefined;
    possible.set(name, models);
  }
  const models = modelsOf(each, (i) => `member ${i + 1} draws`);
  if (models === undefined) return undefined;
  const joined = new Joining(model, possible, models, context).join(begin);
  if (joined === undefined) return undefined;
  const idle = names.filter((name) => isIdle(name, model, possible, values, resolveMember));
  if (idle.length > 0) {
    context.report.error("NW0725", begin.span, `nothing takes what the members draw: ${listNames(idle)}`, {
      notes: [placesText(context.catalog)],
    });
    return undefined;
  }
  const draws = names.map(
    (name): DrawnParam => ({
      name,
      members: begin.name,
      values: each.flatMap((values) => {
        const value = values.get(name);
        return value === undefined ? [] : [asArgument(value) ?? null];
      }),
    }),
  );
  const before = context.report.diagnostics.length;
  checkByMember(joined, joined.train, context);
  return context.report.diagnostics.length > before ? undefined : { ...withoutDraws(joined, begin), draws };
}

/** The text that a model is written out as has no params. */
function withoutDraws(model: Model, begin: Node): Model {
  const nodes = model.nodes.map((node) =>
    node.name === begin.name ? { ...node, args: { ...node.args, draw: null } } : node,
  );
  return { ...model, nodes };
}

/**
 * Whether the model is the same with each value that a param may have: with the others as the file has them, and with those at either
 * end of what they may be, as a factor may be 0.
 */
function isIdle(
  name: string,
  model: Model,
  possible: Possible,
  values: ReadonlyMap<string, readonly Value[]>,
  resolveMember: ResolveMember,
): boolean {
  const own = values.get(name) ?? [];
  if (
    new Set(own.map(spellValue)).size < 2 ||
    !areAlike(withoutParams([model, ...(possible.get(name) ?? [])]))
  )
    return false;
  const others = [...values].filter(([other]) => other !== name);
  return [0, -1].every((end) => {
    const around = others.flatMap(([other, all]) => {
      const value = all.at(end);
      return value === undefined ? [] : [[other, value] as const];
    });
    const models = own.map((value) => resolveMember(new Map([...around, [name, value]])).model);
    return areAlike(withoutParams(models.flatMap((one) => one ?? [])));
  });
}

/** A param is another one with each value of its own. */
function withoutParams(models: readonly Model[]): readonly unknown[] {
  return models.map((one) => ({ ...one, params: null }));
}

/** Undefined after a report. */
function resolveAll(
  all: readonly ReadonlyMap<string, Value>[],
  whoDraws: (index: number) => string,
  begin: Node,
  context: Context,
  resolveMember: ResolveMember,
): readonly Model[] | undefined {
  const models: Model[] = [];
  for (const [i, values] of all.entries()) {
    const resolved = resolveMember(values);
    const problem = resolved.diagnostics.find(({ severity }) => severity === "error");
    if (resolved.model === undefined || problem !== undefined) {
      const drew = [...values].map(([name, value]) => `${quote(name)} ${String(asArgument(value))}`);
      context.report.error("NW0725", begin.span, `${whoDraws(i)} ${listed(drew)}, which cannot be`, {
        notes: [...(problem === undefined ? [] : [`With that: ${problem.message}.`])],
      });
      return undefined;
    }
    models.push(resolved.model);
  }
  return models;
}

function drawsOf(layer: string, args: Args, { catalog }: Context) {
  return catalog.layer.get(layer)?.parts(args).draws;
}

/** Of the params that are drawn; undefined after a report. */
function domainsOf(
  params: readonly string[],
  { layer }: Node,
  placeOf: (name: string) => Span,
  { domainOf, isSet, context }: Drawing,
): ReadonlyMap<string, Domain> | undefined {
  const domains = new Map<string, Domain>();
  for (const name of params) {
    if (isSet(name)) continue;
    const domain = domainOf(name);
    if (domain === undefined) {
      context.report.error(
        "NW0724",
        placeOf(name),
        `\`draw\` of ${layer} names ${quote(name)}, which may be anything`,
        {
          notes: [
            `State what it may be: \`param ${name} = ... in 0..0.5\`, \`in log(1e-4..1e-1)\` or \`in [16, 32]\`.`,
          ],
        },
      );
    } else domains.set(name, domain);
  }
  return params.every((name) => isSet(name) || domains.has(name)) ? domains : undefined;
}

function drawnValue(domain: Domain, draw: Draw, at: Parameters<Draw>[1], span: Span): Value {
  if (domain.kind === "range") return { kind: "number", value: draw(domain, at), whole: domain.whole, span };
  const item = domain.items[draw({ kind: "list", length: domain.items.length }, at)];
  return item === undefined ? { kind: "unknown", span } : item;
}
