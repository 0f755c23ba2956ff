// The tokens of the language. Words of the grammar are soft: each is also a `Name`, so `train` can be a
// split, a branch or a column. Malformed pieces that people often write have tokens of their own, so that
// one clear diagnostic follows instead of several.

import { createToken, Lexer, type TokenType } from "chevrotain";

/** Any token that is no bracket, comma, arrow or line end: what is skipped after a mistake in a line. */
export const Plain = createToken({ name: "Plain", pattern: Lexer.NA });

export const Newline = createToken({
  name: "Newline",
  label: "the end of the line",
  pattern: /\r\n|\n|\r/,
  line_breaks: true,
});
const Blank = createToken({ name: "Blank", pattern: /[ \t\f\v\u00a0]+/, group: Lexer.SKIPPED });
export const Comment = createToken({ name: "Comment", pattern: /#[^\r\n]*/, group: "comments" });
/** `// text`, which is no comment here. */
export const SlashComment = createToken({ name: "SlashComment", pattern: /\/\/[^\r\n]*/, group: "slashes" });

// Letters of the Basic Multilingual Plane outside ASCII, without punctuation and symbols. Written out as
// ranges because Chevrotain cannot see the first characters of a `\p{L}` pattern, which it uses for speed.
const LETTER =
  "A-Za-z_\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u1fff\\u2c00-\\u2dff\\u3040-\\ud7ff\\uf900-\\ufdff";
const NAME = `[${LETTER}][${LETTER}0-9]*`;
export const Name = createToken({
  name: "Name",
  label: "a name",
  pattern: new RegExp(NAME),
  categories: [Plain],
});

const WHOLE_NAME = new RegExp(`^(?:${NAME})$`);

/** The text is one name. */
export function isName(text: string): boolean {
  return WHOLE_NAME.test(text);
}

const keyword = (word: string): TokenType =>
  createToken({
    name: word.charAt(0).toUpperCase() + word.slice(1),
    label: `\`${word}\``,
    pattern: word,
    longer_alt: Name,
    categories: [Name, Plain],
  });
export const Netwright = keyword("netwright");
export const Param = keyword("param");
export const Use = keyword("use");
export const Data = keyword("data");
export const Block = keyword("block");
export const Model = keyword("model");
export const Train = keyword("train");
export const Report = keyword("report");
export const Expect = keyword("expect");
export const In = keyword("in");
export const Repeat = keyword("repeat");
export const If = keyword("if");
export const Else = keyword("else");
export const Residual = keyword("residual");
export const Parallel = keyword("parallel");

// A number is not followed by more of a word or number: `12abc` and `1.2.3` are one malformed number.
const DIGITS = "\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?";
export const Percent = createToken({
  name: "Percent",
  label: "a number",
  pattern: new RegExp(`${DIGITS}%`),
  categories: [Plain],
});
export const NumberLiteral = createToken({
  name: "NumberLiteral",
  label: "a number",
  pattern: new RegExp(`${DIGITS}(?!\\w|\\.\\d)`),
  categories: [Plain],
});
export const MalformedNumber = createToken({
  name: "MalformedNumber",
  label: "a number",
  pattern: /\.?\d\w*(?:\.\w+)*%?/,
  categories: [NumberLiteral, Plain],
});

export const StringLiteral = createToken({
  name: "StringLiteral",
  label: "a string",
  pattern: /"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"/,
  categories: [Plain],
});
/** A string without its closing quote; it runs to the end of the line. */
export const OpenString = createToken({
  name: "OpenString",
  label: "a string",
  pattern: /"[^\r\n]*/,
  categories: [StringLiteral, Plain],
});
export const SingleQuoted = createToken({
  name: "SingleQuoted",
  label: "a string",
  pattern: /'[^'\r\n]*'/,
  categories: [StringLiteral, Plain],
});

const symbol = (name: string, pattern: string, categories: TokenType[] = [Plain]): TokenType =>
  createToken({ name, label: `\`${pattern}\``, pattern, categories });
export const LBrace = symbol("LBrace", "{", []);
export const RBrace = symbol("RBrace", "}", []);
export const LParen = symbol("LParen", "(", []);
export const RParen = symbol("RParen", ")", []);
export const LSquare = symbol("LSquare", "[", []);
export const RSquare = symbol("RSquare", "]", []);
export const Comma = symbol("Comma", ",", []);
export const Arrow = symbol("Arrow", "->", []);
export const Colon = symbol("Colon", ":");
export const Dot = symbol("Dot", ".");
/** `;`, read as the end of a line after a diagnostic. */
export const Semicolon = symbol("Semicolon", ";", []);

/** Anything that stands between two operands. */
export const Operator = createToken({ name: "Operator", label: "an operator", pattern: Lexer.NA });
const operator = (name: string, pattern: string): TokenType => symbol(name, pattern, [Operator, Plain]);
export const LessEqual = operator("LessEqual", "<=");
export const GreaterEqual = operator("GreaterEqual", ">=");
export const EqualEqual = operator("EqualEqual", "==");
export const NotEqual = operator("NotEqual", "!=");
export const Less = operator("Less", "<");
export const Greater = operator("Greater", ">");
export const Equal = symbol("Equal", "=");
export const Plus = operator("Plus", "+");
export const Minus = operator("Minus", "-");
export const Star = operator("Star", "*");
export const Slash = operator("Slash", "/");
export const Range = operator("Range", "..");

/** In the order the lexer tries them. */
export const allTokens: TokenType[] = [
  Newline,
  Blank,
  Comment,
  SlashComment,
  ...[Netwright, Param, Use, Data, Block, Model, Train, Report, Expect],
  ...[In, Repeat, If, Else, Residual, Parallel],
  Name,
  Range,
  Percent,
  NumberLiteral,
  MalformedNumber,
  ...[StringLiteral, OpenString, SingleQuoted],
  ...[LBrace, RBrace, LParen, RParen, LSquare, RSquare, Comma, Semicolon],
  ...[Arrow, LessEqual, GreaterEqual, EqualEqual, NotEqual, Less, Greater, Equal],
  ...[Plus, Minus, Star, Slash, Colon, Dot],
  Plain,
  Operator,
];
