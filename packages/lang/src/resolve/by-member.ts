// Where a setting may be another one for each member of an ensemble: behind `members`, in a layer or an optimizer that takes
// it, and of an optimizer where each weight is of one member alone.

import {
  type Args,
  type Argument,
  BY_MEMBER,
  type Catalog,
  cutList,
  type Definition,
  type Instance,
  isSchedule,
  listed,
  listNames,
  quote,
  some,
  takesByMember,
  valuesByMember,
  watchingSchedule,
} from "@netwright/definitions";
import { allMembers, type Members } from "../model/members-of.ts";
import type { Node, TrainSettings } from "../model/model.ts";
import { nodesNamed } from "../model/nodes-named.ts";
import type { Context } from "./context.ts";
import type { ResolvedNetwork } from "./model.ts";

export function checkByMember(
  { nodes, outputs }: ResolvedNetwork,
  train: TrainSettings | null,
  context: Context,
): void {
  const { catalog } = context;
  const known = allMembers(nodes, catalog);
  const predicting = known.get(some(outputs)[0].from);
  for (const { layer, args, inputs } of nodes) {
    const members = known.get(some(inputs)[0].from)?.count;
    for (const one of settingsByMember(layer, args, catalog.layer.get(layer)))
      checkPlace(one, members, `what \`${layer}\` takes has none`, context);
  }
  if (train === null) return;
  const { optimizer, loss } = train;
  for (const one of settingsByMember(loss.name, loss.args, undefined))
    checkPlace(one, undefined, "", context);
  const settings = settingsByMember(
    optimizer.name,
    optimizer.args,
    catalog.definitions.optimizer.get(optimizer.name),
  );
  for (const one of settings) {
    const isSound = checkPlace(one, predicting?.count, "the network gives one prediction", context);
    if (isSound) checkWeights(one, nodes, predicting?.begin, known, train, context);
  }
}

interface Found {
  /** "`learning_rate` of `adam`". */
  readonly of: string;
  readonly value: Instance;
  readonly isTaken: boolean;
}

/** Those that are an argument, and those inside of one, where nothing takes them. */
function settingsByMember(name: string, args: Args, definition: Definition | undefined): readonly Found[] {
  return Object.entries(args).flatMap(([key, value]) => {
    const type = definition?.params[key]?.type;
    const of = `\`${key}\` of \`${name}\``;
    if (valuesByMember(value) === null || !isSchedule(value)) return inside(value, of);
    const isTaken = type !== undefined && takesByMember(type);
    return [{ of, value, isTaken }, ...Object.values(value.args).flatMap((inner) => inside(inner, of))];
  });
}

/** Whether it says for each member what it is, or something in it does. */
export function hasByMember(value: Argument): boolean {
  return inside(value, "").length > 0;
}

function inside(value: Argument | undefined, of: string): readonly Found[] {
  if (isList(value)) return value.flatMap((item) => inside(item, of));
  if (typeof value !== "object" || value === null) return [];
  const deeper = Object.values(value.args).flatMap((inner) => inside(inner, of));
  return value.name === BY_MEMBER && isSchedule(value) ? [{ of, value, isTaken: false }, ...deeper] : deeper;
}

function isList(value: Argument | undefined): value is readonly Argument[] {
  return Array.isArray(value);
}

function checkPlace(
  { of, value, isTaken }: Found,
  members: number | undefined,
  otherwise: string,
  { catalog, report }: Context,
): boolean {
  const notes = [placesText(catalog)];
  const count = valuesByMember(value)?.length ?? 0;
  const watching = watchingSchedule(value, catalog.definitions.schedule);
  const problem = !isTaken
    ? `${of} takes no setting for each member of an ensemble`
    : watching !== null
      ? `${quote(watching.name)} goes by the validation loss of all members, and not of each`
      : members === undefined
        ? `${of} has a setting for each of ${count} members, and ${otherwise}`
        : members !== count
          ? `${of} has a setting for each of ${count} members, and there are ${members}`
          : null;
  if (problem !== null) report.error("NW0725", value.span, problem, { notes });
  return problem === null;
}

/** A weight that members share moves once in a step, and has no learning rate of each of them. */
function checkWeights(
  { of, value }: Found,
  nodes: readonly Node[],
  begin: Node | undefined,
  members: ReadonlyMap<string, Members>,
  { freeze }: TrainSettings,
  { catalog, report }: Context,
): void {
  const frozen = new Set(nodesNamed(nodes, freeze).map(({ weights }) => weights));
  const shared = nodes.filter(({ weights, layer, args, inputs }) => {
    const known = catalog.layer.get(layer);
    if (known === undefined || frozen.has(weights)) return false;
    const isOfMembers = members.get(some(inputs)[0].from)?.begin === begin;
    if (isOfMembers && known.parts(args).perMember === true) return false;
    return known.variables(some(inputs.map(({ type }) => type)), args).some(({ role }) => role === "weight");
  });
  if (shared.length === 0) return;
  const names = shared.map(({ name }) => quote(name));
  report.error(
    "NW0725",
    value.span,
    `${of} is another one for each member, and they share the weights of ${cutList(names)}`,
    {
      notes: [
        "A weight that all members share moves once in a step. Give each its own, by `member_dense` in place of `dense`, or let members differ in something else, as the rate of `dropout`.",
      ],
    },
  );
}

/** What takes a setting for each member. */
export function placesText({ layer, definitions }: Catalog): string {
  const taking = (known: Iterable<Definition>) =>
    [...known].flatMap(({ name, params }) =>
      Object.entries(params).flatMap(([key, { type }]) => (takesByMember(type) ? [{ name, key }] : [])),
    );
  const layers = taking(layer.values()).map(({ name, key }) => `\`${key}\` of \`${name}\``);
  const keys = taking(definitions.optimizer.values()).map(({ key }) => key);
  const all = listed([...layers, `${listNames(new Set(keys))} of the optimizer`]);
  return `A value for each member is taken by ${all}, also inside of a schedule there.`;
}
