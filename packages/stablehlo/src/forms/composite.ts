// `optimizer_update.adam`: StableHLO's word, too. XLA runs the decomposition, which is a function of the module.

import { doubleText, readDouble } from "../literals.ts";
import { nameOf, nameText, readName, stringText, symbolOf } from "../names.ts";
import { operands, signature } from "./elementwise.ts";
import type { Form } from "./form.ts";

const NAME = String.raw`[\w$.]+|"[^"]*"`;
const SETTING = new RegExp(`(?:, )?(${NAME}) = (\\S+) : f64`, "gy");
const WHOLE = new RegExp(
  `^ "([^"]*)" .*\\{composite_attributes = \\{(.*)\\}, decomposition = @(${NAME})\\}$`,
);

export const composite: Form<"composite"> = {
  written: {
    mnemonic: "stablehlo.composite",
    print: (op, body) => {
      const { composite: name, settings, decomposition } = op.attributes;
      const numbers = Object.entries(settings).map(
        ([key, value]) => `${nameText(key)} = ${doubleText(value)} : f64`,
      );
      return `stablehlo.composite ${stringText(name)} ${operands(op, body)} {composite_attributes = {${numbers.join(", ")}}, decomposition = @${nameText(symbolOf(decomposition))}} : ${signature(op)}`;
    },
    read: (head, types) => {
      const [, name, numbers, symbol] = WHOLE.exec(head) ?? [];
      if (name === undefined || numbers === undefined || symbol === undefined) return undefined;
      const settings = Object.fromEntries(
        [...numbers.matchAll(SETTING)].map(([, key = "", value = ""]) => [readName(key), readDouble(value)]),
      );
      return { composite: name, settings, decomposition: nameOf(readName(symbol)), types };
    },
  },
};
