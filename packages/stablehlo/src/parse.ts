// StableHLO -> Program, for what `printStablehlo` writes. Reading is easy-going: it takes out of each line what an operation
// has to have. Strictness comes after it: the program is printed again, and has to give the text. So nothing in a text can
// mean another thing than what was read of it, in the functions that stand for one operation as well.

import {
  type Func,
  type NamedValue,
  type Program,
  type StateVariable,
  type Value,
  verify,
} from "@netwright/ir";
import { ENTRY, nameOf } from "./names.ts";
import { printModule } from "./print.ts";
import { readBody } from "./read-body.ts";
import { fail, type Marked, readModule } from "./read-module.ts";

/** What a text says. */
export interface ReadProgram {
  /** One function, the functions that it calls, and the state that it touches. */
  readonly program: Program;
  /** Whether state is given away: `donate` of the printer. */
  readonly donates: boolean;
  /** How many devices run it together: `devices` of the printer. */
  readonly devices: number;
}

/** @throws StablehloError for a text that `printStablehlo` does not write */
export function parseStablehlo(text: string): ReadProgram {
  const lines = text.split("\n");
  const { name, main, devices, functions: sources, sayings } = readModule(lines);
  const functions = sources.map((source): Func => {
    const body = readBody(source, sayings);
    const shared = {
      parameters: named(source.parameters, body.parameters, source.firstLine),
      results: named(source.results, body.results, source.firstLine),
      body: body.ops,
    };
    return source.symbol === ENTRY
      ? { ...main, reads: stateIn(source.parameters), writes: stateIn(source.results), ...shared }
      : { name: nameOf(source.symbol), kind: "composite", batch: 0, reads: [], writes: [], ...shared };
  });
  const [entry] = sources;
  if (entry?.symbol !== ENTRY) return fail(`its first function is not @${ENTRY}`, 2);
  const program = { name, state: stateOf([...entry.parameters, ...entry.results]), functions };
  const [problem] = verify(program);
  if (problem !== undefined) fail(`${problem.constraint}: ${problem.message}`, 0);
  const donates = entry.parameters.some(({ isAliased }) => isAliased);
  hold(lines, printModule(program, { donate: donates, devices }).text.split("\n"));
  return { program, donates, devices };
}

function named(marks: readonly Marked[], values: readonly Value[], line: number): readonly NamedValue[] {
  return marks.map(({ name }, i) => ({ name, value: values[i] ?? fail(`${name} has no value`, line) }));
}

function stateIn(marks: readonly Marked[]): readonly string[] {
  return marks.flatMap(({ name, role }) => (role === undefined ? [] : [name]));
}

function stateOf(marks: readonly Marked[]): readonly StateVariable[] {
  const state = new Map<string, StateVariable>();
  for (const { name, role, type } of marks) {
    if (role !== undefined && !state.has(name)) state.set(name, { name, role, type });
  }
  return [...state.values()];
}

function hold(given: readonly string[], printed: readonly string[]): void {
  const different = printed.findIndex((line, i) => line !== given[i]);
  if (different >= 0) fail("this is not how Netwright writes it", different + 1);
  if (given.length !== printed.length) fail("the module has ended before", printed.length + 1);
}
