// Random bits: StableHLO packs the state of Philox into three integers of 64 bits.

import { tensor } from "@netwright/ir";
import { typeText } from "../types.ts";
import { type Form, operandOf } from "./form.ts";

/** Two words are one number of 64 bits, the low word first: a bitcast. */
export const rngBitGenerator: Form<"rng_bit_generator"> = {
  called: {
    define: (op, body) => {
      const [words, pairs, packed] = ["tensor<6xui32>", "tensor<3x2xui32>", "tensor<3xui64>"];
      const bits = tensor("u32", op.attributes.shape);
      const paired = body.line(`stablehlo.reshape ${body.use(operandOf(op, 0))} : (${words}) -> ${pairs}`);
      const state = body.line(`stablehlo.bitcast_convert ${paired} : (${pairs}) -> ${packed}`);
      const [next = "", drawn = ""] = body.lines(
        `stablehlo.rng_bit_generator ${state}, algorithm = PHILOX : (${packed}) -> (${packed}, ${typeText(bits)})`,
        2,
      );
      const unpacked = body.line(`stablehlo.bitcast_convert ${next} : (${packed}) -> ${pairs}`);
      return [body.line(`stablehlo.reshape ${unpacked} : (${pairs}) -> ${words}`), drawn];
    },
  },
};
