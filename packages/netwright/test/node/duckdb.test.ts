// Rows that a query of a DuckDB database gives, from the `.net` file to the trained model. The library is a development
// dependency; where it has no build for the machine, these tests are left out, and say so.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { allWords, type Table } from "@netwright/data";
import { hashText } from "@netwright/runtime";
import { load, nodeFiles, openAnyProject, resolvedText, train } from "netwright";
import { editorEnvironment } from "netwright/editor";
import { train as trainInPage } from "../../src/browser/index.ts";
import { loadDuckDb } from "../../src/node/duckdb/load-duckdb.ts";

const duckdb = await import("@duckdb/node-api").catch(() => null);
if (duckdb === null) console.warn("left out: @duckdb/node-api has no build for this machine");
const whereItIs = duckdb === null ? test.skip : test;

const folder = mkdtempSync(join(tmpdir(), "netwright-duckdb-"));
const home = process.cwd();
beforeAll(async () => {
  process.chdir(folder);
  await write("t.db", [
    "create table t as select range::int i, range / 7 as x, 'w' || range % 5 as w from range(50)",
    "create table long as select range as i, range * 0.5 as x, range % 3 = 0 as k from range(10000)",
  ]);
});
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

async function write(file: string, statements: readonly string[]): Promise<void> {
  if (duckdb === null) return;
  const instance = await duckdb.DuckDBInstance.create(file);
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

function text(source: string, more = "features: [i, w], columns { w: category }"): string {
  return `netwright 1
data t { source: ${source}, target: x, ${more} }
model { dense(2, tanh) -> dense(1) }
train { epochs: 2 }
`;
}

function asked(query: string, path = "t.db"): string {
  return `duckdb(${JSON.stringify(path)}, ${JSON.stringify(query)})`;
}

const ROWS = Array.from({ length: 50 }, (_, i) => ({ i, x: i / 7, w: `w${i % 5}` }));

async function problems(source: string, more?: string, folders: readonly string[] = ["."]) {
  const own = text(source, more);
  const project = await openAnyProject({ file: "m.net", text: own }, { files: nodeFiles(folders) });
  return project.diagnostics.map(({ code, message, notes, span }) => ({
    said: `${code} ${message}`,
    notes,
    at: span === undefined ? "" : own.slice(span.start, span.end),
  }));
}

async function tableOf(
  query: string,
): Promise<{ readonly table: Table; readonly warnings: readonly string[] }> {
  const files = nodeFiles();
  const instance = {
    family: "source",
    name: "duckdb",
    args: { path: "t.db", query },
    span: NOWHERE,
  } as const;
  for (;;) {
    try {
      const queried = files.query?.({ path: "t.db", from: "m.net", query: instance, reading: {} });
      if (queried?.ok !== true || !("table" in queried.result)) throw new Error(JSON.stringify(queried));
      const { table, warnings } = queried.result;
      return { table, warnings: warnings.map(({ code, message }) => `${code} ${message}`) };
    } catch (error) {
      if (!(error instanceof Error && "load" in error && typeof error.load === "function")) throw error;
      await error.load();
    }
  }
}

const NOWHERE = { file: "m.net", start: 0, end: 0 };

function cells({ columns, rows }: Table, name: string): readonly (string | number)[] {
  const column = columns.find((one) => one.name === name);
  if (column === undefined) return [];
  if (column.kind === "number") return [...column.values];
  const words = allWords(column);
  return Array.from({ length: rows }, (_, row) => words[column.codes[row] ?? 0] ?? "");
}

whereItIs("the rows of a query give the bits that the same rows of a file give", async () => {
  const weightsOf = async (source: string, options = {}) => {
    const model = await train(text(source), options);
    const { hash } = model.record;
    await model.dispose();
    return { data: hash.data, weights: hashText(JSON.stringify([...model.bundle.model.weights])) };
  };
  const expected = await weightsOf('"nowhere"', { data: ROWS });
  expect(await weightsOf(asked("select * from t order by i"))).toEqual(expected);
  expect(await weightsOf(asked("from t"))).toEqual(expected);
  const given = await weightsOf(asked("select nothing"), { data: ROWS });
  expect(given).toEqual(expected);
});

whereItIs(
  "more rows than a part of a result has, in the order of the table where none is asked for",
  async () => {
    const { table } = await tableOf("select i, x, k from long");
    expect(table.rows).toBe(10_000);
    expect(cells(table, "i")).toEqual(Array.from({ length: 10_000 }, (_, i) => i));
    expect(cells(table, "x").at(-1)).toBe(4999.5);
    expect(cells(table, "k").slice(0, 4)).toEqual(["true", "false", "false", "true"]);
  },
);

whereItIs("each type is read as it is from a Parquet file, and what it holds is told", async () => {
  const query = `select * from (values
    (1::tinyint, 9007199254740993, 3::hugeint, 1.23::decimal(5,2), 12345678901234567.89::decimal(19,2), 0.1::float),
    (null, 2, null, null, 0.5, 'nan')) v(small, big, huge, money, wide, single)`;
  const numbers = await tableOf(query);
  expect(cells(numbers.table, "small")).toEqual([1, Number.NaN]);
  expect(cells(numbers.table, "big")).toEqual([9007199254740992, 2]);
  expect(cells(numbers.table, "huge")).toEqual([3, Number.NaN]);
  expect(cells(numbers.table, "money")).toEqual([1.23, Number.NaN]);
  expect(cells(numbers.table, "wide")).toEqual([Number("12345678901234567.89"), 0.5]);
  expect(cells(numbers.table, "single")).toEqual([Math.fround(0.1), Number.NaN]);
  expect(numbers.warnings).toEqual([
    "NW0673 Column `big` of `t.db` has numbers of more digits than are exact, in 1 row.",
    "NW0673 Column `wide` of `t.db` has numbers of more digits than are exact, in 1 row.",
  ]);

  const words =
    await tableOf(`select true as flag, 'a' as text, 'e'::enum('d', 'e') as choice, date '2024-01-02' as day,
    timestamp '1969-12-31 23:59:59.999999' as at, timestamptz '2024-01-02 03:04:05+02' as zoned,
    timestamp_ns '2024-01-02 03:04:05.123456789' as nano, timestamp_s '2024-01-02 03:04:05' as second,
    timestamp_ms '2024-01-02 03:04:05.25' as milli, time '12:30:00.5' as clock, date 'infinity' as never,
    '00000000-0000-0000-0000-00000000000a'::uuid as id, [1, null, 2] as list, [0.5, 2]::double[2] as pair,
    [1.5::decimal(3, 1)] as exact, [9007199254740993] as long, []::int[] as empty, null::int[] as absent, null as nothing`);
  const one = Object.fromEntries(words.table.columns.map(({ name }) => [name, cells(words.table, name)[0]]));
  expect(one).toEqual({
    flag: "true",
    text: "a",
    choice: "e",
    day: "2024-01-02",
    at: "1969-12-31T23:59:59.999999",
    zoned: "2024-01-02T01:04:05Z",
    nano: "2024-01-02T03:04:05.123456789",
    second: "2024-01-02T03:04:05",
    milli: "2024-01-02T03:04:05.25",
    clock: "12:30:00.5",
    never: "",
    id: "00000000-0000-0000-0000-00000000000a",
    list: "[1, , 2]",
    pair: "[0.5, 2]",
    exact: "[1.5]",
    long: "[9007199254740992]",
    empty: "[]",
    absent: "",
    nothing: Number.NaN,
  });
  expect(words.warnings).toEqual([
    "NW0673 Column `never` of `t.db` has dates that no calendar has, such as infinity.",
    "NW0673 Column `long` of `t.db` has numbers of more digits than are exact, in 1 row.",
  ]);

  const left =
    await tableOf(`select 1 as kept, '\\xff'::blob as bytes, {'a': 1} as parts, map {'a': 1} as pairs,
    interval 1 month as span, ['a'] as texts, [[1]] as nested, '101'::bit as bits, timetz '12:00:00+02' as zoned`);
  expect(left.table.columns.map(({ name }) => name)).toEqual(["kept"]);
  expect(
    left.warnings.map((said) => said.replace(/^NW0672 Column `(\w+)` of `t.db` is left out: /, "$1: ")),
  ).toEqual([
    "bytes: it holds bytes (BLOB).",
    "parts: it holds values of several parts (STRUCT).",
    "pairs: it holds maps (MAP).",
    "span: it holds spans of time (INTERVAL).",
    "texts: it holds lists of what are no numbers (VARCHAR[]).",
    "nested: it holds lists of what are no numbers (INTEGER[][]).",
    "bits: it holds values of type BIT.",
    "zoned: it holds values of type TIME WITH TIME ZONE.",
  ]);
});

whereItIs("what a stranger's query may not do is refused at the query", async () => {
  writeFileSync("secret.csv", "a,b\n1,2\n");
  await write("other.db", ["create table o as select 1 as a"]);
  const files = readdirSync(".").sort();
  for (const query of [
    "select * from 'secret.csv'",
    "select * from read_text('secret.csv')",
    "select * from glob('*')",
    "select * from read_csv('https://example.org/a.csv')",
    "attach 'other.db'",
    "install httpfs",
    "load httpfs",
    "copy t to 'out.csv'",
    "export database 'out'",
    "insert into t values (1, 2, 'a')",
    "create table u as from t",
    "create temp table u as from t",
    "set threads = 4",
    "set TimeZone = 'Europe/Berlin'",
    "select 1 as x; select 2 as x",
    "explain select 1",
    "call pragma_version()",
    "",
    " -- nothing\n;",
    "select $1",
  ]) {
    const [first] = await problems(asked(query));
    expect({ query, said: first?.said, at: first?.at }).toEqual({
      query,
      said: expect.stringMatching(/^NW067[67] The query of `t.db` /),
      at: JSON.stringify(query),
    });
  }
  expect(readdirSync(".").sort()).toEqual(files);
});

whereItIs(
  "mistakes of SQL are told in words of DuckDB, at the query and without its control characters",
  async () => {
    expect(await problems(asked("selec 1"))).toEqual([
      {
        said: 'NW0676 The query of `t.db` is refused: Parser Error: syntax error at or near "selec"',
        notes: [],
        at: '"selec 1"',
      },
    ]);
    const [absent] = await problems(asked("select * from longe"));
    expect(absent?.said).toBe(
      "NW0676 The query of `t.db` is refused: Catalog Error: Table with name longe does not exist!",
    );
    expect(absent?.notes).toEqual(['Did you mean "long"?']);
    const [coloured] = await problems(asked("select error('a' || chr(27) || '[31mred') as x"));
    expect(coloured?.said).toContain("a\\u001b[31mred");
    // Some rows come before the one that fails.
    const [late] = await problems(
      asked("select cast(case when i > 9000 then 'no' else '1' end as int) as x from long"),
    );
    expect(late?.said).toContain("NW0676 The query of `t.db` is refused: Conversion Error");
    const [none] = await problems(asked("from t where false"));
    expect(none).toMatchObject({
      said: "NW0621 The query of `t.db` gives no rows.",
      at: '"from t where false"',
    });
    const twice = await problems(asked("select i, i, x, w from t"));
    expect(twice.map(({ said }) => said)).toContain("NW0622 Columns 1 and 2 of `t.db` are both called `i`.");
  },
);

whereItIs(
  "a database that is not there, is none, is outside of the folders, or is named as a table",
  async () => {
    writeFileSync("none.db", "x".repeat(20_000));
    const outside = mkdtempSync(join(tmpdir(), "netwright-duckdb-outside-"));
    try {
      await write(join(outside, "o.db"), ["create table t as select 1 as i"]);
      mkdirSync("links", { recursive: true });
      symlinkSync(join(outside, "o.db"), join("links", "o.db"));
      const said = async (path: string) => (await problems(asked("from t", path)))[0]?.said;
      expect(await said("no.db")).toBe("NW0610 the data file `no.db` cannot be read: there is no such file");
      expect(await said("none.db")).toMatch(
        /^NW0610 the data file `none.db` cannot be read: IO Error: .*not a valid DuckDB/,
      );
      const reach =
        /^NW0610 .* it is (a link to what is )?outside of the folders from which files are opened$/;
      expect(await said(join(outside, "o.db"))).toMatch(reach);
      expect(await said("links/o.db")).toMatch(reach);
      expect(await said("md:t")).toMatch(/^NW0610 .* there is no such file$/);
      const [allowed] = await problems(asked("from t", join(outside, "o.db")), "features: [i]", [
        ".",
        outside,
      ]);
      expect(allowed?.said).toMatch(/^NW0601 /);
      expect((await problems('"t.db"'))[0]?.said).toContain(
        "NW0627 `t.db` is no table in text: it is a DuckDB database.",
      );
      expect((await problems(asked("from t"), 'separator: ";"'))[0]).toMatchObject({
        said: "NW0674 `separator` has no meaning for `t.db`, which is a database.",
        at: '";"',
      });
      expect((await problems(asked("from t"), "file_column: file"))[0]).toMatchObject({
        said: "NW0674 `file_column` has no meaning for `t.db`, which is a database.",
        at: "file",
      });
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  },
);

whereItIs(
  "what DuckDB opens beside a database is a regular file, or the database is not opened",
  async () => {
    mkdirSync("beside", { recursive: true });
    const database = join("beside", "b.db");
    await write(database, ["create table t as select 1 as i"]);
    writeFileSync(join("beside", "secret"), "not to be read");
    const said = async (query = "from t", path = database) => (await problems(asked(query, path)))[0]?.said;
    for (const ending of [".wal", ".wal.checkpoint", ".wal.recovery", "-wal", "-journal", "-shm"]) {
      const name = `${database}${ending}`;
      for (const [make, what] of [
        [() => symlinkSync("secret", name), "a link"],
        [() => symlinkSync("nowhere", name), "a link"],
        [() => mkdirSync(name), "no regular file"],
        ...(process.platform === "win32"
          ? []
          : [[() => void execFileSync("mkfifo", [name]), "no regular file"] as const]),
      ] as const) {
        make();
        const refused = `cannot be read: beside it is \`b.db${ending}\`, which is ${what}: remove it`;
        expect(await said()).toContain(refused);
        expect(await said(`select content as i from read_text('${name}')`)).toContain(refused);
        // Beside the database itself, also where it is reached by a link.
        symlinkSync("b.db", join("beside", "link.db"));
        expect(await said("from t", join("beside", "link.db"))).toContain(refused);
        rmSync(join("beside", "link.db"));
        rmSync(name, { recursive: true });
      }
    }
    expect(await said()).toMatch(/^NW0601 /);
  },
);

whereItIs("functions that change settings are refused, whoever calls them", async () => {
  await write("setters.db", [
    "create table t as select 1 as i",
    "create view v as select * from enable_logging()",
    "create macro m() as table select * from enable_profiling()",
  ]);
  const said = async (query: string) => (await problems(asked(query, "setters.db")))[0]?.said;
  for (const [query, name] of [
    ["select * from enable_logging(storage='stdout')", "enable_logging"],
    ["select * from enable_profiling(save_location='p.txt')", "enable_profiling"],
    ["select * from disable_logging()", "disable_logging"],
    ["from v", "enable_logging"],
    ["from m()", "enable_profiling"],
    ["select * from query('from enable_' || 'logging()')", "enable_logging"],
    ["select (select count(*) from enable_logging()) as i from t", "enable_logging"],
    ["with x as materialized (from system.main.enable_logging()) select i from t, x", "enable_logging"],
  ] as const) {
    expect(await said(query)).toBe(
      `NW0676 The query of \`setters.db\` is refused: \`${name}\` changes settings, which a query may not.`,
    );
  }
  expect(await said("select i, 'enable_logging' as w from t where w = 'enable_logging'")).not.toContain(
    "NW0676",
  );
});

whereItIs("words for missing values, and a query from a param", async () => {
  const param = `netwright 1
param what = "select i, x, case when i % 2 = 0 then 'gone' else w end as w from t"
data t { source: duckdb("t.db", what), target: x, features: [i, w], columns { w: category }, missing: drop, missing_words: ["gone"] }
model { dense(1) }
`;
  const project = await openAnyProject({ file: "m.net", text: param }, { files: nodeFiles() });
  expect(
    project.diagnostics
      .filter(({ code }) => code !== "NW0681")
      .map(({ code, message }) => `${code} ${message}`),
  ).toEqual([
    "NW0637 25 rows of 50 in `t.db` have missing values and are left out, as `missing: drop` says.",
  ]);
  expect(project.prepared?.splits.train.rows).toBe(17);
});

whereItIs("a run keeps what was asked, and is used without the database", async () => {
  const own = text(asked("select * from t order by i"));
  const opened = async (written: string) => {
    const { model } = await openAnyProject({ file: "m.net", text: written }, { files: nodeFiles() });
    if (model === undefined) throw new Error("the file has a mistake");
    return resolvedText(model);
  };
  const resolved = await opened(own);
  expect(resolved).toContain('source: duckdb(path: "t.db", query: "select * from t order by i")');
  expect(await opened(resolved)).toBe(resolved);
  const model = await train(own);
  const before = model.predict({ i: 3, w: "w1" });
  const saved = await model.save("runs");
  await model.dispose();
  const again = load(saved);
  expect(await again.predict({ i: 3, w: "w1" })).toEqual(await before);
  await again.dispose();
});

test("an editor asks nothing, and knows the file alone", () => {
  const { hostOf, catalog, dataProblems } = editorEnvironment();
  const main = join(folder, "m.net");
  const host = hostOf(
    () => undefined,
    () => [folder],
  );
  const query = {
    family: "source",
    name: "duckdb",
    args: { path: "t.db", query: "from t" },
    span: NOWHERE,
  } as const;
  expect(host.columns("t.db", main, {}, query)).toBeUndefined();
  expect(catalog.definitions.source.has("duckdb")).toBe(true);
  expect(dataProblems).toBeInstanceOf(Function);
});

test("a page has no database, and takes the rows as data", async () => {
  const source = text(asked("from t"));
  await expect(trainInPage(source, {})).rejects.toMatchObject({
    diagnostics: [
      { code: "NW0675", message: "`duckdb` asks a database, which is done in Node alone, where files are." },
    ],
  });
  const model = await trainInPage(source, { data: ROWS });
  await model.dispose();
});

test("where the package is not installed, the line that adds it is told", async () => {
  const absent = Object.assign(new Error("Cannot find package '@duckdb/node-api' imported from /a.js"), {
    code: "ERR_MODULE_NOT_FOUND",
  });
  expect(await loadDuckDb(() => Promise.reject(absent))).toMatchObject({
    code: "NW0675",
    message: "`duckdb` needs the package `@duckdb/node-api`, which is not installed.",
    notes: [
      expect.stringMatching(/^Add it where Netwright is installed: `npm install @duckdb\/node-api`/),
      expect.any(String),
    ],
  });
  const broken = new Error("Cannot find module '@duckdb/node-bindings-none/duckdb.node'");
  expect(await loadDuckDb(() => Promise.reject(broken))).toMatchObject({
    code: "NW0675",
    message: `\`duckdb\` needs the package \`@duckdb/node-api\`, which is installed and could not be loaded: ${broken.message}`,
  });
  expect(await loadDuckDb(async () => ({}))).toMatchObject({ code: "NW0675" });
});
