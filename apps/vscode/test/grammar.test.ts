// The grammar for highlighting, run by the engine of VS Code itself: the scopes of each word of samples.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "@jest/globals";
import oniguruma from "vscode-oniguruma";
import textmate, { type IGrammar, type StateStack } from "vscode-textmate";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

const GRAMMAR = "../extension/syntaxes/netwright.tmLanguage.json";
const SCOPE = "source.netwright";

let grammar: IGrammar;

beforeAll(async () => {
  const engine = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
  // A copy whose buffer is of this realm.
  await oniguruma.loadWASM(new Uint8Array(readFileSync(engine)).buffer);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) =>
      scope === SCOPE
        ? textmate.parseRawGrammar(read(GRAMMAR), fileURLToPath(new URL(GRAMMAR, import.meta.url)))
        : null,
  });
  const loaded = await registry.loadGrammar(SCOPE);
  if (loaded === null) throw new Error("the grammar is not found");
  grammar = loaded;
});

interface Word {
  readonly text: string;
  readonly scopes: string;
}

/** Words with scopes, without `source.netwright` and the suffix. */
function wordsOf(text: string): Word[][] {
  let state: StateStack = textmate.INITIAL;
  return text.split(/\r?\n/).map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens
      .map(({ startIndex, endIndex, scopes }) => ({
        text: line.slice(startIndex, endIndex),
        scopes: scopes
          .slice(1)
          .map((scope) => scope.replace(/\.netwright$/, ""))
          .join(" "),
      }))
      .filter(({ text: word }) => word.trim() !== "");
  });
}

function render(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line, i) => {
      const words = wordsOf(text)[i] ?? [];
      const punctuation = /^punctuation\.(section|separator)/;
      const shown = words.filter(({ scopes }) => !punctuation.test(scopes));
      return [
        `> ${line}`,
        ...shown.map((word) => `    ${word.text.trim()}  ${word.scopes || "(none)"}`),
      ].join("\n");
    })
    .join("\n");
}

/** The scopes of a word in a line, at its first place. */
function scopeOf(line: string, word: string): string | undefined {
  return wordsOf(line)
    .flat()
    .find(({ text }) => text.trim() === word)?.scopes;
}

describe("scopes", () => {
  test.each(["tour", "broken"])("of the sample %s", (name) => {
    expect(render(read(`samples/${name}.net`))).toMatchSnapshot();
  });

  test.each([
    "../../../examples/concrete/concrete.net",
    "../../../examples/concrete/concrete-swish.net",
    "../../../examples/concrete/concrete-activation-layers.net",
  ])("every word of %s has one", (path) => {
    const bare = wordsOf(read(path))
      .flat()
      .filter(({ scopes }) => scopes === "");
    expect(bare).toEqual([]);
  });

  test("a word of the language that is a key, a name or a part of a path is no keyword", () => {
    expect(scopeOf("train {", "train")).toBe("storage.type.section");
    expect(scopeOf("  train: 70%", "train")).toBe("support.type.property-name");
    expect(scopeOf("  train.mae < 4", "train")).toBe("entity.name.namespace");
    expect(scopeOf("  dense(input: 2)", "input")).toBe("support.type.property-name");
    expect(scopeOf("  add -> inputs", "inputs")).toBe("variable.other");
    expect(scopeOf("  repeated", "repeated")).toBe("variable.other");
  });

  test("a string ends with its line, and a sign inside of one begins no comment", () => {
    expect(scopeOf('  source: "a # b" # c', "# c")).toBeUndefined();
    expect(wordsOf('  source: "a # b" # c').flat().at(-1)?.scopes).toBe("comment.line.number-sign");
    const [open, next] = wordsOf('source: "open\ntarget: y');
    expect(open?.at(-1)?.scopes).toBe("string.quoted.double");
    expect(next?.[0]?.scopes).toBe("support.type.property-name");
  });

  test("line ends of any kind and a byte order mark change nothing", () => {
    expect(wordsOf("\ufeffnetwright 1")[0]?.map(({ scopes }) => scopes)).toEqual([
      "keyword.other",
      "constant.numeric",
    ]);
  });
});
