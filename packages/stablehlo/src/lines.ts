// The lines of one function while they are written, and the functions of the module that they call.

import type { AnyOp, ElementType, Op, OpName, Value } from "@netwright/ir";
import { tensor } from "@netwright/ir";
import { operands, signature } from "./forms/elementwise.ts";
import type { Body } from "./forms/form.ts";
import { forms } from "./forms/table.ts";
import type { Helpers } from "./helpers.ts";
import { denseText } from "./literals.ts";
import { nameText } from "./names.ts";
import { typeText } from "./types.ts";

/** What the lines of a function have in common, whatever operations they are of. */
interface Shared {
  readonly text: string[];
  /** Of each line, as far as the program says it. */
  readonly layers: (string | undefined)[];
  /** Of what is being written. */
  layer: string | undefined;
  readonly helpers: Helpers;
  values: number;
  initials: number;
}

export class Lines implements Body {
  readonly #shared: Shared;
  readonly #names: Map<number, string>;

  /** `names`: of the values that are there before the first line. */
  constructor(helpers: Helpers, names: ReadonlyMap<number, string>, shared?: Shared) {
    this.#shared = shared ?? { text: [], layers: [], layer: undefined, helpers, values: 0, initials: 0 };
    this.#names = new Map(names);
  }

  get text(): readonly string[] {
    return this.#shared.text;
  }

  /** Of which layer each line is; undefined where it belongs to none. */
  get layers(): readonly (string | undefined)[] {
    return this.#shared.layers;
  }

  use(value: Value): string {
    const name = this.#names.get(value.id);
    if (name === undefined) throw new Error(`value ${value.id} is used before it is there`);
    return name;
  }

  line(text: string): string {
    const name = `%${this.#shared.values++}`;
    this.#write(`${name} = ${text}`);
    return name;
  }

  lines(text: string, results: number): readonly string[] {
    if (results === 1) return [this.line(text)];
    if (results === 0) {
      this.#write(text);
      return [];
    }
    const name = `%${this.#shared.values++}`;
    this.#write(`${name}:${results} = ${text}`);
    return Array.from({ length: results }, (_, i) => `${name}#${i}`);
  }

  initial(value: number, dtype: ElementType): string {
    const name = `%init${this.#shared.initials++}`;
    const type = tensor(dtype);
    this.#write(`${name} = stablehlo.constant dense<${denseText(type, [value])}> : ${typeText(type)}`);
    return name;
  }

  op(op: AnyOp): void {
    const around = this.#shared.layer;
    this.#shared.layer = op.origin?.layer ?? around;
    const names = this.#written(op);
    this.#shared.layer = around;
    op.results.forEach(({ id }, i) => {
      this.#names.set(id, names[i] ?? "");
    });
  }

  inside(names: ReadonlyMap<number, string>): Body {
    return new Lines(this.#shared.helpers, names, this.#shared);
  }

  /** What an operation is that StableHLO has not got; gives the names of its results. */
  meaningOf<K extends OpName>(op: Op<K>): readonly string[] {
    const { called } = forms[op.name];
    if (called === undefined) throw new Error(`${op.name} is an operation of StableHLO`);
    return called.define(op, this);
  }

  #written<K extends OpName>(op: Op<K>): readonly string[] {
    const { written, called } = forms[op.name];
    if (written !== undefined && called?.when?.(op) !== true) {
      return this.lines(written.print(op, this), op.results.length);
    }
    const symbol = this.#shared.helpers.symbolFor(op);
    return this.lines(
      `call @${nameText(symbol)}(${operands(op, this)}) : ${signature(op)}`,
      op.results.length,
    );
  }

  #write(text: string): void {
    for (const line of text.split("\n")) {
      this.#shared.text.push(line);
      this.#shared.layers.push(this.#shared.layer);
    }
  }
}
