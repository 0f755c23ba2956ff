import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Diagnostic, diagnosticsToJson, renderDiagnostics, sourceText } from "../../src/index.ts";

const sources = (text: string) => new Map([["a.net", sourceText("a.net", text)]]);

function diagnostic(start: number, end: number, more: Partial<Diagnostic> = {}): Diagnostic {
  return {
    code: "NW0301",
    severity: "error",
    span: { file: "a.net", start, end },
    message: "wrong",
    notes: [],
    ...more,
  };
}

function render(text: string, start: number, end: number, more: Partial<Diagnostic> = {}): string[] {
  return renderDiagnostics([diagnostic(start, end, more)], sources(text)).split("\n");
}

describe("text", () => {
  test("the form of the language page", () => {
    const text = `${"\n".repeat(23)}  dense(unit: 512)\n`;
    const fix = { title: "did you mean `units`?", edits: [] };
    const message = "dense has no parameter `unit`";
    const rendered = renderDiagnostics(
      [diagnostic(31, 35, { message, fix, notes: ["A note."] })],
      sources(text),
    );
    expect(rendered).toBe(
      [
        "a.net:24:9  error NW0301  dense has no parameter `unit`",
        "   24 |   dense(unit: 512)",
        "      |         ^^^^ did you mean `units`?",
        "      = A note.",
        "",
      ].join("\n"),
    );
  });

  test("tabs are shown as blanks and counted as one column", () => {
    expect(render("\t\tab\tc", 2, 4).slice(0, 3)).toEqual([
      "a.net:1:3  error NW0301  wrong",
      "    1 |         ab    c",
      "      |         ^^",
    ]);
  });

  test("a place of no width has one caret, also at the end of the text", () => {
    expect(render("abc", 3, 3)[2]).toBe("      |    ^");
  });

  test("of several lines the first is shown", () => {
    expect(render("ab {\n  c\n}\n", 3, 10).slice(1, 3)).toEqual(["    1 | ab {", "      |    ^"]);
  });

  test("columns count code points", () => {
    expect(render("😀😀 x", 5, 6).slice(0, 3)).toEqual([
      "a.net:1:4  error NW0301  wrong",
      "    1 | 😀😀 x",
      "      |    ^",
    ]);
  });

  test("long lines are cut around the place", () => {
    const [, line = "", caret = ""] = render(
      `${"a".repeat(5_000_000)}X${"b".repeat(5_000_000)}`,
      5_000_000,
      5_000_001,
    );
    expect(line.length).toBeLessThan(130);
    expect(line.charAt(caret.indexOf("^"))).toBe("X");
    expect(line).toContain("…");
  });

  test("a long place on a long line is cut as well", () => {
    const lines = render(`x ${"a".repeat(1_000)}`, 2, 1_002);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(130);
  });

  test("control characters do not reach the terminal", () => {
    expect(render("a\u001b[31mb\u202ec", 0, 1)[1]).toBe("    1 | a\ufffd[31mb\ufffdc");
  });

  test("without a place there is no excerpt", () => {
    const { span: _, ...placeless } = diagnostic(0, 0, { severity: "warning", notes: ["A note."] });
    expect(renderDiagnostics([placeless], sources(""))).toBe("warning NW0301  wrong\n      = A note.\n");
  });

  test("parts are painted with the functions that are given", () => {
    const mark = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
    const fix = { title: "fix it", edits: [] };
    const paint = { error: mark("e"), place: mark("p"), gutter: mark("g"), fix: mark("f") };
    expect(renderDiagnostics([diagnostic(0, 1, { fix })], sources("ab"), paint)).toBe(
      [
        "<p>a.net:1:1</p>  <e>error NW0301</e>  wrong",
        "<g>    1 |</g> ab",
        "<g>      |</g> <e>^</e> <f>fix it</f>",
        "",
      ].join("\n"),
    );
  });

  test("any place in any text can be shown, the caret under its first character", () => {
    const anything = fc.string({ unit: "binary", maxLength: 300 });
    fc.assert(
      fc.property(anything, fc.nat(320), fc.nat(320), (text, a, b) => {
        const [, line = "", caret = ""] = render(text, Math.min(a, b), Math.max(a, b));
        if (line.includes("|")) expect([...line].length + 1).toBeGreaterThanOrEqual(caret.indexOf("^"));
      }),
      { numRuns: 500 },
    );
  });
});

describe("on a terminal", () => {
  const text = `${"\n".repeat(23)}  residual(project: dense) { dense(unit: 512, activation: relu) -> dropout(20%) }\n`;
  const start = text.indexOf("unit");
  const more = {
    message: "dense has no parameter `unit`, and this message is longer than most of them are",
    fix: { title: "did you mean `units`?", edits: [] },
    notes: ["Parameters of dense: `units`, `activation`, `use_bias`, `kernel_initializer` and others."],
  };
  const at = (width?: number) =>
    renderDiagnostics([diagnostic(start, start + 4, more)], sources(text), {}, width);

  test("prose is broken at blanks, the line of the file is cut, the caret stays in place", () => {
    expect(at(40)).toBe(
      [
        "a.net:24:36",
        "  error NW0301  dense has no parameter",
        "    `unit`, and this message is longer",
        "    than most of them are",
        "   24 | …) { dense(unit: 512, activatio…",
        "      |            ^^^^",
        "      = did you mean `units`?",
        "      = Parameters of dense: `units`,",
        "        `activation`, `use_bias`,",
        "        `kernel_initializer` and others.",
        "",
      ].join("\n"),
    );
  });

  test("a message that fits nearly stands beside its place, and goes on below", () => {
    expect(at(80).split("\n").slice(0, 2)).toEqual([
      "a.net:24:36  error NW0301  dense has no parameter `unit`, and this message is",
      "  longer than most of them are",
    ]);
  });

  test("without a width every message and note is one line", () => {
    const lines = at().split("\n");
    expect(lines[0]).toBe(`a.net:24:36  error NW0301  ${more.message}`);
    expect(lines).toContain(`      = ${more.notes[0]}`);
  });

  test("no word is lost, no line but one long word is too wide, and the caret is under its place", () => {
    const word = fc.string({ minLength: 1, maxLength: 14 }).filter((w) => /^[!-~]+$/.test(w));
    const sentence = fc.array(word, { minLength: 1, maxLength: 20 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(
        fc.record({ message: sentence, note: sentence, before: sentence, after: sentence }),
        fc.integer({ min: 1, max: 140 }),
        ({ message, note, before, after }, width) => {
          const line = `${before} X ${after}`;
          const span = [before.length + 1, before.length + 2] as const;
          const found = diagnostic(...span, { message, notes: [note], fix: { title: "mend it", edits: [] } });
          const shown = renderDiagnostics([found], sources(line), {}, width);
          const lines = shown.trimEnd().split("\n");
          for (const one of lines) {
            const words = one.trim().split(/ +/);
            // The place, the code and the margin stand before a first word whatever the width.
            if (one.length > Math.max(width, 24)) expect(words.length).toBeLessThan(5);
          }
          expect(shown.replaceAll(/\s+/g, "")).toContain(message.replaceAll(" ", ""));
          expect(shown.replaceAll(/\s+/g, "")).toContain(note.replaceAll(" ", ""));
          const caret = lines.findIndex((one) => /^ +\| +\^/.test(one));
          expect(lines[caret - 1]?.charAt(lines[caret]?.indexOf("^") ?? 0)).toBe("X");
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("JSON", () => {
  test("lines and columns from 1, the end exclusive", () => {
    const fix = { title: "f", edits: [{ span: { file: "a.net", start: 3, end: 4 }, text: "y" }] };
    expect(diagnosticsToJson([diagnostic(1, 4, { fix, notes: ["n"] })], sources("ab\ncd"))).toEqual([
      {
        file: "a.net",
        line: 1,
        column: 2,
        endLine: 2,
        endColumn: 2,
        code: "NW0301",
        severity: "error",
        message: "wrong",
        notes: ["n"],
        fix: {
          title: "f",
          edits: [{ file: "a.net", line: 2, column: 1, endLine: 2, endColumn: 2, text: "y" }],
        },
      },
    ]);
  });

  test("nulls where no text is involved", () => {
    const { span: _, ...placeless } = diagnostic(0, 0);
    expect(diagnosticsToJson([placeless], sources(""))[0]).toMatchObject({
      file: null,
      line: null,
      fix: null,
    });
  });
});
