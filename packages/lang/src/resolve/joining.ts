// The models of the members of an ensemble as one: what differs between them becomes a setting for each member where that
// is taken, and is told elsewhere.

import {
  type Args,
  type Argument,
  BY_MEMBER,
  byMember,
  type Definition,
  isSetting,
  listNames,
  type Span,
  takesByMember,
} from "@netwright/definitions";
import type { Model, Node, TrainSettings } from "../model/model.ts";
import { hasByMember, placesText } from "./by-member.ts";
import type { Context } from "./context.ts";

/** By the name of a param: the models in which it alone is drawn, each value that it may have. */
export type Possible = ReadonlyMap<string, readonly Model[]>;

/** Models that are one but for settings of members. */
export class Joining {
  readonly #model: Model;
  readonly #possible: Possible;
  readonly #each: readonly Model[];
  readonly #all: readonly Model[];
  readonly #context: Context;
  #isSound = true;

  /**
   * `model` is that of the file and `each` those of the members. What members are alike in by chance alone is otherwise in one of
   * the first two.
   */
  constructor(model: Model, possible: Possible, each: readonly Model[], context: Context) {
    this.#model = model;
    this.#possible = possible;
    this.#each = each;
    this.#all = [model, ...[...possible.values()].flat(), ...each];
    this.#context = context;
  }

  /** Undefined after a report. */
  join(begin: Node): Model | undefined {
    const model = this.#model;
    const [first] = this.#each;
    if (first === undefined) return model;
    if (!this.#areAlike(({ nodes }) => nodes.length)) {
      this.#differ(begin.span, "the number of layers", ({ nodes }) => nodes.length);
      return undefined;
    }
    const nodes = first.nodes.map((node, i) => this.#node(node, (one) => one.nodes[i]));
    const train = this.#train(first.train);
    const others = ({ data, inputs, outputs, report, expect }: Model) => ({
      data,
      inputs,
      outputs,
      report,
      expect,
    });
    if (this.#isSound && !this.#areAlike(others))
      this.#differ(begin.span, "what is predicted, from what, and what is expected of it", others);
    return this.#isSound ? { ...first, params: model.params, nodes, train } : undefined;
  }

  #node(node: Node, of: (model: Model) => Node | undefined): Node {
    const kind = (model: Model) => {
      const { layer, path } = of(model) ?? {};
      return { layer, path };
    };
    if (!this.#areAlike(kind)) {
      this.#differ(node.span, "which layers there are", kind);
      return node;
    }
    const definition = this.#context.catalog.layer.get(node.layer);
    const args = this.#args(node.layer, (model) => of(model)?.args, definition, node.span);
    const rest = (model: Model) => ({ ...of(model), args: null });
    if (this.#isSound && !this.#areAlike(rest)) this.#differ(node.span, "how wide the network is", rest);
    return { ...node, args };
  }

  #train(train: TrainSettings | null): TrainSettings | null {
    if (train === null) return null;
    const { optimizer: own, spans, ...others } = train;
    for (const key of Object.keys(others)) {
      const setting = (model: Model) => new Map(Object.entries(model.train ?? {})).get(key);
      if (!this.#areAlike(setting))
        this.#differ(spans[key] ?? own.span, `\`${key}\` of the training`, setting);
    }
    const name = (model: Model) => model.train?.optimizer.name;
    if (!this.#areAlike(name)) {
      this.#differ(own.span, "the optimizer", name);
      return train;
    }
    const definition = this.#context.catalog.definitions.optimizer.get(own.name);
    const args = this.#args(own.name, (model) => model.train?.optimizer.args, definition, own.span);
    return { ...train, optimizer: { ...own, args } };
  }

  #args(
    name: string,
    of: (model: Model) => Args | undefined,
    definition: Definition | undefined,
    span: Span,
  ): Args {
    const [first] = this.#each;
    const args = (first && of(first)) ?? {};
    const joined = Object.entries(args).map(([key, value]): [string, Argument] => {
      const argument = (model: Model) => of(model)?.[key];
      if (this.#areAlike(argument)) return [key, value];
      const type = definition?.params[key]?.type;
      const settings = this.#each.map(argument).filter(isSetting);
      const isTaken = type !== undefined && takesByMember(type) && settings.length === this.#each.length;
      if (isTaken && settings.some(hasByMember)) {
        this.#report(
          span,
          `\`${key}\` of \`${name}\` has a value for each member by \`${BY_MEMBER}\`, and in it stands what they draw: ${this.#culprits(argument)}`,
          `Either the values are drawn or \`${BY_MEMBER}\` has them: leave \`${BY_MEMBER}\` out, or write numbers in it and take the param out of \`draw\`.`,
        );
      } else if (isTaken) return [key, byMember(settings, span)];
      else this.#differ(span, `\`${key}\` of \`${name}\``, argument);
      return [key, value];
    });
    return Object.fromEntries(joined);
  }

  #areAlike(of: (model: Model) => unknown): boolean {
    return areAlike(this.#all.map(of));
  }

  #differ(span: Span, what: string, of: (model: Model) => unknown): void {
    this.#report(
      span,
      `${what} would be another one for each member: they draw ${this.#culprits(of)}`,
      placesText(this.#context.catalog),
    );
  }

  #report(span: Span, problem: string, note: string): void {
    this.#isSound = false;
    this.#context.report.error("NW0725", span, problem, { notes: [note] });
  }

  /** The params of which one alone makes a difference; where none does, what they make together. */
  #culprits(of: (model: Model) => unknown): string {
    const own = of(this.#model);
    const culprits = [...this.#possible].flatMap(([name, models]) =>
      areAlike([own, ...models.map(of)]) ? [] : [name],
    );
    return culprits.length > 0
      ? listNames(culprits)
      : `${listNames(this.#possible.keys())}, of which it takes several`;
  }
}

/** But for the places where they are written. */
export function areAlike(values: readonly unknown[]): boolean {
  return new Set(values.map(plain)).size <= 1;
}

function plain(value: unknown): string {
  return JSON.stringify(value, (key, inner) => (key === "span" || key === "spans" ? undefined : inner)) ?? "";
}
