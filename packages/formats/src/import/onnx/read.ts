// A file of ONNX as layers of Netwright. Nodes are gone through once, in their order; what each gives is a constant, or a term with
// where its numbers lie.

import type { ModelInput } from "@netwright/lang";
import type {
  Arrived,
  ForeignFiles,
  ForeignModel,
  NotUnderstood,
  ReadForeign,
  ReadSettings,
} from "../foreign-model.ts";
import { otherBits } from "../other-bits.ts";
import { placed } from "./arrange.ts";
import { layersByNames } from "./by-names.ts";
import { classesIn } from "./classes.ts";
import { tensorOf } from "./constant.ts";
import { decodeModel, type FileModel, type FileNode, isDamage } from "./decode.ts";
import type { FileTensor } from "./decode-values.ts";
import { finish } from "./finish.ts";
import { folded } from "./fold.ts";
import {
  CHANNELS_FIRST,
  type InputPlan,
  isFloatType,
  otherFloatsIn,
  planInput,
  predictionOf,
} from "./inputs.ts";
import { type Factor, hasRows, sameFactors, shapeOf, sizeBy } from "./layout.ts";
import { checkNode } from "./node-check.ts";
import { type FileContext, Misfit, NodeContext, placeOf, type Value } from "./node-context.ts";
import { shapeConstant } from "./node-sizes.ts";
import { ownNetwork } from "./own.ts";
import { nodeRules } from "./rules.ts";
import { type Flow, type Term, Terms } from "./terms.ts";
import { aloneIn, areIndices, constantIn, neededFor, stemOf } from "./walk.ts";

export const readOnnx: ReadForeign = async (files, settings) => {
  const [name, bytes] = [...files].find(([file]) => file.endsWith(".onnx")) ??
    [...files][0] ?? ["", new Uint8Array()];
  let model: FileModel;
  try {
    model = decodeModel(bytes);
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { refused: [{ what: `File \`${name}\``, why: "is no ONNX file, or is damaged" }] };
  }
  return new Reading(model, files, settings, name).read();
};

class Reading {
  readonly #model: FileModel;
  readonly #files: ForeignFiles;
  readonly #settings: ReadSettings;
  readonly #fileName: string;
  readonly #values = new Map<string, Value>();
  readonly #tensors: ReadonlyMap<string, FileTensor>;
  readonly #terms = new Terms();
  readonly #refused: NotUnderstood[] = [];
  /** By their terms. */
  readonly #inputs = new Map<Term, { readonly name: string; readonly isWhole: boolean }>();
  readonly #below = new Map<Term, number>();
  readonly #notes: string[] = [];

  constructor(model: FileModel, files: ForeignFiles, settings: ReadSettings, fileName: string) {
    this.#model = model;
    this.#files = files;
    this.#settings = settings;
    this.#fileName = fileName;
    this.#tensors = new Map(model.graph.initializers.map((tensor) => [tensor.name, tensor]));
  }

  read(): Arrived {
    const byOperations = this.#byOperations();
    if (!("refused" in byOperations)) return byOperations;
    const own = layersByNames(this.#model, this.#files);
    if (own === null) return byOperations;
    const { name } = this.#model.graph;
    return { model: { ...own, name, writer: this.#writer, classes: null, notes: [] } };
  }

  #byOperations(): Arrived {
    const { graph, metadata } = this.#model;
    const own = ownNetwork(this.#model);
    const output = own?.output ?? predictionOf(graph);
    if (output === null) return { refused: [{ what: this.#what, why: "has no output" }] };
    const nodes = neededFor(output, own?.nodes ?? graph.nodes);
    const rows: Factor = { size: this.#rowsOf(nodes), isRows: true };
    this.#readInputs(own?.inputs ?? new Map(), nodes, rows);
    if (this.#refused.length > 0) return { refused: this.#refused };
    // Older files list their weights among the inputs.
    const inputs = graph.inputs.filter(({ name }) => !this.#tensors.has(name));
    const other = otherFloatsIn(inputs, nodes);
    if (other !== null) this.#notes.push(otherBits("nodes", other.type, other.bits));
    const uses = new Map<string, number>([[output, 1]]);
    for (const node of nodes)
      for (const input of node.inputs) if (input !== "") uses.set(input, (uses.get(input) ?? 0) + 1);
    const file: FileContext = {
      terms: this.#terms,
      opset: this.#model.opsets.get("") ?? 21,
      isOwn: own !== null,
      uses,
      room: { numbers: ROOM, products: 16 * ROOM },
      alone: own === null ? new Set() : aloneIn(nodes),
      isWhole: (term) => this.#inputs.get(term)?.isWhole ?? false,
      isIndices: (name) => areIndices(name, output, nodes),
      indexed: (term, below) => {
        const known = this.#below.get(term) ?? below;
        if (known !== below)
          throw new Misfit(
            `looks up in a table of ${below} vectors what is looked up in one of ${known} elsewhere`,
          );
        this.#below.set(term, below);
      },
    };
    for (const node of nodes) this.#readNode(file, node);
    const given = this.#valueNamed(output);
    if (this.#refused.length > 0) return { refused: this.#refused };
    if (given?.kind !== "flow")
      return { refused: [{ what: `Output \`${output}\``, why: "is given by no input" }] };
    const last = own === null ? this.#settled(file, given, output, nodes) : given;
    if (typeof last === "string") return { refused: [{ what: `Output \`${output}\``, why: last }] };
    const names = new Map([...this.#inputs].map(([term, { name }]) => [term, name]));
    const finished = finish(this.#terms.all, last.term, names);
    if (finished.refused.length > 0) return { refused: finished.refused };
    const model: ForeignModel = {
      name: graph.name === "" || own === null ? stemOf(this.#fileName) : graph.name,
      writer: this.#writer,
      inputs: [...this.#inputs].map(([term, { name }]) => this.#inputOf(term, name)),
      layers: finished.layers,
      output: finished.output,
      classes: classesIn(graph, output, (name) => this.#valueNamed(name)),
      notes: own === null ? [...this.#notes, ...this.#otherOutputs(output)] : [],
      own:
        own === null
          ? null
          : Object.fromEntries([...metadata].filter(([key]) => key.startsWith("netwright."))),
    };
    return { model };
  }

  /** With its numbers as the file gives them, but for channels, which are last where it has images. Or why it cannot be. */
  #settled(file: FileContext, flow: Flow, output: string, nodes: readonly FileNode[]): Flow | string {
    const node: FileNode = {
      name: output,
      op: "output",
      domain: "",
      inputs: [],
      outputs: [output],
      attributes: new Map(),
    };
    const c = new NodeContext(file, node, []);
    const places = flow.dims.flatMap((size, d) => (hasRows(size) ? [] : [d]));
    const own = flow.axes.map((axis) =>
      flow.dims.findIndex((size) => size.length > 0 && sameFactors(size, axis)),
    );
    const isLast = own.join() === [...places.slice(1), places[0]].join();
    if (isLast && places.length > 1 && nodes.some(({ op }) => CHANNELS_FIRST.has(op))) {
      this.#notes.push(
        `The output \`${output}\` has its channels last, [${flow.term.shape.join(", ")}] for each row; the file has them first.`,
      );
      return flow;
    }
    try {
      return placed(c, flow, places);
    } catch (error) {
      if (error instanceof Misfit) return error.message;
      throw error;
    }
  }

  /** Those of numbers: words of classes and their numbers follow from the shares. */
  #otherOutputs(output: string): readonly string[] {
    const others = this.#model.graph.outputs.filter(({ name, type }) => name !== output && isFloatType(type));
    return others.map(({ name }) => `The output \`${name}\` was not taken: the prediction is \`${output}\`.`);
  }

  get #what(): string {
    return `File \`${this.#fileName}\``;
  }

  get #writer(): string | null {
    const { name, version } = this.#model.producer;
    return name === "" ? null : `${name} ${version}`.trim();
  }

  #inputOf(term: Term, name: string): ModelInput {
    const below = this.#below.get(term);
    const { shape } = term;
    return {
      name,
      type: below === undefined ? { kind: "number", shape } : { kind: "index", shape, of: below },
    };
  }

  /** A number that no size of the file is a multiple of, so that it is known again; or that of a file made for so many rows. */
  #rowsOf(nodes: readonly FileNode[]): number {
    const stated = this.#model.graph.inputs.flatMap((value) => {
      if (this.#tensors.has(value.name)) return [];
      const plan = planInput(value, nodes, this.#settings.steps ?? 1);
      return "why" in plan ? [] : [plan.sizes[plan.rowsAt] ?? 0];
    });
    const [first = 0] = stated;
    if (first > 0 && stated.every((size) => size === first)) return first;
    const sizes = new Set(this.#model.graph.initializers.flatMap(({ dims }) => dims));
    for (const value of this.#model.graph.inputs)
      for (const size of value.shape ?? []) if (typeof size === "number") sizes.add(size);
    return PRIMES.find((prime) => [...sizes].every((size) => size % prime !== 0)) ?? 1009;
  }

  #readInputs(cut: ReadonlyMap<string, ModelInput>, nodes: readonly FileNode[], rows: Factor): void {
    const taken = new Set(nodes.flatMap(({ inputs }) => inputs));
    for (const [value, { name, type }] of cut) {
      const term = this.#inputTerm(name, type.shape);
      this.#inputs.set(term, { name, isWhole: type.kind === "index" });
      if (type.kind === "index") this.#below.set(term, type.of);
      const axes = type.shape.map(sizeBy);
      // An index of each row stands in one dimension, numbers in as many as they have sizes.
      this.#values.set(value, { kind: "flow", term, axes, dims: [[rows], ...axes] });
    }
    for (const value of this.#model.graph.inputs) {
      if (this.#tensors.has(value.name) || !taken.has(value.name) || cut.has(value.name)) continue;
      const plan = planInput(value, nodes, this.#settings.steps ?? null);
      if ("why" in plan) this.#refused.push({ what: `Input \`${plan.name}\``, why: plan.why });
      else this.#planned(plan, rows);
    }
    if (this.#inputs.size === 0 && this.#refused.length === 0)
      this.#refused.push({ what: this.#what, why: "has no input that its output is made of" });
  }

  #planned({ name, sizes, rowsAt, isChannelsFirst, isWhole }: InputPlan, rows: Factor): void {
    const dims = sizes.map((size, d) => (d === rowsAt ? [rows] : sizeBy(size)));
    const others = dims.filter((_, d) => d !== rowsAt);
    const channels = others.slice(0, 1);
    const axes = isChannelsFirst
      ? [...others.slice(1), ...channels]
      : others.length === 0 && !isWhole
        ? [[]]
        : others;
    const shape = shapeOf(axes);
    if (isChannelsFirst)
      this.#notes.push(
        `The input \`${name}\` has its channels last, [${shape.join(", ")}] for each row; the file has them first.`,
      );
    if (rowsAt > 0)
      this.#notes.push(`The input \`${name}\` has its rows first; the file has its steps first.`);
    const term = this.#inputTerm(name, shape);
    this.#inputs.set(term, { name, isWhole });
    this.#values.set(name, { kind: "flow", term, axes, dims });
  }

  #inputTerm(name: string, shape: readonly number[]): Term {
    return this.#terms.add({
      wanted: name,
      meaning: { kind: "input" },
      inputs: [],
      shape,
      place: `Input \`${name}\``,
    });
  }

  /** Null for one that nothing gives. */
  #valueNamed(name: string): Value | null {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const tensor = this.#tensors.get(name);
    if (tensor === undefined) return null;
    const made = tensorOf(tensor, this.#files);
    const value: Value = "problem" in made ? { kind: "unknown" } : made;
    if ("problem" in made) this.#refused.push({ what: `Tensor \`${name}\``, why: made.problem });
    this.#values.set(name, value);
    return value;
  }

  #readNode(file: FileContext, node: FileNode): void {
    const inputs = node.inputs.map((name) => (name === "" ? null : (this.#valueNamed(name) ?? UNKNOWN)));
    const missing = node.inputs.find((name) => name !== "" && this.#valueNamed(name) === null);
    const made =
      missing === undefined
        ? this.#made(file, node, inputs)
        : this.#no(node, `takes \`${missing}\`, which nothing before it gives`);
    node.outputs.forEach((name, i) => {
      if (name !== "") this.#values.set(name, made[i] ?? UNKNOWN);
    });
  }

  #made(file: FileContext, node: FileNode, inputs: readonly (Value | null)[]): readonly Value[] {
    const c = new NodeContext(file, node, inputs);
    const rule = nodeRules.get(node.domain)?.get(node.op);
    try {
      if (node.op === "Constant" && node.domain === "") return [constantIn(c)];
      checkNode(c);
      if (inputs.every((value) => value === null || value.kind === "constant")) {
        const constants = folded(c);
        if (constants !== null) return constants;
      }
      if (node.op === "Shape" && node.domain === "" && inputs[0]?.kind === "flow") return [shapeConstant(c)];
      const isOpen = inputs.some((value) => value?.kind === "unknown");
      if (isOpen && (rule !== undefined || OF_SIZES.has(node.op))) return [];
      if (rule === undefined) return this.#no(node, "is an operation that Netwright has no layer of");
      const made = rule(c);
      return isValue(made) ? [made] : made;
    } catch (error) {
      if (error instanceof Misfit) return this.#no(node, error.message);
      throw error;
    }
  }

  #no(node: FileNode, why: string): readonly Value[] {
    this.#refused.push({ what: placeOf(node), why });
    return [];
  }
}

const ROOM = 2 ** 28;
/** Operations that only ask for sizes: of what is not known they say nothing. */
const OF_SIZES: ReadonlySet<string> = new Set(["Shape", "Size", "ConstantOfShape", "Range"]);
const UNKNOWN: Value = { kind: "unknown" };
const PRIMES = [
  53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163,
  167, 173, 179,
];

function isValue(made: Value | readonly Value[]): made is Value {
  return !Array.isArray(made);
}
