// Which alternative the next token begins. Chevrotain works this out for every decision of the grammar, and for any number
// of tokens, when the parser is made: most of the time of reading a file. One token is enough for this grammar, so here
// a decision is a set of kinds of tokens, made when it is first met.

import {
  Alternation,
  Alternative,
  type ILookaheadStrategy,
  type IOrAlt,
  type IProduction,
  type IToken,
  LLkLookaheadStrategy,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  type Rule,
  Terminal,
} from "chevrotain";

/** What a decision sees of the parser, which Chevrotain gives it as `this`. */
interface Parser {
  readonly LA: (howMuch: number) => IToken;
}

/** Kinds of tokens, by Chevrotain's numbers. */
interface First {
  readonly kinds: ReadonlySet<number>;
  readonly mayBeEmpty: boolean;
}

export function firstTokenLookahead(): ILookaheadStrategy {
  const strategy = new LLkLookaheadStrategy({ maxLookahead: 1 });
  const firsts = new Map<Rule, First>();
  return {
    validate: (options) => strategy.validate(options),
    buildLookaheadForAlternation: ({ rule, prodOccurrence, hasPredicates }) => {
      let sets: readonly ReadonlySet<number>[] | undefined;
      return function (this: Parser, alternatives: IOrAlt<unknown>[] = []) {
        sets ??= alternativesOf(rule, prodOccurrence).map((each) => kindsOf(each, firsts));
        const { tokenTypeIdx: next } = this.LA(1);
        const isOpen = (i: number) => !hasPredicates || alternatives[i]?.GATE?.call(this) !== false;
        const found = sets.findIndex((kinds, i) => kinds.has(next) && isOpen(i));
        return found < 0 ? undefined : found;
      };
    },
    buildLookaheadForOptional: ({ rule, prodOccurrence, prodType }) => {
      let kinds: ReadonlySet<number> | undefined;
      return function (this: Parser) {
        kinds ??= kindsOf(optionalOf(rule, prodOccurrence, prodType), firsts);
        return kinds.has(this.LA(1).tokenTypeIdx);
      };
    },
  };
}

function alternativesOf(rule: Rule, occurrence: number): readonly IProduction[] {
  for (const each of within(rule.definition)) {
    if (each instanceof Alternation && each.idx === occurrence) return each.definition;
  }
  throw new Error(`rule ${rule.name} has no decision ${occurrence}`);
}

const OPTIONAL = { Option, Repetition, RepetitionMandatory } as const;

function optionalOf(rule: Rule, occurrence: number, type: string): IProduction {
  for (const [name, kind] of Object.entries(OPTIONAL)) {
    if (name !== type) continue;
    for (const each of within(rule.definition)) {
      if (each instanceof kind && each.idx === occurrence)
        return new Alternative({ definition: each.definition });
    }
  }
  throw new Error(`rule ${rule.name} has no ${type} ${occurrence} that is known here`);
}

/** All productions of a rule, without those of the rules that it names. */
function* within(definition: readonly IProduction[]): Generator<IProduction> {
  for (const each of definition) {
    yield each;
    if (!(each instanceof NonTerminal) && "definition" in each && Array.isArray(each.definition)) {
      yield* within(each.definition);
    }
  }
}

/** Chevrotain's validation leaves no alternative and no option that may be empty. */
function kindsOf(production: IProduction, firsts: Map<Rule, First>): ReadonlySet<number> {
  return firstOf(production, firsts).kinds;
}

function firstOf(production: IProduction, firsts: Map<Rule, First>): First {
  if (production instanceof Terminal) {
    const { tokenTypeIdx, categoryMatches = [] } = production.terminalType;
    return { kinds: new Set([tokenTypeIdx ?? -1, ...categoryMatches]), mayBeEmpty: false };
  }
  if (production instanceof NonTerminal) {
    const rule = production.referencedRule;
    const known = firsts.get(rule) ?? inOrder(rule.definition, firsts);
    firsts.set(rule, known);
    return known;
  }
  if (production instanceof Alternation) {
    const each = production.definition.map((alternative) => firstOf(alternative, firsts));
    return {
      kinds: new Set(each.flatMap(({ kinds }) => [...kinds])),
      mayBeEmpty: each.some(({ mayBeEmpty }) => mayBeEmpty),
    };
  }
  if (production instanceof Alternative || production instanceof RepetitionMandatory) {
    return inOrder(production.definition, firsts);
  }
  if (production instanceof Option || production instanceof Repetition) {
    return { ...inOrder(production.definition, firsts), mayBeEmpty: true };
  }
  throw new Error("the grammar has a production that is not known here");
}

function inOrder(definition: readonly IProduction[], firsts: Map<Rule, First>): First {
  const kinds = new Set<number>();
  for (const each of definition) {
    const first = firstOf(each, firsts);
    for (const kind of first.kinds) kinds.add(kind);
    if (!first.mayBeEmpty) return { kinds, mayBeEmpty: false };
  }
  return { kinds, mayBeEmpty: true };
}
