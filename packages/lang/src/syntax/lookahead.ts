// Which alternative the next token begins. Chevrotain works this out for every decision of the grammar when the
// parser is made, which takes longer than reading a file; here each decision is worked out when it is first met.

import { type ILookaheadStrategy, LLkLookaheadStrategy } from "chevrotain";

/** Chevrotain calls what this gives with the parser as `this`. */
export function lookaheadOnDemand(maxLookahead: number): ILookaheadStrategy {
  const strategy = new LLkLookaheadStrategy({ maxLookahead });
  return {
    validate: (options) => strategy.validate(options),
    buildLookaheadForAlternation: (options) => {
      let decide: ReturnType<ILookaheadStrategy["buildLookaheadForAlternation"]> | undefined;
      return function (this: unknown, alternatives) {
        decide ??= strategy.buildLookaheadForAlternation(options);
        return decide.call(this, alternatives);
      };
    },
    buildLookaheadForOptional: (options) => {
      let decide: ReturnType<ILookaheadStrategy["buildLookaheadForOptional"]> | undefined;
      return function (this: unknown) {
        decide ??= strategy.buildLookaheadForOptional(options);
        return decide.call(this);
      };
    },
  };
}
