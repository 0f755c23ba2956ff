// What is not looked at when a text is read, for it takes longer than the reading.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import {
  Alternation,
  type ILookaheadStrategy,
  type IProduction,
  Lexer,
  LLkLookaheadStrategy,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  type Rule,
} from "chevrotain";
import { createReport } from "../../src/report.ts";
import { sourceText } from "../../src/source/source-text.ts";
import { NetParser } from "../../src/syntax/grammar.ts";
import { layOut } from "../../src/syntax/layout.ts";
import { lex } from "../../src/syntax/lex.ts";
import { firstTokenLookahead } from "../../src/syntax/lookahead.ts";
import { allTokens } from "../../src/syntax/tokens.ts";

test("the grammar has no mistake and no ambiguity but those that are marked as meant", () => {
  expect(() => new NetParser({ recoveryEnabled: true, validate: true })).not.toThrow();
});

test("the tokens have no mistake", () => {
  expect(new Lexer(allTokens, { positionTracking: "onlyOffset" }).lexerDefinitionErrors).toEqual([]);
});

describe("a text without mistakes reads the same with and without recovery", () => {
  const specs = fileURLToPath(new URL("../specs", import.meta.url));
  const files = readdirSync(specs, { recursive: true, encoding: "utf8" }).filter((file) =>
    /(^|[\\/])valid-[^\\/]*\.net$/.test(file),
  );

  test.each(files)("%s", (file) => {
    const source = sourceText(file, readFileSync(`${specs}/${file}`, "utf8"));
    const tokens = layOut(lex(source, createReport()).tokens, source, createReport()) ?? [];
    const [plain, recovering] = [false, true].map((recoveryEnabled) => {
      const parser = new NetParser({ recoveryEnabled });
      parser.input = [...tokens];
      return { cst: parser.file(), errors: parser.errors };
    });
    expect(plain?.errors).toEqual([]);
    expect(plain).toEqual(recovering);
  });
});

describe("decisions by the next token", () => {
  const rules = Object.values(new NetParser({ recoveryEnabled: false }).getGAstProductions());
  const [own, chevrotains] = [firstTokenLookahead(), new LLkLookaheadStrategy({ maxLookahead: 1 })];

  /** Of one rule: by name, what is decided for each kind of token. */
  function decisions(strategy: ILookaheadStrategy, rule: Rule): readonly [string, readonly unknown[]][] {
    const shared = { rule, maxLookahead: 1, hasPredicates: false, dynamicTokensEnabled: false };
    const decided = (decide: (...args: never[]) => unknown) =>
      allTokens.map(({ tokenTypeIdx }) => {
        const look = () => ({ tokenTypeIdx });
        return decide.call({ LA: look, LA_FAST: look });
      });
    return [...productionsOf(rule.definition)].flatMap((each): [string, readonly unknown[]][] => {
      if (each instanceof Alternation) {
        const options = { ...shared, prodOccurrence: each.idx };
        return [[`OR${each.idx}`, decided(strategy.buildLookaheadForAlternation(options))]];
      }
      const type = OPTIONAL.find((kind) => each instanceof kind);
      if (type === undefined || !("idx" in each)) return [];
      const prodType = type.name as "Option" | "Repetition" | "RepetitionMandatory";
      const options = { ...shared, prodType, prodOccurrence: Number(each.idx) };
      return [[`${prodType}${each.idx}`, decided(strategy.buildLookaheadForOptional(options))]];
    });
  }
  const OPTIONAL = [Option, Repetition, RepetitionMandatory];

  function* productionsOf(definition: readonly IProduction[]): Generator<IProduction> {
    for (const each of definition) {
      yield each;
      if (!(each instanceof NonTerminal) && "definition" in each && Array.isArray(each.definition))
        yield* productionsOf(each.definition);
    }
  }

  test.each(rules.map((rule) => [rule.name, rule] as const))("are Chevrotain's in %s", (_, rule) => {
    expect(decisions(own, rule)).toEqual(decisions(chevrotains, rule));
  });

  test("are many", () => {
    expect(rules.flatMap((rule) => decisions(own, rule)).length).toBeGreaterThan(50);
  });
});
