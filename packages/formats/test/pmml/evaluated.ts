// As much of PMML as we write, evaluated in f64 by the words of its specification: what JPMML is asked by its judge, without it.

import { type Parsed, parsedXml } from "../parsed.ts";

type Cell = number | string | null;

/** What comes out by its name; a text where a row is refused, with the field. */
export type Evaluated = Readonly<Record<string, Cell>> | string;

export function evaluatorOf(text: string): (row: Readonly<Record<string, Cell>>) => Evaluated {
  const root = parsedXml(text);
  const network = only(root, "NeuralNetwork");
  const dictionary = only(root, "DataDictionary");
  return (row) => {
    const fields: Record<string, Cell> = {};
    for (const mining of all(only(network, "MiningSchema"), "MiningField")) {
      const { name = "", usageType } = mining.attributes;
      if (usageType === "target") continue;
      const data = all(dictionary, "DataField").find((field) => field.attributes["name"] === name);
      if (data === undefined) throw new Error(`${name} is in no dictionary`);
      const cell = taken(data, mining.attributes, row[name] ?? null);
      if (typeof cell === "object" && cell !== null) return `${name} ${cell.problem}`;
      fields[name] = cell;
    }
    return predicted(network, fields);
  };
}

function taken(data: Parsed, mining: Parsed["attributes"], given: Cell): Cell | { readonly problem: string } {
  const values = all(data, "Value");
  const isMissing = values.some(
    ({ attributes: { value, property } }) =>
      property === "missing" && (typeof given === "number" ? Number(value) === given : value === given),
  );
  let cell = isMissing ? null : given;
  if (cell !== null && !isValid(data, values, cell)) {
    if (mining["invalidValueTreatment"] === "returnInvalid") return { problem: "is invalid" };
    if (mining["invalidValueTreatment"] === "asMissing") cell = null;
  }
  if (cell !== null) return cell;
  if (mining["missingValueTreatment"] === "returnInvalid") return { problem: "is missing" };
  const instead = mining["missingValueReplacement"];
  if (instead === undefined) return null;
  return data.attributes["dataType"] === "string" ? instead : Number(instead);
}

function isValid(data: Parsed, values: readonly Parsed[], cell: string | number): boolean {
  if (data.attributes["dataType"] === "string") {
    const valid = values.filter(({ attributes }) => attributes["property"] !== "missing");
    return valid.length === 0 || valid.some(({ attributes }) => attributes["value"] === cell);
  }
  if (typeof cell !== "number") return false;
  if (data.attributes["dataType"] === "integer" && !Number.isInteger(cell)) return false;
  const { closure = "", leftMargin, rightMargin } = only(data, "Interval").attributes;
  const isAbove = closure.startsWith("open") ? cell > Number(leftMargin) : cell >= Number(leftMargin);
  return isAbove && cell <= Number(rightMargin);
}

function predicted(network: Parsed, fields: Readonly<Record<string, Cell>>): Evaluated {
  const neurons = new Map<string, number>();
  const valueAt = (id: string | undefined): number => {
    const value = neurons.get(id ?? "");
    if (value === undefined) throw new Error(`nothing gives ${id}`);
    return value;
  };
  for (const input of all(only(network, "NeuralInputs"), "NeuralInput")) {
    const made = derived(only(only(input, "DerivedField")), fields);
    neurons.set(input.attributes["id"] ?? "", Number(made ?? Number.NaN));
  }
  for (const layer of all(network, "NeuralLayer")) {
    const own = all(layer, "Neuron").map((neuron) => {
      const sum = all(neuron, "Con").reduce(
        (total, { attributes: { from, weight } }) => total + valueAt(from) * Number(weight),
        Number(neuron.attributes["bias"]),
      );
      return activated(layer.attributes["activationFunction"] ?? "", sum);
    });
    const isSoftmax = layer.attributes["normalizationMethod"] === "softmax";
    const most = Math.max(...own);
    const powers = own.map((x) => Math.exp(x - most));
    const whole = powers.reduce((sum, x) => sum + x, 0);
    all(layer, "Neuron").forEach(({ attributes: { id = "" } }, i) => {
      neurons.set(id, (isSoftmax ? (powers[i] ?? 0) / whole : own[i]) ?? Number.NaN);
    });
  }
  const told: Record<string, Cell> = {};
  const shares: [string, number][] = [];
  for (const { attributes, children } of all(only(network, "NeuralOutputs"), "NeuralOutput")) {
    const given = valueAt(attributes["outputNeuron"]);
    const target = only(children[0] ?? network);
    const { field = "", value } = target.attributes;
    if (value === undefined) told[field] = rescaled(network, field, given);
    else shares.push([value, given]);
  }
  for (const { attributes } of all(only(network, "Output"), "OutputField")) {
    const { name = "", feature, value, targetField } = attributes;
    if (feature === "probability") told[name] = shares.find(([word]) => word === value)?.[1] ?? null;
    else if (targetField !== undefined) told[name] = told[targetField] ?? null;
    else told[name] = shares.toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null;
  }
  return told;
}

/** Bounds first, as the specification orders it. */
function rescaled(network: Parsed, field: string, given: number): number {
  const target = all(only(network, "Targets"), "Target").find((one) => one.attributes["field"] === field);
  const { min = "-Infinity", max = "Infinity", rescaleFactor, rescaleConstant } = target?.attributes ?? {};
  const held = Math.min(Math.max(given, Number(min)), Number(max));
  return held * Number(rescaleFactor) + Number(rescaleConstant);
}

function activated(name: string, x: number): number {
  switch (name) {
    case "identity":
      return x;
    case "rectifier":
      return Math.max(x, 0);
    case "logistic":
      return 1 / (1 + Math.exp(-x));
    case "tanh":
      return Math.tanh(x);
    case "exponential":
      return Math.exp(x);
    case "Elliott":
      return x / (1 + Math.abs(x));
    default:
      throw new Error(`no neuron has ${name}`);
  }
}

function derived({ name, attributes, children, text }: Parsed, fields: Readonly<Record<string, Cell>>): Cell {
  const { field = "", mapMissingTo, defaultValue } = attributes;
  const cell = fields[field] ?? null;
  const instead = mapMissingTo === undefined ? null : Number(mapMissingTo);
  switch (name) {
    case "Constant":
      return Number(text);
    case "FieldRef":
      return cell;
    case "NormDiscrete":
      return cell === null ? instead : cell === attributes["value"] ? 1 : 0;
    case "MapValues": {
      const pair = children.find((child) => child.name === "FieldColumnPair");
      const word = fields[pair?.attributes["field"] ?? ""] ?? null;
      if (word === null) return instead;
      const rows = all(only({ name, attributes, children, text }, "InlineTable"), "row");
      const row = rows.find((one) => only(one, "word").text === word);
      return row === undefined ? Number(defaultValue ?? Number.NaN) : Number(only(row, "number").text);
    }
    case "Apply":
      return applied(attributes["function"] ?? "", children, fields);
    default:
      throw new Error(`no field is made by ${name}`);
  }
}

function applied(name: string, given: readonly Parsed[], fields: Readonly<Record<string, Cell>>): Cell {
  const value = (i: number) => derived(given[i] ?? EMPTY, fields);
  if (name === "isMissing") return value(0) === null ? 1 : 0;
  if (name === "if") return value(0) === 1 ? value(1) : value(2);
  const [a, b] = given.map((_, i) => value(i));
  if (a === null || a === undefined || b === null) return null;
  const [x, y] = [Number(a), Number(b)];
  const functions: Readonly<Record<string, () => number | boolean>> = {
    "+": () => x + y,
    "-": () => x - y,
    "*": () => x * y,
    "/": () => x / y,
    greaterThan: () => x > y,
    lessThan: () => x < y,
    lessOrEqual: () => x <= y,
    greaterOrEqual: () => x >= y,
    equal: () => x === y,
    exp: () => Math.exp(x),
    ln: () => Math.log(x),
    sqrt: () => Math.sqrt(x),
  };
  const own = functions[name];
  if (own === undefined) throw new Error(`there is no function ${name}`);
  return Number(own());
}

const EMPTY: Parsed = { name: "", attributes: {}, children: [], text: "" };

function all({ children }: Parsed, name: string): readonly Parsed[] {
  return children.filter((child) => child.name === name);
}

/** The only child, or that of a name. */
function only(parent: Parsed, name?: string): Parsed {
  const [own, ...more] = name === undefined ? parent.children : all(parent, name);
  if (own === undefined || more.length > 0) throw new Error(`${parent.name} has ${more.length} more ${name}`);
  return own;
}
