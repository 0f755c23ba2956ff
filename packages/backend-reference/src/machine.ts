// A program with its state, executed by the interpreter: the state is a tensor for each variable, replaced by the
// functions that write it.

import { at, type Func, feedsOf, outputsOf, type Program, sizeOf } from "@netwright/ir";
import { arrayFor, type Machine, type TensorData } from "@netwright/runtime";
import { interpret } from "./interpret.ts";
import { misuse } from "./misuse.ts";
import { type Tensor, tensorOf, zeros } from "./tensor.ts";

export function createMachine(program: Program): Machine {
  const state = new Map(program.state.map(({ name, type }) => [name, zeros(type)]));
  const variable = (name: string): Tensor => {
    const tensor = state.get(name);
    if (tensor === undefined) throw misuse(`there is no state variable ${name}`, "Name one of the program.");
    return tensor;
  };
  return {
    call: (name) => {
      const func = funcOf(program, name);
      const parameters = feedsOf(func).map(({ value }) => value.type);
      const inputs = parameters.map(arrayOf);
      const outputs = outputsOf(func).map(({ value }) => arrayOf(value.type));
      return {
        inputs,
        outputs,
        run: () => {
          const given = parameters.map((type, i) => tensorOf(type, at(inputs, i)));
          const results = interpret(program, func, [...func.reads.map(variable), ...given]);
          outputs.forEach((output, i) => {
            output.set(at(results, func.writes.length + i).data);
          });
          for (const [i, name] of func.writes.entries()) state.set(name, at(results, i));
        },
      };
    },
    readState: () =>
      new Map(
        [...state].map(([name, { type, data }]): [string, TensorData] => {
          const copy = arrayOf(type);
          copy.set(data);
          return [name, copy];
        }),
      ),
    writeState: (written) => {
      for (const [name, data] of written) state.set(name, tensorOf(variable(name).type, data));
    },
    dispose: () => state.clear(),
  };
}

function funcOf(program: Program, name: string): Func {
  const found = program.functions.find((func) => func.name === name);
  if (found === undefined) throw misuse(`there is no function ${name}`, "Call one of the program.");
  return found;
}

/** Zeros. `compile` of the runtime lets no truth values out. */
function arrayOf({ dtype, shape }: Tensor["type"]): TensorData {
  const array = arrayFor(dtype, sizeOf(shape));
  if (array === undefined)
    throw misuse(`${dtype} cannot leave a program`, "Convert it to i32 in the program.");
  return array;
}
