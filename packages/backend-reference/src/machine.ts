// A program with its state, executed by the interpreter: the state is a list of tensors, replaced as a whole by
// `init` and each `step`.

import { at, type Func, type Program, sizeOf } from "@netwright/ir";
import { arrayFor, type Machine, type TensorData } from "@netwright/runtime";
import { interpret } from "./interpret.ts";
import { misuse } from "./misuse.ts";
import { type Tensor, tensorOf, zeros } from "./tensor.ts";

export function createMachine(program: Program): Machine {
  let state: readonly Tensor[] = program.state.map(({ type }) => zeros(type));
  return {
    call: (name) => {
      const func = funcOf(program, name);
      const takesState = func.kind !== "init";
      const givesState = func.kind === "init" || func.kind === "step";
      const count = program.state.length;
      const parameters = func.parameters.slice(takesState ? count : 0).map(({ value }) => value.type);
      const inputs = parameters.map(arrayOf);
      const outputs = func.results.slice(givesState ? count : 0).map(({ value }) => arrayOf(value.type));
      return {
        inputs,
        outputs,
        run: () => {
          const given = parameters.map((type, i) => tensorOf(type, at(inputs, i)));
          const results = interpret(program, func, [...(takesState ? state : []), ...given]);
          const others = givesState ? results.slice(count) : results;
          others.forEach(({ data }, i) => {
            at(outputs, i).set(data);
          });
          if (givesState) state = results.slice(0, count);
        },
      };
    },
    readState: () =>
      new Map(
        program.state.map(({ name }, i): [string, TensorData] => {
          const { type, data } = at(state, i);
          const copy = arrayOf(type);
          copy.set(data);
          return [name, copy];
        }),
      ),
    writeState: (written) => {
      state = program.state.map(({ name, type }, i) => {
        const data = written.get(name);
        return data === undefined ? at(state, i) : tensorOf(type, data);
      });
    },
    dispose: () => {
      state = [];
    },
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
