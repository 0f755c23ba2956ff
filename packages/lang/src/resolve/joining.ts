// The models of the members of an ensemble as one: what differs between them becomes a setting for each member where that
// is taken, and is told elsewhere.

import {
  type Args,
  type Argument,
  byMember,
  type Definition,
  isSetting,
  listNames,
  type Span,
  takesByMember,
} from "@netwright/definitions";
import type { Model, Node, TrainSettings } from "../model/model.ts";
import { placesText } from "./by-member.ts";
import type { Context } from "./context.ts";

/** Models that are one but for settings of members. */
export class Joining {
  readonly #drawn: readonly string[];
  /** Of members. */
  readonly #count: number;
  readonly #context: Context;
  #isSound = true;
  #settings = 0;

  constructor(drawn: readonly string[], count: number, context: Context) {
    this.#drawn = drawn;
    this.#count = count;
    this.#context = context;
  }

  /** Whether some setting differed. */
  get hasSettings(): boolean {
    return this.#settings > 0;
  }

  /**
   * `model` is that of the file, `possible` are those of single values that may be drawn, and `each` those of the members.
   * What members are alike in by chance alone is otherwise in one of the first two.
   */
  join(model: Model, possible: readonly Model[], each: readonly Model[], begin: Node): Model | undefined {
    const [first] = each;
    if (first === undefined) return model;
    const all = [model, ...possible, ...each];
    if (all.some((one) => one.nodes.length !== first.nodes.length)) {
      this.#differ(begin.span, "the number of layers");
      return undefined;
    }
    const nodes = first.nodes.map((node, i) =>
      this.#node(
        node,
        all.map((one) => one.nodes[i]),
      ),
    );
    const train = this.#train(
      first.train,
      all.flatMap((one) => one.train ?? []),
    );
    const others = ({ data, inputs, outputs, report, expect }: Model) => ({
      data,
      inputs,
      outputs,
      report,
      expect,
    });
    if (this.#isSound && !areAlike(all.map(others)))
      this.#differ(begin.span, "what is predicted, from what, and what is expected of it");
    return this.#isSound ? { ...first, params: model.params, nodes, train } : undefined;
  }

  #node(node: Node, each: readonly (Node | undefined)[]): Node {
    const known = each.flatMap((one) => one ?? []);
    if (known.length !== each.length || !areAlike(known.map(({ layer, path }) => ({ layer, path })))) {
      this.#differ(node.span, "which layers there are");
      return node;
    }
    const definition = this.#context.catalog.layer.get(node.layer);
    const args = this.#args(
      node.layer,
      known.map((one) => one.args),
      definition,
      node.span,
    );
    if (this.#isSound && !areAlike(known.map((one) => ({ ...one, args: null }))))
      this.#differ(node.span, "how wide the network is");
    return { ...node, args };
  }

  #train(train: TrainSettings | null, each: readonly TrainSettings[]): TrainSettings | null {
    if (train === null) return null;
    const { optimizer: own, spans, ...others } = train;
    for (const key of Object.keys(others)) {
      if (!areAlike(each.map((one) => new Map(Object.entries(one)).get(key))))
        this.#differ(spans[key] ?? own.span, `\`${key}\` of the training`);
    }
    const optimizers = each.map((one) => one.optimizer);
    if (!areAlike(optimizers.map(({ name }) => name))) {
      this.#differ(own.span, "the optimizer");
      return train;
    }
    const definition = this.#context.catalog.definitions.optimizer.get(own.name);
    const args = this.#args(
      own.name,
      optimizers.map((one) => one.args),
      definition,
      own.span,
    );
    return { ...train, optimizer: { ...own, args } };
  }

  #args(name: string, each: readonly Args[], definition: Definition | undefined, span: Span): Args {
    const [first = {}] = each;
    const joined = Object.entries(first).map(([key, value]): [string, Argument] => {
      const values = each.map((args) => args[key]);
      if (areAlike(values)) return [key, value];
      const type = definition?.params[key]?.type;
      const settings = values.slice(-this.#count).filter(isSetting);
      if (type !== undefined && takesByMember(type) && settings.length === this.#count) {
        this.#settings++;
        return [key, byMember(settings, span)];
      }
      this.#differ(span, `\`${key}\` of \`${name}\``);
      return [key, value];
    });
    return Object.fromEntries(joined);
  }

  #differ(span: Span, what: string): void {
    this.#isSound = false;
    const { report, catalog } = this.#context;
    report.error(
      "NW0725",
      span,
      `${what} would be another one for each member: they draw ${listNames(this.#drawn)}`,
      {
        notes: [placesText(catalog)],
      },
    );
  }
}

/** But for the places where they are written. */
function areAlike(values: readonly unknown[]): boolean {
  return new Set(values.map(plain)).size <= 1;
}

function plain(value: unknown): string {
  return JSON.stringify(value, (key, inner) => (key === "span" || key === "spans" ? undefined : inner)) ?? "";
}
