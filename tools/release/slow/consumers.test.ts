// What is built on the packages: programs in TypeScript, the examples of the READMEs, and bundles.

import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { build } from "esbuild";
import { node, pack, project, root, run, temporaryFolder } from "../test/support/packed.ts";

const packed = pack();
let folder: string;

beforeAll(() => {
  folder = project(...packed.names.map(packed.tarball));
  cpSync(join(root, "examples/concrete"), folder, { recursive: true });
}, 180_000);

describe("TypeScript, with the declarations of all libraries checked", () => {
  /** Every entry of every package, and README's program. */
  const program = () => {
    const entries = packed.names.flatMap((name) => {
      const { exports } = JSON.parse(readFileSync(join(packed.staged(name), "package.json"), "utf8"));
      return Object.keys(exports).flatMap((path) => (path.endsWith(".json") ? [] : [name + path.slice(1)]));
    });
    const imports = entries.map((entry, i) => `import * as all${i} from "${entry}";\nvoid all${i};\n`);
    return `${imports.join("")}
import { load, type Prediction, type TrainOptions, train } from "netwright";
import { wasmBackend } from "@netwright/backend-wasm";
const options: TrainOptions = { epochs: 2, backend: wasmBackend };
const model = await train("concrete.net", options);
const directory: string = await model.save();
const answer: Prediction = await load(directory).predict({ Cement: 540 });
const strength = answer["CompressiveStrength"];
console.log(typeof strength === "number" ? strength.toFixed(1) : strength, model.metrics.test?.["mae"]);
`;
  };

  test.each([
    { module: "nodenext", moduleResolution: "nodenext", conditions: [], types: ["node"] },
    { module: "esnext", moduleResolution: "bundler", conditions: [], types: ["node"] },
    { module: "esnext", moduleResolution: "bundler", conditions: ["browser"], types: [] },
  ])(
    "%j",
    ({ conditions, ...resolution }) => {
      const inBrowser = conditions.length > 0;
      // A page has no files to save to, and only packages that run in one.
      const text = inBrowser
        ? 'import { train } from "netwright";\nimport { wasmBackend } from "@netwright/backend-wasm";\n' +
          "const model = await train('', { files: new Map(), backend: wasmBackend });\nvoid model.files();\n"
        : program();
      writeFileSync(join(folder, "program.mts"), text);
      const compilerOptions = {
        ...resolution,
        customConditions: conditions.length === 0 ? undefined : conditions,
        target: "es2023",
        lib: ["es2023", "dom"],
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        noEmit: true,
        typeRoots: [join(root, "node_modules/@types")],
      };
      writeFileSync(
        join(folder, "tsconfig.json"),
        JSON.stringify({ compilerOptions, files: ["program.mts"] }),
      );
      const tsc = join(root, "node_modules/.bin/tsc");
      expect(run(folder, tsc, "-p", folder)).toEqual({ status: 0, stdout: "", stderr: "" });
    },
    60_000,
  );
});

describe("the example of the README of", () => {
  test.each(packed.names)(
    "%s",
    (name) => {
      const readme = readFileSync(join(packed.staged(name), "README.md"), "utf8");
      const [, program = ""] = /```js\n([\s\S]*?)```/.exec(readme) ?? [];
      // A line that prints says in a comment what.
      const printed = [...program.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) =>
        text?.trim(),
      );
      expect(printed.length).toBeGreaterThan(0);
      const { status, stdout, stderr } = node(folder, program);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(
        stdout
          .trim()
          .split("\n")
          .map((line) => line.trim()),
      ).toEqual(printed);
    },
    60_000,
  );
});

describe("a bundle", () => {
  const bundle = async (text: string, platform: "browser" | "node", resolveDir = folder) => {
    const { outputFiles, metafile, warnings } = await build({
      stdin: { contents: text, resolveDir },
      bundle: true,
      write: false,
      metafile: true,
      format: platform === "node" ? "cjs" : "esm",
      platform,
      logLevel: "silent",
    });
    const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
    return { text: outputFiles[0]?.text ?? "", warnings, outside: imports.map(({ path }) => path) };
  };

  test("for browsers is complete without any optional package", async () => {
    const alone = project(packed.tarball("netwright"));
    const { text, ...rest } = await bundle('export * from "netwright";', "browser", alone);
    expect(rest).toEqual({ warnings: [], outside: [] });
    expect(text).not.toContain("@tensorflow");
  }, 60_000);

  test("for browsers takes the backend wasm that is handed in", async () => {
    const program = 'import { train } from "netwright"; import { backend } from "@netwright/backend-wasm";';
    const { text, outside } = await bundle(`${program} train("", { backend });`, "browser");
    expect(outside).toEqual([]);
    expect(text).toContain("tfjs-backend-wasm");
  }, 60_000);

  test("for Node runs, and finds no backend that it does not have", async () => {
    const program = `import { findBackend } from "netwright";
      const show = ({ ok, value, problems }) => console.log(ok ? value.name : problems[0].code);
      findBackend().then(show).then(() => findBackend("wasm")).then(show);`;
    const { text, outside } = await bundle(program, "node");
    expect(outside.filter((name) => !isBuiltin(name))).toEqual([]);
    const elsewhere = temporaryFolder();
    writeFileSync(join(elsewhere, "bundle.cjs"), text);
    expect(run(elsewhere, process.execPath, "bundle.cjs")).toMatchObject({ stdout: "jit\nNW0811\n" });
  }, 60_000);
});

test("in a browser, a backend by the name of a package that is not there: how it is handed in", async () => {
  const file = join(packed.staged("netwright"), "dist/browser/index.js");
  const program = `import { findBackend } from ${JSON.stringify(file)};
    const { problems } = await findBackend("wasm");
    console.log([problems[0].code, ...problems[0].notes].join(" "));`;
  // Outside of the folder that has it; Node's words for a missing package stand for those of a browser.
  expect(run(packed.folder, process.execPath, "--input-type=module", "-e", program).stdout).toBe(
    "NW0811 Add it: `npm install @netwright/backend-wasm` Then import its `backend` and hand it in: `{ backend }`.\n",
  );
});
