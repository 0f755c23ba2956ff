// Truth values at the edge of a program: a backend keeps them as it likes, and the contract has no array for them.
// So a feed or a result of truth values is i32, 0 or 1, outside of the function.

import {
  type AnyOp,
  type Func,
  mapFuncs,
  type NamedValue,
  type Program,
  tensor,
  type Value,
} from "@netwright/ir";

export function withoutPred(program: Program): Program {
  return mapFuncs(program, (func) => (func.kind !== "composite" && hasPred(func) ? converted(func) : func));
}

const isPred = ({ value }: NamedValue): boolean => value.type.dtype === "pred";

function hasPred({ parameters, results }: Func): boolean {
  return parameters.some(isPred) || results.some(isPred);
}

function converted(func: Func): Func {
  const all = [...func.parameters.map(({ value }) => value), ...func.body.flatMap(({ results }) => results)];
  let next = Math.max(...all.map(({ id }) => id)) + 1;
  const numbers = ({ type }: Value): Value => ({ id: next++, type: tensor("i32", type.shape) });
  const conversion = (from: Value, to: Value): AnyOp => ({
    name: "convert",
    operands: [from],
    attributes: { dtype: to.type.dtype },
    results: [to],
  });
  const [before, after]: [AnyOp[], AnyOp[]] = [[], []];
  const parameters = func.parameters.map((parameter) => {
    if (!isPred(parameter)) return parameter;
    const value = numbers(parameter.value);
    before.push(conversion(value, parameter.value));
    return { ...parameter, value };
  });
  const results = func.results.map((result) => {
    if (!isPred(result)) return result;
    const value = numbers(result.value);
    after.push(conversion(result.value, value));
    return { ...result, value };
  });
  return { ...func, parameters, results, body: [...before, ...func.body, ...after] };
}
