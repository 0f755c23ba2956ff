// dot_general by BatchMatMul.

import { product } from "../product/product.ts";
import type { Rule } from "./rule.ts";

export const dotGeneral: Rule<"dot_general"> = (op, planner) => [product(op, planner)];
