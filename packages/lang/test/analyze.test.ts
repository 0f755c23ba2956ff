import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { diagnosticsToJson, renderDiagnostics } from "../src/index.ts";
import { analyzeText, codesOf, concreteData, hostOf } from "./host.ts";

const head = `netwright 1\n${concreteData}`;

describe("the header of the data", () => {
  const missing = head.replace("concrete.csv", "missing.csv");

  test("an unknown header gives the data settings, no model and no follow-on problem", () => {
    const analysis = analyzeText(
      `${missing}model {\n  dense(features * 2)\n  residual { dense(3) }\n  dense(7)\n}\n`,
    );
    expect(analysis.diagnostics).toEqual([]);
    expect(analysis.model).toBeUndefined();
    expect(analysis.data?.source).toBe("missing.csv");
    expect(analysis.data?.spans["source"]).toEqual({ file: "test.net", start: 38, end: 51 });
  });

  test("other problems are still found, and the data settings still returned", () => {
    const analysis = analyzeText(`${missing}model { dense(-1) -> rellu }\n`);
    expect(codesOf(analysis)).toEqual(["NW0304", "NW0205"]);
    expect(analysis.data?.target).toEqual(["CompressiveStrength"]);
  });

  test("an unknown target says nothing about shapes", () => {
    expect(codesOf(analyzeText(`${head.replace("Compressive", "Tensile")}model { dense(3) }\n`))).toEqual([
      "NW0601",
    ]);
  });

  test("the host is asked with the path as written and the file that names it", () => {
    const asked: string[][] = [];
    const columns = (source: string, from: string): undefined => {
      asked.push([source, from]);
    };
    const host = { ...hostOf(), columns };
    analyzeText(`${head}model { dense(1) }\n`, {
      host,
      overrides: [{ path: "data.source", value: '"other.csv"' }],
    });
    expect(asked).toEqual([["other.csv", "test.net"]]);
  });
});

describe("the model", () => {
  test("is absent when there is any error, also in an override", () => {
    const text = `${head}model { dense(1) }\ntrain { }\n`;
    expect(analyzeText(text).model?.name).toBe("test");
    expect(analyzeText(text, { overrides: [{ path: "train.epochs", value: "0" }] }).model).toBeUndefined();
  });

  test("places of layers and settings are those of the text", () => {
    const text = `${head}block b { dense(4) }\nmodel {\n  b\n  dense(1)\n}\ntrain { loss: mae }\n`;
    const { model } = analyzeText(text);
    const written = (span: { start: number; end: number } | undefined): string =>
      text.slice(span?.start ?? 0, span?.end ?? 0);
    expect(model?.nodes.map(({ span }) => written(span))).toEqual(["dense(4)", "dense(1)"]);
    expect(written(model?.train?.loss.span)).toBe("mae");
    expect(written(model?.train?.spans["loss"])).toBe("mae");
    expect(written(model?.train?.optimizer.span)).toBe("train");
    expect(written(model?.data?.spans["target"])).toBe("CompressiveStrength");
  });

  test("survives JSON", () => {
    const { model } = analyzeText(
      `${head}param a = [1, relu, "x", none]\nmodel { if a == a { dense(1) } }\ntrain { }\n`,
    );
    expect(model).toBeDefined();
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });

  test("of two overrides of one path the later holds", () => {
    const overrides = ["3", "5"].map((value) => ({ path: "train.epochs", value }));
    expect(analyzeText(`${head}model { dense(1) }\ntrain { }\n`, { overrides }).model?.train?.epochs).toBe(5);
  });

  test("a base path and a path below it work together", () => {
    const overrides = [
      { path: "train.optimizer.learning_rate", value: "1e-4" },
      { path: "train.optimizer", value: "sgd" },
    ];
    const { model } = analyzeText(`${head}model { dense(1) }\ntrain { }\n`, { overrides });
    expect(model?.train?.optimizer).toMatchObject({ name: "sgd", args: { learning_rate: 1e-4 } });
  });
});

describe("the order of diagnostics", () => {
  test("main file, used files, overrides, each by place", () => {
    const text = `netwright 1\nuse "b.net"\nuse "a.net"\n${concreteData}model { dens(1) -> rellu }\n`;
    const files = {
      "a.net": "netwright 1\nblock a { rellu }\n",
      "b.net": "netwright 1\nblock b { rellu -> dense }\n",
    };
    const overrides = [{ path: "wibble", value: "3" }];
    const { diagnostics } = analyzeText(text, { host: hostOf(files), overrides });
    expect(diagnostics.map(({ span, code }) => `${span?.file} ${code}`)).toEqual([
      "test.net NW0205",
      "test.net NW0205",
      "b.net NW0205",
      "b.net NW0302",
      "a.net NW0205",
      "--set wibble NW0502",
    ]);
  });

  test("after a thousand problems the rest is counted", () => {
    const { diagnostics } = analyzeText(`${head}model {\n${"  rellu\n".repeat(1_500)}}\n`);
    expect(diagnostics).toHaveLength(1_001);
    expect(diagnostics.at(-1)).toMatchObject({ code: "NW0115", message: "500 more problems are not shown" });
  });
});

describe("size", () => {
  const timed = (text: string) => {
    // Time of this process, so that what else the machine does is not measured.
    const started = process.cpuUsage();
    const analysis = analyzeText(text);
    const { user, system } = process.cpuUsage(started);
    return { ...analysis, milliseconds: (user + system) / 1_000 };
  };

  test("lines cost what lines cost, however many there are", () => {
    const line = "  dense(units: 64, activation: leaky_relu(0.1)) # a layer\n";
    const least = (lines: number) => {
      const runs = [1, 2, 3].map(() => timed(`${head}model {\n${line.repeat(lines)}  dense(1)\n}\n`));
      expect(runs[0]?.model?.nodes).toHaveLength(lines + 1);
      return Math.min(...runs.map(({ milliseconds }) => milliseconds));
    };
    least(100);
    // Four times as many: 4 in proportion, 16 by the square.
    expect(least(5_000) / least(1_250)).toBeLessThan(10);
  });

  test("repeat 500", () => {
    const { model } = timed(`${head}model {\n  repeat 500 { dense(8) -> relu }\n  dense(1)\n}\n`);
    expect(model?.nodes).toHaveLength(1_001);
  });

  test("200 blocks that use one another, and 200 levels of braces", () => {
    const blocks = Array.from(
      { length: 200 },
      (_, i) => `block b${i} { ${i === 0 ? "dense(1)" : `b${i - 1}`} }\n`,
    );
    expect(timed(`${head}${blocks.join("")}model { b199 }\n`).model?.nodes).toHaveLength(1);
    const braces = `${"repeat 1 { ".repeat(200)}dense(1)${" }".repeat(200)}`;
    expect(timed(`${head}model { ${braces} }\n`).model?.nodes).toHaveLength(1);
    const residual = `dense(1) -> ${"residual { ".repeat(200)}relu${" }".repeat(200)}`;
    expect(timed(`${head}model { ${residual} }\n`).model?.nodes).toHaveLength(202);
  });

  test("a chain of blocks beyond the limit is a problem and no crash", () => {
    const blocks = Array.from(
      { length: 5_000 },
      (_, i) => `block b${i} { ${i === 0 ? "dense(1)" : `b${i - 1}`} }\n`,
    );
    expect(codesOf(timed(`${head}${blocks.join("")}model { b4999 }\n`))).toEqual(["NW0110"]);
  });

  test("blocks that double are stopped", () => {
    const blocks = Array.from(
      { length: 40 },
      (_, i) => `block b${i} { ${i === 0 ? "" : `b${i - 1} -> b${i - 1}`} }\n`,
    );
    const analysis = timed(`${head}${blocks.join("")}model { b39 -> dense(1) }\n`);
    expect(codesOf(analysis)).toEqual(["NW0223"]);
    // A list that was copied for each of its 50,000 entries took 45 s.
    expect(analysis.milliseconds).toBeLessThan(15_000);
  });

  test("a chain of params, in either direction, is a value or a problem and no crash", () => {
    const params = Array.from({ length: 2_000 }, (_, i) => `param p${i} = ${i === 0 ? "1" : `p${i - 1}`}\n`);
    const model = "model { dense(p1999) }\n";
    expect(timed(`${head}${params.join("")}${model}`).model).toBeDefined();
    const analysis = timed(`${head}${params.reverse().join("")}${model}`);
    expect(new Set(codesOf(analysis))).toEqual(new Set(["NW0505"]));
  });
});

const specs = fileURLToPath(new URL("./specs", import.meta.url));
const texts = readdirSync(specs).flatMap((feature) =>
  readdirSync(join(specs, feature)).map((file) => readFileSync(join(specs, feature, file), "utf8")),
);

describe("any file", () => {
  test("with lines dropped, doubled and swapped, and any override, gives diagnostics that can be shown", () => {
    const lines = fc.constantFrom(...texts).map((text) => text.split("\n"));
    const edits = fc.array(fc.tuple(fc.nat(60), fc.constantFrom("drop", "double", "swap")), { maxLength: 4 });
    const override = fc.tuple(
      fc.constantFrom(
        "depth",
        "width",
        "train.epochs",
        "train.loss.delta",
        "data.split",
        "data.target",
        "a.b",
      ),
      fc.oneof(
        fc.string({ maxLength: 5 }),
        fc.constantFrom("3", "relu", "[1]", "{ a: 1 }", "1..2", "adam(1)"),
      ),
    );
    fc.assert(
      fc.property(lines, edits, fc.array(override, { maxLength: 2 }), (original, changes, overrides) => {
        const changed = [...original];
        for (const [at, change] of changes) {
          const line = changed[at] ?? "";
          if (change === "drop") changed.splice(at, 1);
          else if (change === "double") changed.splice(at, 0, line);
          else changed.splice(at, 2, changed[at + 1] ?? "", line);
        }
        const analysis = analyzeText(changed.join("\n"), {
          overrides: overrides.map(([path, value]) => ({ path, value })),
        });
        renderDiagnostics(analysis.diagnostics, analysis.sources);
        for (const { line } of diagnosticsToJson(analysis.diagnostics, analysis.sources))
          expect(line).not.toBeNull();
        const errors = analysis.diagnostics.some(({ severity }) => severity === "error");
        if (errors) expect(analysis.model).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });
});
