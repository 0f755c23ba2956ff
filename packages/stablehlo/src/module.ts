// A program of one function, as a module of StableHLO is: with the state that the function touches and the functions
// that it calls.

import { at, type Func, type Program, type StateVariable } from "@netwright/ir";

/** State in the order in which the function takes it, then what it writes alone; the function, then what it calls. */
export function moduleOf(program: Program, name: string): Program {
  const main = named(program, name);
  const touched = new Set([...main.reads, ...main.writes]);
  const variables = new Map(program.state.map((variable) => [variable.name, variable]));
  const state = [...touched].map((each): StateVariable => {
    const variable = variables.get(each);
    if (variable === undefined) throw new Error(`program ${program.name} has no state variable ${each}`);
    return variable;
  });
  return { ...program, state, functions: [main, ...calledBy(program, main)] };
}

function named(program: Program, name: string): Func {
  const found = program.functions.find((func) => func.name === name);
  if (found === undefined) throw new Error(`program ${program.name} has no function ${name}`);
  return found;
}

/** In the order of the program. */
function calledBy(program: Program, main: Func): readonly Func[] {
  const reached = new Set<string>();
  const waiting = [main];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const name of calleesOf(next)) {
      if (reached.has(name)) continue;
      reached.add(name);
      waiting.push(named(program, name));
    }
  }
  return program.functions.filter((func) => func.kind === "composite" && reached.has(func.name));
}

function calleesOf({ body }: Func): readonly string[] {
  return body.flatMap((op) => {
    if (op.name === "composite") return [op.attributes.decomposition];
    return op.name === "scan" ? [op.attributes.body] : [];
  });
}

/** The function that a module is for. */
export function mainOf({ functions }: Program): Func {
  return at(functions, 0);
}
