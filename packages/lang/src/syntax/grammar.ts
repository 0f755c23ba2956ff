// The grammar, as a Chevrotain parser that gives a concrete syntax tree. `junk` rules take in what fits
// nowhere, up to the next separator, so that one mistake is one error and the rest is read as usual;
// `build-*.ts` reports them. Bodies in braces never fail at `}`, because `pair-brackets.ts` balances them.
// Soft keywords and junk begin like names and values: where alternatives are marked with IGNORE_AMBIGUITIES, the
// first that fits is meant. One class and one place for all rules, as Chevrotain wants it.

import { quote } from "@netwright/definitions";
import { type IParserErrorMessageProvider, type IToken, type TokenType, tokenLabel } from "chevrotain";
import { LightCstParser } from "./light-cst-parser.ts";
import { firstTokenLookahead } from "./lookahead.ts";
import * as t from "./tokens.ts";

export interface ParserOptions {
  /** Whether reading goes on after a mistake. */
  readonly recoveryEnabled: boolean;
  /** Whether Chevrotain looks for mistakes of the grammar. */
  readonly validate?: boolean;
}

export class NetParser extends LightCstParser {
  /** @throws Error with `validate`, when a decision of the grammar is ambiguous and not marked as meant to be */
  constructor({ recoveryEnabled, validate = false }: ParserOptions) {
    super(t.allTokens, {
      recoveryEnabled,
      nodeLocationTracking: "onlyOffset",
      errorMessageProvider: messages,
      maxLookahead: 1,
      lookaheadStrategy: firstTokenLookahead(),
      // They take longer than reading a file; a test makes them.
      skipValidations: !validate,
    });
    this.performSelfAnalysis();
  }

  readonly file = this.RULE("file", () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Newline) },
        { ALT: () => this.SUBRULE(this.versionItem) },
        { ALT: () => this.SUBRULE(this.paramItem) },
        { ALT: () => this.SUBRULE(this.useItem) },
        { ALT: () => this.SUBRULE(this.blockItem) },
        { ALT: () => this.SUBRULE(this.settingsItem) },
        { ALT: () => this.SUBRULE(this.modelItem) },
        { ALT: () => this.SUBRULE(this.expectItem) },
        { ALT: () => this.SUBRULE(this.unknownItem), IGNORE_AMBIGUITIES: true },
        { ALT: () => this.SUBRULE(this.lineJunk), IGNORE_AMBIGUITIES: true },
      ]);
    });
  });

  // Statements ------------------------------------------------------------------------------------------

  private readonly versionItem = this.RULE("versionItem", () => {
    this.CONSUME(t.Netwright);
    this.CONSUME(t.NumberLiteral);
  });

  private readonly paramItem = this.RULE("paramItem", () => {
    this.CONSUME(t.Param);
    this.CONSUME(t.Name);
    this.CONSUME(t.Equal);
    this.SUBRULE(this.value);
    this.OPTION(() => {
      this.CONSUME(t.In);
      this.SUBRULE(this.expression, { LABEL: "domain" });
    });
  });

  private readonly useItem = this.RULE("useItem", () => {
    this.CONSUME(t.Use);
    this.CONSUME(t.StringLiteral);
  });

  private readonly blockItem = this.RULE("blockItem", () => {
    this.CONSUME(t.Block);
    this.CONSUME(t.Name);
    this.OPTION(() => this.SUBRULE(this.parameters));
    this.OPTION2(() => this.SUBRULE(this.headerJunk));
    this.SUBRULE(this.flow);
  });

  private readonly parameters = this.RULE("parameters", () => {
    this.CONSUME(t.LParen);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.SUBRULE(this.parameter) },
        { ALT: () => this.SUBRULE(this.argumentJunk), IGNORE_AMBIGUITIES: true },
      ]);
    });
    this.CONSUME(t.RParen);
  });

  private readonly parameter = this.RULE("parameter", () => {
    this.CONSUME(t.Name);
    this.OPTION(() => {
      this.OR([{ ALT: () => this.CONSUME(t.Equal) }, { ALT: () => this.CONSUME(t.Colon) }]);
      this.SUBRULE(this.value);
    });
  });

  private readonly settingsItem = this.RULE("settingsItem", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Data) },
      { ALT: () => this.CONSUME(t.Train) },
      { ALT: () => this.CONSUME(t.Report) },
    ]);
    this.OPTION(() => this.CONSUME(t.Name));
    this.OPTION2(() => this.SUBRULE(this.headerJunk));
    this.SUBRULE(this.record);
  });

  private readonly modelItem = this.RULE("modelItem", () => {
    this.CONSUME(t.Model);
    this.OPTION(() => this.SUBRULE(this.headerJunk));
    this.SUBRULE(this.flow);
  });

  private readonly expectItem = this.RULE("expectItem", () => {
    this.CONSUME(t.Expect);
    this.OPTION(() => this.SUBRULE(this.headerJunk));
    this.CONSUME(t.LBrace);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Newline) },
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.SUBRULE(this.expression) },
        { ALT: () => this.SUBRULE(this.settingJunk), IGNORE_AMBIGUITIES: true },
      ]);
    });
    this.CONSUME(t.RBrace);
  });

  private readonly unknownItem = this.RULE("unknownItem", () => {
    this.CONSUME(t.Name);
    this.OPTION(() => this.SUBRULE(this.lineJunk));
  });

  // Flows -----------------------------------------------------------------------------------------------

  private readonly flow = this.RULE("flow", () => {
    this.CONSUME(t.LBrace);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Newline) },
        { ALT: () => this.CONSUME(t.Arrow) },
        { ALT: () => this.SUBRULE(this.step) },
        { ALT: () => this.SUBRULE(this.stepJunk), IGNORE_AMBIGUITIES: true },
      ]);
    });
    this.CONSUME(t.RBrace);
  });

  private readonly step = this.RULE("step", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.repeatStep) },
      { ALT: () => this.SUBRULE(this.ifStep) },
      { ALT: () => this.SUBRULE(this.residualStep) },
      { ALT: () => this.SUBRULE(this.parallelStep) },
      { ALT: () => this.SUBRULE(this.call), IGNORE_AMBIGUITIES: true },
    ]);
  });

  private readonly repeatStep = this.RULE("repeatStep", () => {
    this.CONSUME(t.Repeat);
    this.SUBRULE(this.expression);
    this.SUBRULE(this.flow);
  });

  private readonly ifStep = this.RULE("ifStep", () => {
    this.CONSUME(t.If);
    this.SUBRULE(this.arm);
    this.MANY(() => {
      this.CONSUME(t.Else);
      this.OR([
        {
          ALT: () => {
            this.CONSUME2(t.If);
            this.SUBRULE2(this.arm);
          },
        },
        { ALT: () => this.SUBRULE(this.flow, { LABEL: "otherwise" }) },
      ]);
    });
  });

  private readonly arm = this.RULE("arm", () => {
    this.SUBRULE(this.expression);
    this.SUBRULE(this.flow);
  });

  private readonly residualStep = this.RULE("residualStep", () => {
    this.CONSUME(t.Residual);
    this.OPTION(() => this.SUBRULE(this.arguments));
    this.SUBRULE(this.flow);
  });

  private readonly parallelStep = this.RULE("parallelStep", () => {
    this.CONSUME(t.Parallel);
    this.CONSUME(t.LBrace);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Newline) },
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.SUBRULE(this.branch) },
        { ALT: () => this.SUBRULE(this.settingJunk), IGNORE_AMBIGUITIES: true },
      ]);
    });
    this.CONSUME(t.RBrace);
  });

  private readonly branch = this.RULE("branch", () => {
    this.CONSUME(t.Name);
    this.SUBRULE(this.flow);
  });

  private readonly call = this.RULE("call", () => {
    this.CONSUME(t.Name);
    this.OPTION(() => this.SUBRULE(this.arguments));
  });

  private readonly arguments = this.RULE("arguments", () => {
    this.CONSUME(t.LParen);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.SUBRULE(this.argument) },
        { ALT: () => this.SUBRULE(this.argumentJunk), IGNORE_AMBIGUITIES: true },
      ]);
    });
    this.CONSUME(t.RParen);
  });

  private readonly argument = this.RULE("argument", () => {
    this.OPTION({
      GATE: () => this.LA(2).tokenType === t.Colon || this.LA(2).tokenType === t.Equal,
      DEF: () => {
        this.CONSUME(t.Name);
        this.OR([{ ALT: () => this.CONSUME(t.Colon) }, { ALT: () => this.CONSUME(t.Equal) }]);
      },
    });
    this.SUBRULE(this.value);
  });

  // Settings and values -----------------------------------------------------------------------------------

  private readonly record = this.RULE("record", () => {
    this.CONSUME(t.LBrace);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Newline) },
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.SUBRULE(this.setting) },
        { ALT: () => this.SUBRULE(this.settingJunk), IGNORE_AMBIGUITIES: true },
      ]);
    });
    this.CONSUME(t.RBrace);
  });

  private readonly setting = this.RULE("setting", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Name) }, { ALT: () => this.CONSUME(t.StringLiteral) }]);
    this.OR2({
      ERR_MSG: "`:` after the name of the setting",
      DEF: [
        { ALT: () => this.SUBRULE(this.record) },
        {
          ALT: () => {
            this.CONSUME(t.Colon);
            this.SUBRULE(this.value);
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.Equal);
            this.SUBRULE2(this.value);
          },
        },
      ],
    });
  });

  readonly value = this.RULE("value", () => {
    this.OR({
      ERR_MSG: "a value",
      DEF: [{ ALT: () => this.SUBRULE(this.record) }, { ALT: () => this.SUBRULE(this.expression) }],
    });
  });

  /** Operands and operators in a row; `build-expression.ts` knows which bind tighter. */
  private readonly expression = this.RULE("expression", () => {
    this.SUBRULE(this.operand);
    this.MANY(() => {
      this.CONSUME(t.Operator);
      this.SUBRULE2(this.operand);
    });
  });

  private readonly operand = this.RULE("operand", () => {
    this.MANY(() => {
      this.OR([{ ALT: () => this.CONSUME(t.Minus) }, { ALT: () => this.CONSUME(t.Plus) }]);
    });
    this.OR2({
      ERR_MSG: "a value",
      DEF: [
        { ALT: () => this.CONSUME(t.NumberLiteral) },
        { ALT: () => this.CONSUME(t.Percent) },
        { ALT: () => this.CONSUME(t.StringLiteral) },
        { ALT: () => this.SUBRULE(this.list) },
        { ALT: () => this.SUBRULE(this.group) },
        { ALT: () => this.SUBRULE(this.named) },
      ],
    });
  });

  private readonly named = this.RULE("named", () => {
    this.CONSUME(t.Name);
    this.OPTION(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.arguments) },
        {
          ALT: () => {
            this.AT_LEAST_ONE(() => {
              this.CONSUME(t.Dot);
              this.CONSUME2(t.Name);
            });
            // No value has arguments here; it is what other libraries write: `nn.ReLU()`.
            this.OPTION2(() => this.SUBRULE2(this.arguments));
          },
        },
      ]);
    });
  });

  private readonly list = this.RULE("list", () => {
    this.CONSUME(t.LSquare);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.SUBRULE(this.value) },
        { ALT: () => this.SUBRULE(this.argumentJunk), IGNORE_AMBIGUITIES: true },
      ]);
    });
    this.CONSUME(t.RSquare);
  });

  private readonly group = this.RULE("group", () => {
    this.CONSUME(t.LParen);
    this.SUBRULE(this.expression);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.SUBRULE(this.argumentJunk), IGNORE_AMBIGUITIES: true },
      ]);
    });
    this.CONSUME(t.RParen);
  });

  // What fits nowhere ---------------------------------------------------------------------------------------

  /** To the end of the line. */
  private readonly lineJunk = this.RULE("lineJunk", () => {
    this.AT_LEAST_ONE(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Plain) },
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.CONSUME(t.Arrow) },
        { ALT: () => this.SUBRULE(this.bracket) },
        { ALT: () => this.SUBRULE(this.skippedBraces) },
      ]);
    });
  });

  /** Between the word of a section and its `{`. */
  private readonly headerJunk = this.RULE("headerJunk", () => {
    this.AT_LEAST_ONE(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Plain) },
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.SUBRULE(this.bracket) },
      ]);
    });
  });

  /** To the next line or arrow. */
  private readonly stepJunk = this.RULE("stepJunk", () => {
    this.AT_LEAST_ONE(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Plain) },
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.SUBRULE(this.bracket) },
        { ALT: () => this.SUBRULE(this.skippedBraces) },
      ]);
    });
  });

  /** To the next line or comma, or to what is a setting without doubt. */
  private readonly settingJunk = this.RULE("settingJunk", () => {
    this.AT_LEAST_ONE({
      GATE: () => !this.isKey(t.LBrace),
      DEF: () => {
        this.OR([
          { ALT: () => this.CONSUME(t.Plain) },
          { ALT: () => this.CONSUME(t.Arrow) },
          { ALT: () => this.SUBRULE(this.bracket) },
          { ALT: () => this.SUBRULE(this.skippedBraces) },
        ]);
      },
    });
  });

  /** To the next comma, named argument or closing bracket of the same level. */
  private readonly argumentJunk = this.RULE("argumentJunk", () => {
    this.AT_LEAST_ONE({
      GATE: () => !this.isKey(t.Colon),
      DEF: () => {
        this.OR([
          { ALT: () => this.CONSUME(t.Plain) },
          { ALT: () => this.CONSUME(t.Arrow) },
          { ALT: () => this.SUBRULE(this.skippedParens) },
          { ALT: () => this.SUBRULE(this.skippedSquares) },
          { ALT: () => this.SUBRULE(this.skippedBraces) },
        ]);
      },
    });
  });

  /** A name, and behind it `:`, `=` or `sign`. */
  private isKey(sign: TokenType): boolean {
    const [{ tokenType: name }, { tokenType: behind }] = [this.LA(1), this.LA(2)];
    const isName = name === t.Name || name === t.StringLiteral || (name.CATEGORIES ?? []).includes(t.Name);
    return isName && (behind === t.Colon || behind === t.Equal || behind === sign);
  }

  private readonly bracket = this.RULE("bracket", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.LParen) },
      { ALT: () => this.CONSUME(t.RParen) },
      { ALT: () => this.CONSUME(t.LSquare) },
      { ALT: () => this.CONSUME(t.RSquare) },
    ]);
  });

  private readonly skippedBraces = this.RULE("skippedBraces", () => {
    this.CONSUME(t.LBrace);
    this.SUBRULE(this.skipped);
    this.CONSUME(t.RBrace);
  });

  private readonly skippedParens = this.RULE("skippedParens", () => {
    this.CONSUME(t.LParen);
    this.SUBRULE(this.skipped);
    this.CONSUME(t.RParen);
  });

  private readonly skippedSquares = this.RULE("skippedSquares", () => {
    this.CONSUME(t.LSquare);
    this.SUBRULE(this.skipped);
    this.CONSUME(t.RSquare);
  });

  private readonly skipped = this.RULE("skipped", () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Plain) },
        { ALT: () => this.CONSUME(t.Newline) },
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.CONSUME(t.Arrow) },
        { ALT: () => this.SUBRULE(this.skippedBraces) },
        { ALT: () => this.SUBRULE(this.skippedParens) },
        { ALT: () => this.SUBRULE(this.skippedSquares) },
      ]);
    });
  });

  // Nothing is inserted or dropped in silence: the junk rules say what was skipped.
  protected override canTokenTypeBeInsertedInRecovery(_type: TokenType): boolean {
    return false;
  }
  protected override canTokenTypeBeDeletedInRecovery(_type: TokenType): boolean {
    return false;
  }
}

const messages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, actual }) =>
    `expected ${tokenLabel(expected)}, found ${found(actual)}`,
  buildNotAllInputParsedMessage: ({ firstRedundant }) => `unexpected ${found(firstRedundant)}`,
  buildNoViableAltMessage: ({ actual, customUserDescription }) =>
    `expected ${customUserDescription ?? "something else"}, found ${found(actual[0])}`,
  buildEarlyExitMessage: ({ actual, customUserDescription }) =>
    `expected ${customUserDescription ?? "more"}, found ${found(actual[0])}`,
};

/** A token as messages call it. */
export function found(token: IToken | undefined): string {
  if (token === undefined || token.image === "") return "the end";
  if (token.tokenType === t.Newline) return "the end of the line";
  return quote(token.image);
}
