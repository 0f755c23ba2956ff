// Text form -> Program; the form is described in `print.ts`. Reads what is written and judges no more than
// it must: result types are taken from the text, and whether they are right is for the verifier.

import type {
  AnyOp,
  Func,
  FuncKind,
  NamedValue,
  Program,
  StateRole,
  StateVariable,
  Value,
} from "../core/program.ts";
import type { TensorType } from "../core/types.ts";
import type { FieldKind } from "../ops/definition.ts";
import { type FieldValues, fieldKinds } from "../ops/fields.ts";
import { isOpName, type OpName } from "../ops/table.ts";
import { Reader } from "./reader.ts";
import type { Token } from "./tokens.ts";

const FUNC_KINDS: Readonly<Record<FuncKind, true>> = {
  init: true,
  step: true,
  accumulate: true,
  predict: true,
  evaluate: true,
  trace: true,
  composite: true,
};

/** What is written of them: separate sums are not mentioned. */
const NUMERICS = { fused: true } as const;

const STATE_ROLES: Readonly<Record<StateRole, true>> = {
  weight: true,
  statistic: true,
  average: true,
  slot: true,
  gradient: true,
  counter: true,
  random: true,
  control: true,
};

/** @throws TextFormError with line and column of the first error. */
export function parse(text: string): Program {
  const reader = new Reader(text);
  reader.expect("program");
  const name = reader.name("the name of the program");
  const numerics = reader.accept("numerics") ? reader.oneOf(NUMERICS, "a kind of numerics") : undefined;
  reader.expect("{");
  const state: StateVariable[] = [];
  while (reader.accept("state")) state.push(readState(reader));
  const functions: Func[] = [];
  while (reader.accept("func")) functions.push(readFunction(reader));
  reader.expect("}");
  reader.end();
  return { name, ...(numerics === undefined ? {} : { numerics }), state, functions };
}

function readState(reader: Reader): StateVariable {
  const role = reader.oneOf(STATE_ROLES, "a role");
  const name = reader.name("the name of a state variable");
  reader.expect(":");
  return { name, role, type: reader.type() };
}

function readFunction(reader: Reader): Func {
  const kind = reader.oneOf(FUNC_KINDS, "a kind of function");
  const name = reader.name("the name of a function");
  reader.expect("batch");
  const batch = reader.integer();
  const values = new Values(reader);
  const reads: NamedValue[] = [];
  const parameters: NamedValue[] = [];
  const writes: NamedValue[] = [];
  const results: NamedValue[] = [];
  const body: AnyOp[] = [];
  reader.expect("{");
  while (!reader.accept("}")) {
    const given = reader.accept("result") ? results : reader.accept("state") ? writes : undefined;
    if (given !== undefined) {
      if (given === writes && results.length > 0) reader.fail("the state stands before the results");
      const result = reader.name("the name of a result");
      reader.expect("=");
      given.push({ name: result, value: values.use() });
      continue;
    }
    if (writes.length + results.length > 0) {
      reader.fail("after the first result only results and `}` may follow");
    }
    const names = readResultNames(reader);
    const taken = reader.accept("parameter") ? parameters : reader.accept("state") ? reads : undefined;
    if (taken === undefined) {
      body.push(readOp(reader, values, names));
      continue;
    }
    if (body.length > 0) reader.fail("parameters stand before all operations");
    if (taken === reads && parameters.length > 0) reader.fail("the state stands before the other parameters");
    const parameter = reader.name("the name of a parameter");
    const [value, ...others] = values.define(names, readTypes(reader));
    if (value === undefined || others.length > 0) reader.fail("a parameter defines one value", names[0]);
    else taken.push({ name: parameter, value });
  }
  return {
    name,
    kind,
    batch,
    reads: reads.map((read) => read.name),
    writes: writes.map((written) => written.name),
    parameters: [...reads, ...parameters],
    results: [...writes, ...results],
    body,
  };
}

/** `%1, %2 =`; nothing where an operation has no results. */
function readResultNames(reader: Reader): readonly Token[] {
  const names: Token[] = [];
  if (reader.next.kind !== "value") return names;
  do names.push(reader.token("value", "a value such as %0"));
  while (reader.accept(","));
  reader.expect("=");
  return names;
}

/** `: tensor<f32>, tensor<2xf32>`; nothing where an operation has no results. */
function readTypes(reader: Reader): readonly TensorType[] {
  const types: TensorType[] = [];
  if (!reader.accept(":")) return types;
  do types.push(reader.type());
  while (reader.accept(","));
  return types;
}

function readOp(reader: Reader, values: Values, names: readonly Token[]): AnyOp {
  const token = reader.token("word", "an operation, `state`, `parameter` or `result`");
  const name = token.text;
  if (!isOpName(name)) return reader.fail(`there is no operation ${name}`, token);
  const operands = reader.list("(", ")", () => values.use());
  const attributes = readAttributes(reader, name, token);
  const results = values.define(names, readTypes(reader));
  // readAttributes has read exactly the fields of the operation, each by its kind.
  return { name, operands, attributes, results } as AnyOp;
}

const readField: { readonly [K in FieldKind]: (reader: Reader) => FieldValues[K] } = {
  integer: (reader) => reader.integer(),
  integers: (reader) => reader.list("[", "]", () => reader.integer()),
  numbers: (reader) => reader.list("[", "]", () => reader.number()),
  word: (reader) => reader.name("a word"),
  type: (reader) => reader.type(),
  types: (reader) => reader.list("[", "]", () => reader.type()),
  record: (reader) =>
    Object.fromEntries(
      reader.list("{", "}", () => {
        const key = reader.name("a key");
        reader.expect("=");
        return [key, reader.number()] as const;
      }),
    ),
};

function readAttributes(reader: Reader, name: OpName, op: Token): Readonly<Record<string, unknown>> {
  const kinds = fieldKinds(name);
  const attributes: Record<string, unknown> = {};
  if (reader.sees("{")) {
    reader.list("{", "}", () => {
      const token = reader.token("word", `an attribute of ${name}`);
      const kind = Object.hasOwn(kinds, token.text) ? kinds[token.text] : undefined;
      if (kind === undefined) return reader.fail(`${name} has no attribute ${token.text}`, token);
      if (Object.hasOwn(attributes, token.text)) reader.fail(`${token.text} is given twice`, token);
      reader.expect("=");
      attributes[token.text] = readField[kind](reader);
    });
  }
  const missing = Object.keys(kinds).filter((field) => !Object.hasOwn(attributes, field));
  if (missing.length > 0) reader.fail(`${name} needs the attribute ${missing.join(", ")}`, op);
  return attributes;
}

/** The values of one function by the number that the text gives them. */
class Values {
  readonly #reader: Reader;
  readonly #byName = new Map<string, Value>();

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  use(): Value {
    const token = this.#reader.token("value", "a value such as %0");
    const value = this.#byName.get(token.text);
    return value ?? this.#reader.fail(`${token.text} is not defined above`, token);
  }

  define(names: readonly Token[], types: readonly TensorType[]): readonly Value[] {
    if (names.length !== types.length) {
      this.#reader.fail(`${names.length} results, but ${types.length} types`, names[0]);
    }
    return types.flatMap((type, i) => {
      const token = names[i];
      if (token === undefined) return [];
      if (this.#byName.has(token.text)) this.#reader.fail(`${token.text} is defined twice`, token);
      const value: Value = { id: this.#byName.size, type };
      this.#byName.set(token.text, value);
      return [value];
    });
  }
}
