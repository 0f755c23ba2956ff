// The syntax tree of a `.net` file: what was written, before any name is looked up. Plain data with a span
// on every node. What the parser could not read is present as `broken`, so later phases keep quiet about it.

import type { Span } from "@netwright/definitions";

export interface File {
  readonly kind: "file";
  readonly span: Span;
  readonly items: readonly Item[];
  /** All tokens of the text in order, line ends and comments too: what a formatter needs. */
  readonly tokens: readonly Token[];
  /** Some part of the text could not be read; absence of a thing proves nothing. */
  readonly broken: boolean;
}

/** `kind` is the name of a token in `tokens.ts`; the spelling is the text under `span`. */
export interface Token {
  readonly kind: string;
  readonly span: Span;
}

export type Item =
  | VersionItem
  | ParamItem
  | UseItem
  | BlockItem
  | SettingsItem
  | ModelItem
  | ExpectItem
  | UnknownItem;

interface Node {
  readonly span: Span;
}

/** A name where it is defined, or the key of a setting; quoted when it is written as a string. */
export interface Name extends Node {
  readonly text: string;
  readonly quoted: boolean;
}

/** `netwright 1` */
export interface VersionItem extends Node {
  readonly kind: "version";
  readonly version: number | undefined;
  /** The place of the number; of the statement where there is none. */
  readonly at: Span;
}

/** `param depth = 3 in 1..6` */
export interface ParamItem extends Node {
  readonly kind: "param";
  readonly name: Name;
  readonly value: Expression;
  readonly domain: Expression | undefined;
}

/** `use "other.net"` */
export interface UseItem extends Node {
  readonly kind: "use";
  readonly path: StringExpression;
}

/** `block hidden(units, act = relu) { ... }` */
export interface BlockItem extends Node {
  readonly kind: "block";
  readonly name: Name;
  readonly parameters: readonly Parameter[];
  readonly body: Flow;
}

export interface Parameter extends Node {
  readonly name: Name;
  readonly value: Expression | undefined;
}

/** `data concrete { ... }`, `train { ... }` and `report { ... }` */
export interface SettingsItem extends Node {
  readonly kind: "data" | "train" | "report";
  readonly keyword: Span;
  readonly name: Name | undefined;
  readonly settings: RecordExpression;
}

/** `model { ... }` */
export interface ModelItem extends Node {
  readonly kind: "model";
  readonly keyword: Span;
  readonly body: Flow;
}

/** `expect { ... }`; each entry should be a comparison of a path with a number. */
export interface ExpectItem extends Node {
  readonly kind: "expect";
  readonly keyword: Span;
  readonly entries: readonly Expression[];
}

/** A statement that starts with a word that is none of the language. */
export interface UnknownItem extends Node {
  readonly kind: "unknown";
  readonly name: Name;
  /** It has a body in braces, so a section was meant. */
  readonly section: boolean;
}

/** Steps in sequence, between braces. */
export interface Flow extends Node {
  readonly steps: readonly Step[];
}

export type Step = CallStep | RepeatStep | IfStep | ResidualStep | ParallelStep | BrokenStep;

/** `dense(512, relu)` or `relu` */
export interface CallStep extends Node {
  readonly kind: "call";
  readonly call: CallExpression | NameExpression;
}

/** `repeat depth { ... }` */
export interface RepeatStep extends Node {
  readonly kind: "repeat";
  readonly keyword: Span;
  readonly count: Expression;
  readonly body: Flow;
}

/** `if a { } else if b { } else { }` */
export interface IfStep extends Node {
  readonly kind: "if";
  readonly keyword: Span;
  readonly arms: readonly { readonly condition: Expression; readonly body: Flow }[];
  readonly otherwise: Flow | undefined;
}

/** `residual(project: dense) { ... }` */
export interface ResidualStep extends Node {
  readonly kind: "residual";
  readonly keyword: Span;
  readonly arguments: readonly Argument[];
  readonly body: Flow;
}

/** `parallel { a { ... } b { ... } }`; the step after it joins the branches. */
export interface ParallelStep extends Node {
  readonly kind: "parallel";
  readonly keyword: Span;
  readonly branches: readonly { readonly name: Name; readonly body: Flow }[];
}

export interface BrokenStep extends Node {
  readonly kind: "broken";
}

export type Expression =
  | NumberExpression
  | StringExpression
  | ConstantExpression
  | NameExpression
  | PathExpression
  | CallExpression
  | ListExpression
  | RecordExpression
  | OperationExpression
  | NegationExpression
  | GroupExpression
  | BrokenExpression;

export interface NumberExpression extends Node {
  readonly kind: "number";
  /** `70%` is 0.7. */
  readonly value: number;
  /** Written without point, exponent and percent sign. */
  readonly whole: boolean;
}

export interface StringExpression extends Node {
  readonly kind: "string";
  /** Without quotes, escapes resolved. */
  readonly value: string;
}

/** `true`, `false` and `none` (null). */
export interface ConstantExpression extends Node {
  readonly kind: "constant";
  readonly value: boolean | null;
}

export interface NameExpression extends Node {
  readonly kind: "name";
  readonly name: string;
}

/** `test.r2`, `test.accuracy(top: 3)` */
export interface PathExpression extends Node {
  readonly kind: "path";
  readonly first: Name;
  readonly second: Name;
  readonly arguments: readonly Argument[];
}

export interface CallExpression extends Node {
  readonly kind: "call";
  readonly name: Name;
  readonly arguments: readonly Argument[];
}

export interface Argument extends Node {
  readonly name: Name | undefined;
  readonly value: Expression;
}

export interface ListExpression extends Node {
  readonly kind: "list";
  readonly items: readonly Expression[];
}

/** `{ train: 70%, seed: 0 }`; also the body of `data`, `train` and `report`. */
export interface RecordExpression extends Node {
  readonly kind: "record";
  readonly settings: readonly Setting[];
  /** Some setting could not be read; absence of a key proves nothing. */
  readonly broken: boolean;
}

export interface Setting extends Node {
  readonly key: Name;
  readonly value: Expression;
}

export type ArithmeticOperator = "+" | "-" | "*" | "/";
export type Comparison = "<" | "<=" | ">" | ">=" | "==" | "!=";
export type Operator = ArithmeticOperator | Comparison | "..";

/** A chain of operators of one precedence, read from left to right. */
export interface OperationExpression extends Node {
  readonly kind: "operation";
  readonly first: Expression;
  readonly rest: readonly {
    readonly operator: Operator;
    readonly operatorSpan: Span;
    readonly operand: Expression;
  }[];
}

export interface NegationExpression extends Node {
  readonly kind: "negation";
  readonly operand: Expression;
}

/** An expression in parentheses. */
export interface GroupExpression extends Node {
  readonly kind: "group";
  readonly inner: Expression;
}

export interface BrokenExpression extends Node {
  readonly kind: "broken";
}
