// Windows of series: what a network is given, and that no window crosses a series, a gap, a row that is left out or the border
// of a split.

import { describe, expect, test } from "@jest/globals";
import { hasError, type SplitName, splitNames } from "@netwright/definitions";
import fc from "fast-check";
import {
  checkEncoders,
  type DataPlan,
  dataDefinitions,
  encodeInput,
  encodeLabelled,
  networkInputs,
  type Prepared,
  prepare,
  readEncoders,
  rowsAsTheyLie,
  rowsOf,
  type Storage,
  type Table,
  type WindowPlan,
  writeEncoders,
} from "../../src/index.ts";
import { storage } from "../disk.ts";
import { described, planOf, problemsOf, table } from "../support.ts";

const WINDOW: WindowPlan = {
  length: 3,
  horizon: 1,
  order: "time",
  by: [],
  spacing: "regular",
  border: "closed",
  season: null,
};

function plan(window: Partial<WindowPlan> = {}, shares = [0.5, 0.25, 0.25]): DataPlan {
  const [train = 0, validation = 0, test = 0] = shares;
  return {
    ...planOf({ scale: "none", missing: "drop" }),
    features: ["row"],
    split: { name: "by_time", args: { column: "time", train, validation, test } },
    window: { ...WINDOW, ...window },
  };
}

function prepared(data: Table, asked: DataPlan, disk: Storage | null = null): Prepared {
  const result = prepare(data, asked, dataDefinitions, disk);
  if (!("prepared" in result)) throw new Error(JSON.stringify(result.problems));
  return result.prepared;
}

/** Of each window the numbers that the network is given, and its target. */
function windowsIn(split: Prepared["splits"][SplitName]): readonly (readonly [readonly number[], number])[] {
  const fields = rowsAsTheyLie(rowsOf(split), 0, split.rows);
  const x = [...(fields.get("x") ?? [])];
  const y = [...(fields.get("y") ?? [])];
  const width = x.length / split.rows;
  return y.map((target, i) => [x.slice(i * width, (i + 1) * width), target]);
}

/** Rows 1, 2, 3 and so on, at these times. */
function csv(times: readonly (number | string)[]): string {
  return ["time,row,y", ...times.map((time, i) => `${time},${i + 1},${10 * (i + 1)}`)].join("\n");
}

test("a window is rows in the order of time, and its target stands behind them", () => {
  const { splits, encoders } = prepared(table(csv([5, 1, 4, 2, 3])), plan({ horizon: 2 }, [1, 0, 0]));
  // Times 1 to 5 are rows 2, 4, 5, 3 and 1.
  expect(windowsIn(splits.train)).toEqual([[[2, 4, 5], 10]]);
  expect([...splits.train.rowNumbers]).toEqual([1]);
  expect(networkInputs(encoders)[0]?.type).toEqual({ kind: "number", shape: [3, 1] });
});

test("what is named as target and feature is given with its past", () => {
  const asked = { ...plan({}, [1, 0, 0]), features: ["y", "row"] };
  const { splits } = prepared(table(csv([1, 2, 3, 4, 5])), asked);
  expect(windowsIn(splits.train)).toEqual([
    [[10, 1, 20, 2, 30, 3], 40],
    [[20, 2, 30, 3, 40, 4], 50],
  ]);
});

test("all features are all columns but those that windows go by, with the past of the target", () => {
  const { features } = prepared(table(csv([1, 2, 3, 4, 5])), { ...plan({}, [1, 0, 0]), features: "all" });
  expect(features).toEqual(["row", "y"]);
});

test("a split has no window with a row of another one", () => {
  const { splits } = prepared(table(csv(Array.from({ length: 20 }, (_, i) => i))), plan());
  expect(splitNames.map((name) => windowsIn(splits[name]).map(([, y]) => y))).toEqual([
    [40, 50, 60, 70, 80, 90, 100],
    [140, 150],
    [190, 200],
  ]);
});

test("with open borders a window may begin in an earlier split, and never in a later one", () => {
  const times = Array.from({ length: 20 }, (_, i) => i);
  const { splits } = prepared(table(csv(times)), plan({ border: "open" }));
  expect(splitNames.map((name) => windowsIn(splits[name]).map(([, y]) => y))).toEqual([
    [40, 50, 60, 70, 80, 90, 100],
    [110, 120, 130, 140, 150],
    [160, 170, 180, 190, 200],
  ]);
  expect(windowsIn(splits.test)[0]).toEqual([[13, 14, 15], 160]);
  // Rows before the first window of a split are not laid out for it.
  expect(splitNames.map((name) => splits[name].series?.rows.rows)).toEqual([10, 8, 8]);
  const part = table(
    [
      "time,row,y,part",
      ...times.map((time) => `${time},${time + 1},${time},${time < 10 ? "test" : "train"}`),
    ].join("\n"),
  );
  const turned = prepared(part, {
    ...plan({ border: "open" }),
    split: { name: "by_column", args: { column: "part", train: ["train"], validation: [], test: ["test"] } },
  });
  expect(windowsIn(turned.splits.train)[0]?.[0]).toEqual([11, 12, 13]);
  expect(windowsIn(turned.splits.test).map(([, y]) => y)).toEqual([3, 4, 5, 6, 7, 8, 9]);
});

test("scales are those of all training rows alone, each of them once", () => {
  const asked = { ...plan(), scale: { name: "minmax", args: {} } };
  const { splits } = prepared(table(csv(Array.from({ length: 20 }, (_, i) => i))), asked);
  expect(windowsIn(splits.train)[0]?.[0]).toEqual([0, 1 / 9, 2 / 9].map(Math.fround));
});

describe("rows follow one another", () => {
  const targets = (times: readonly (number | string)[], window: Partial<WindowPlan> = {}) =>
    windowsIn(prepared(table(csv(times)), plan({ length: 2, ...window }, [1, 0, 0])).splits.train).map(
      ([, y]) => y / 10,
    );

  test("where they are as far apart as most", () => {
    expect(targets([0, 0.1, 0.2, 0.3, 0.5, 0.6, 0.7])).toEqual([3, 4, 7]);
  });

  test("days of the calendar, also over a month's end", () => {
    expect(targets(["2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-03"])).toEqual([3, 4]);
  });

  test("days that are written as one number", () => {
    const times = [20240227, 20240228, 20240229, 20240301, 20240302, 20240304, 20240305, 20240306];
    expect(targets(times)).toEqual(
      targets(times.map((time) => String(time).replace(/(\d{4})(..)(..)/, "$1-$2-$3"))),
    );
    expect(targets(times)).toEqual([3, 4, 5, 8]);
  });

  test("but not where `columns` says that they are numbers", () => {
    const times = [20240130, 20240131, 20240201, 20240202, 20240203];
    const asNumbers = { ...plan({ length: 2 }, [1, 0, 0]), columns: { time: described("number") } };
    expect(targets(times)).toEqual([3, 4, 5]);
    expect(windowsIn(prepared(table(csv(times)), asNumbers).splits.train).map(([, y]) => y)).toEqual([50]);
    // Nor are words then dates.
    const words = table(csv(["2024-01-30", "2024-01-31", "2024-02-01", "2024-02-02"]));
    expect(problemsOf(prepare(words, asNumbers))).toMatchObject([
      { code: "NW0694", setting: "window", row: 1 },
    ]);
  });

  test("months, however long they are, and their last days", () => {
    const ends = ["2023-11-30", "2023-12-31", "2024-01-31", "2024-02-29", "2024-03-31", "2024-05-31"];
    expect(targets(ends)).toEqual([3, 4, 5]);
    expect(targets(["2023-12-01", "2024-01-01", "2024-02-01", "2024-03-01"])).toEqual([3, 4]);
  });

  test.each([
    ["29th", ["2022-12-29", "2023-01-29", "2023-02-28", "2023-03-29", "2023-04-29"]],
    ["30th", ["2022-12-30", "2023-01-30", "2023-02-28", "2023-03-30", "2023-04-30"]],
    ["31st, then on the 28th", ["2022-12-31", "2023-01-31", "2023-02-28", "2023-03-28", "2023-04-28"]],
  ])("months whose day February lacks, on the %s", (_, days) => {
    expect(targets(days)).toEqual([3, 4, 5]);
    expect(targets([...days, "2023-06-15"])).toEqual([3, 4, 5]);
  });

  test("hours, with dates whose day stands first", () => {
    const hours = ["31/12/2023 22:00", "31/12/2023 23:00", "01/01/2024 00:00", "01/01/2024 01:00"];
    const asked: DataPlan = {
      ...plan({ length: 2 }, [1, 0, 0]),
      split: { name: "random", args: { train: 1, validation: 0, test: 0, seed: 0 } },
    };
    expect(windowsIn(prepared(table(csv(hours)), asked).splits.train).map(([, y]) => y)).toEqual([30, 40]);
  });

  test("or one by one, whenever they are", () => {
    expect(targets(["2024-01-05", "2024-01-08", "2024-01-09", "2024-01-31"], { spacing: "rows" })).toEqual([
      3, 4,
    ]);
  });

  test.each(["regular", "rows"] as const)("a row that is left out breaks windows, %s", (spacing) => {
    const text = csv([1, 2, 3, 4, 5, 6, 7]).replace("4,4,40", "4,,40");
    const { splits } = prepared(table(text), plan({ length: 2, spacing }, [1, 0, 0]));
    expect(windowsIn(splits.train).map(([, y]) => y)).toEqual([30, 70]);
  });
});

/** Rows of several series, in any order, with gaps in time and in values. */
const tables = fc
  .record({
    series: fc.array(
      fc.array(fc.record({ there: fc.boolean(), known: fc.integer({ min: 0, max: 9 }) }), {
        minLength: 12,
        maxLength: 30,
      }),
      { minLength: 1, maxLength: 3 },
    ),
    seed: fc.integer({ min: 0, max: 1000 }),
    length: fc.integer({ min: 1, max: 4 }),
    horizon: fc.integer({ min: 1, max: 3 }),
    spacing: fc.constantFrom("regular" as const, "rows" as const),
    border: fc.constantFrom("closed" as const, "open" as const),
  })
  .map(({ series, seed, ...window }) => {
    const rows = series.flatMap((steps, group) =>
      // Mostly there, so that there are runs.
      steps.flatMap(({ there, known }, time) =>
        there || known > 2 ? [{ group: `s${group}`, time, y: known === 0 ? "" : String(known) }] : [],
      ),
    );
    const shuffled = rows
      .map((row, i) => ({ row, key: (i * 7919 + seed * 104_729) % 1009 }))
      .sort((a, b) => a.key - b.key)
      .map(({ row }) => row);
    return { rows: shuffled, ...window };
  });

test("no window crosses a series, a gap, a row that is left out or the border of a split, and none is lost", () => {
  fc.assert(
    fc.property(tables, ({ rows, ...window }) => {
      const lines = rows.map(({ group, time, y }, i) => `${group},${time},${i + 1},${y}`);
      const asked = plan({ ...window, by: ["series"] });
      const result = prepare(table(["series,time,row,y", ...lines].join("\n")), asked);
      // A split may be too small for a window.
      if ("problems" in result) return;
      const { splits } = result.prepared;
      // Worked out apart: which split each row is in, as the same table is split without windows, and which row is the next one.
      const kept = rows.flatMap((row, i) => (row.y === "" ? [] : [i]));
      const all = [...rows.keys()];
      const single = prepared(table(["series,time,row,y", ...lines].join("\n")), { ...asked, window: null });
      const splitOf = new Map(
        splitNames.flatMap((name, rank) =>
          [...single.splits[name].rowNumbers].map((row) => [row - 1, rank] as const),
        ),
      );
      const next = (row: number): number => {
        const { group, time } = rows[row] ?? { group: "", time: -1 };
        const later = all.filter((other) => rows[other]?.group === group && (rows[other]?.time ?? -1) > time);
        const nearest = later.sort((a, b) => (rows[a]?.time ?? 0) - (rows[b]?.time ?? 0))[0] ?? -1;
        return window.spacing === "rows" || rows[nearest]?.time === time + 1 ? nearest : -1;
      };
      for (const name of splitNames) {
        for (const [seen, y] of windowsIn(splits[name])) {
          const path = [(seen[0] ?? 0) - 1];
          for (let i = 1; i < window.length + window.horizon; i++) path.push(next(path.at(-1) ?? -1));
          expect(path.slice(0, window.length).map((row) => row + 1)).toEqual(seen);
          expect(path.every((row) => kept.includes(row))).toBe(true);
          expect(rows[path.at(-1) ?? -1]?.y).toBe(String(y));
          // The split of the target is that of every row; with open borders others may be of an earlier one.
          const ranks = path.map((row) => splitOf.get(row) ?? Number.NaN);
          const own = splitNames.indexOf(name);
          expect(ranks.at(-1)).toBe(own);
          expect(ranks.every((rank) => (window.border === "open" ? rank <= own : rank === own))).toBe(true);
        }
      }
      // None is lost: in one split alone there is a window for each row that has so many before it.
      const whole = prepare(table(["series,time,row,y", ...lines].join("\n")), {
        ...asked,
        split: { name: "by_time", args: { column: "time", train: 1, validation: 0, test: 0 } },
      });
      if ("problems" in whole) return;
      const starts = kept.filter((row) => {
        let at = row;
        for (let i = 1; i < window.length + window.horizon; i++) {
          at = next(at);
          if (!kept.includes(at)) return false;
        }
        return true;
      });
      expect(whole.prepared.splits.train.rows).toBe(starts.length);
    }),
    { numRuns: 150, seed: 16 },
  );
});

test("rows on a disk give the same bits, in any order", () => {
  const times = Array.from({ length: 40 }, (_, i) => (i < 20 ? i : i + 3));
  const asked = { ...plan({}, [0.5, 0.5, 0]), features: ["row", "y"], scale: { name: "zscore", args: {} } };
  const disk = storage();
  const [memory, stored] = [prepared(table(csv(times)), asked), prepared(table(csv(times)), asked, disk)];
  const [a, b] = [rowsOf(memory.splits.train), rowsOf(stored.splits.train)];
  expect(b.fields).toEqual(a.fields);
  const order = Uint32Array.from({ length: a.rows }, (_, i) => (i * 7) % a.rows);
  const gathered = (store: typeof a) => {
    const into = new Map([
      ["x", new Float32Array(5 * 6)],
      ["y", new Float32Array(5)],
    ]);
    store.gather(order, 2, 5, into);
    return [...into];
  };
  expect(gathered(b)).toEqual(gathered(a));
  expect(windowsIn(stored.splits.validation)).toEqual(windowsIn(memory.splits.validation));
});

test("each row lies once, however many windows it is in", () => {
  const disk = storage();
  const { splits } = prepared(
    table(csv(Array.from({ length: 60 }, (_, i) => i))),
    plan({ length: 24 }, [1, 0, 0]),
    disk,
  );
  expect(splits.train.rows).toBe(36);
  expect(splits.train.series?.rows.rows).toBe(60);
  expect(splits.train.series?.rows.fields).toEqual([{ name: "x", width: 1, array: "Float32Array" }]);
});

describe("new rows", () => {
  const days = ["2024-01-29", "2024-01-30", "2024-01-31", "2024-02-01", "2024-02-02", "2024-02-03"];
  const { encoders } = prepared(table(csv(days)), plan({ horizon: 2 }, [1, 0, 0]));

  test("are predicted from by windows, also for what comes behind them", () => {
    const result = encodeInput(encoders, table(csv(days)));
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    expect(result.predicts).toEqual([
      { series: [], time: "2024-02-02" },
      { series: [], time: "2024-02-03" },
      { series: [], time: "2024-02-04" },
      { series: [], time: "2024-02-05" },
    ]);
    expect(
      windowsIn({
        ...result,
        rowNumbers: new Int32Array(0),
        y: new Float32Array(0),
        target: new Float64Array(0),
      }),
    ).toEqual([]);
    expect([...(rowsAsTheyLie(rowsOf(result), 3, 1).get("x") ?? [])]).toEqual([4, 5, 6]);
  });

  test.each([
    [
      ["0008", "0009", "0010"],
      ["0010", "0011"],
    ],
    [
      ["0998", "0999", "1000"],
      ["1000", "1001"],
    ],
    [
      ["07", "08", "09"],
      ["09", "10"],
    ],
    [
      ["97", "098", "99"],
      ["99", "100"],
    ],
    [
      [8, 9, 10],
      [10, 11],
    ],
  ])("behind %j are those behind the end, with the zeros in front that a table has", (times, expected) => {
    const steps = table(csv(times));
    const { encoders } = prepared(table(csv([1, 2, 3, 4, 5])), plan({ length: 2 }, [1, 0, 0]));
    const result = encodeInput(encoders, steps);
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    expect(result.predicts?.map(({ time }) => time)).toEqual(expected);
  });

  test.each([
    [["2023-07-01", "2023-08-01", "2023-09-01"], "2023-10-01"],
    [["2022-12-30", "2023-01-30", "2023-02-28"], "2023-03-30"],
    [["2022-12-31", "2023-01-31", "2023-02-28"], "2023-03-31"],
    [["2022-11-28", "2022-12-28", "2023-01-28", "2023-02-28"], "2023-03-28"],
    [["2023-02-28", "2023-03-30", "2023-04-30"], "2023-05-30"],
    [["2023-11-30", "2023-12-30", "2024-01-30"], "2024-02-29"],
  ])("of months, %j, are followed by %s", (months, next) => {
    const monthly = table(csv(months));
    const { encoders } = prepared(monthly, plan({ length: 2 }, [1, 0, 0]));
    const result = encodeInput(encoders, monthly);
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    expect(result.predicts?.at(-1)).toEqual({ series: [], time: next });
  });

  test("that are records, with a gap and out of order", () => {
    const records = [5, 1, 2, 3, 6].map((day) => ({ time: `2024-03-0${day}`, row: day }));
    const result = encodeInput(encoders, records);
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    expect(result.predicts).toEqual([{ series: [], time: "2024-03-05" }]);
  });

  test("are evaluated where their targets are there", () => {
    const result = encodeLabelled(encoders, table(csv(days)));
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    expect([...result.split.target]).toEqual([50, 60]);
  });

  test("too few of them are told", () => {
    const few = table(csv(days.slice(0, 2)));
    expect(problemsOf(encodeInput(encoders, few)).map(({ code }) => code)).toEqual(["NW0698"]);
    expect(problemsOf(encodeLabelled(encoders, few)).map(({ code }) => code)).toEqual(["NW0698"]);
  });

  test("need the column that says when", () => {
    const [problem] = problemsOf(encodeInput(encoders, table("row,y\n1,2\n3,4\n")));
    expect(problem).toMatchObject({ code: "NW0650", column: "time" });
  });
});

describe("what is saved of a window", () => {
  const { encoders } = prepared(table(csv(["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"])), {
    ...plan({}, [1, 0, 0]),
    features: ["y", "row"],
  });

  test("says how times are read, and how far rows are apart", () => {
    expect(encoders.fitted).toMatchObject({
      version: 6,
      window: {
        length: 3,
        horizon: 1,
        order: "time",
        by: [],
        time: { format: null },
        step: { size: 86_400 },
        season: 7,
      },
    });
    expect(readEncoders(writeEncoders(encoders.fitted))).toEqual({ encoders: encoders.fitted });
  });

  test.each([
    { length: 0 },
    { horizon: 1.5 },
    { order: 3 },
    { time: "words" },
    { step: { size: -1 } },
    { step: {} },
    { season: "7" },
  ])("%j is damaged", (other) => {
    const window = { ...encoders.fitted.window, ...other };
    expect(problemsOf(checkEncoders({ ...encoders.fitted, window }))).toMatchObject([{ code: "NW0660" }]);
  });

  test("a target among the features without one is damaged", () => {
    const { window: _, ...others } = encoders.fitted;
    expect(problemsOf(checkEncoders(others))).toMatchObject([{ code: "NW0660" }]);
  });
});

describe("what a series says by itself", () => {
  const days = Array.from({ length: 16 }, (_, i) => `2024-01-${String(i + 1).padStart(2, "0")}`);
  const naive = (window: Partial<WindowPlan>, text = csv(days)) =>
    prepared(table(text), plan({ length: 1, ...window }, [1, 0, 0])).splits.train;

  test("the last value, and that of the same day of the week before", () => {
    const { target, naive: found } = naive({ horizon: 2 });
    expect([...target].slice(0, 3)).toEqual([30, 40, 50]);
    expect([...(found?.last ?? [])].slice(0, 3)).toEqual([10, 20, 30]);
    // There is no week before the first ones.
    expect([...(found?.seasonal ?? [])].slice(0, 7)).toEqual([10, 20, 30, 40, 50, 10, 20]);
  });

  test("of a horizon beyond a season the one that is known", () => {
    const { target, naive: found } = naive({ horizon: 4, season: 3 });
    expect([...target].at(-1)).toBe(160);
    expect([...(found?.seasonal ?? [])].at(-1)).toBe(100);
  });

  test("also over a gap, and not from a row that is missing", () => {
    const without = csv(days)
      .split("\n")
      .filter((line) => !/^2024-01-0[58]/.test(line));
    const { target, naive: found } = naive({}, without.join("\n"));
    const seasonal = new Map([...target].map((y, i) => [y, found?.seasonal?.[i]]));
    expect(seasonal.get(140)).toBe(70);
    // The day is missing a week before: the last value.
    expect(seasonal.get(150)).toBe(140);
  });

  test("without a season the last value alone", () => {
    expect(naive({ spacing: "rows" }).naive?.seasonal).toBeNull();
  });
});

describe("times behind the end are written as the last one", () => {
  test.each([
    [["2024-01-31 22:00", "2024-01-31 23:00"], "2024-02-01 00:00"],
    [["2024-01-31T22:00:00", "2024-01-31T23:00:00"], "2024-02-01T00:00:00"],
    [["2024-01-31", "2024-02-29"], "2024-03-31"],
    [[1999, 2000], 2001],
    // Days of the calendar, and a number that is none of these.
    [[20240130, 20240131], 20240201],
    [[20240131, 20240132], 20240133],
  ])("%j", (times, next) => {
    const more = [...times, next];
    const { encoders } = prepared(table(csv(more)), plan({ length: 1 }, [1, 0, 0]));
    const result = encodeInput(encoders, table(csv(times)));
    expect("predicts" in result && result.predicts?.at(-1)).toEqual({ series: [], time: next });
  });
});

describe("what is wrong", () => {
  const codes = (text: string, window: Partial<WindowPlan> = {}, shares = [1, 0, 0]) => {
    const result = prepare(table(text), plan(window, shares));
    const found = "problems" in result ? result.problems : result.warnings;
    expect(hasError(found)).toBe("problems" in result);
    return found.map(({ code, setting }) => [code, setting]);
  };

  test("a window longer than any series", () => {
    expect(codes(csv([1, 2, 3, 4]), { length: 4 })).toEqual([["NW0695", "window"]]);
  });

  test("a split without a window", () => {
    expect(codes(csv(Array.from({ length: 20 }, (_, i) => i)), {}, [0.8, 0.1, 0.1])).toEqual([
      ["NW0695", "window"],
      ["NW0695", "window"],
    ]);
  });

  test("two rows of a series at one time", () => {
    expect(codes(csv([1, 2, 2, 3, 4]))).toEqual([["NW0696", "window"]]);
  });

  test("times that are not regularly apart", () => {
    expect(codes(csv([1, 2, 4, 7, 11, 16]))).toEqual([["NW0697", "window"]]);
  });

  test("times that are none", () => {
    expect(codes(csv(["a", "b", "c", "d", "e"]))).toEqual([["NW0694", "window"]]);
    const byRow = {
      ...plan({}, [1, 0, 0]),
      split: { name: "random", args: { train: 1, validation: 0, test: 0, seed: 0 } },
    };
    const [problem] = problemsOf(prepare(table(csv([1, 2, "", 4, 5])), byRow));
    expect(problem).toMatchObject({ code: "NW0631", setting: "window", row: 3 });
  });

  test("times that cannot be read are told once, of the window, though the split goes by them as well", () => {
    expect(codes(csv([1, 2, "", 4, 5]), {}, [0.6, 0.2, 0.2])).toEqual([["NW0631", "window"]]);
    // Two words are too few times for three splits.
    expect(codes(csv(["a", "b", "a", "b", "a"]), {}, [0.6, 0.2, 0.2])).toEqual([["NW0694", "window"]]);
  });

  test("a split that cannot be made of times that are read is told beside what is wrong with them", () => {
    // Two different times, of which each of three splits needs one.
    expect(codes(csv([1, 1, 2, 2]), {}, [0.6, 0.2, 0.2]).map(([code]) => code)).toEqual(["NW0696", "NW0647"]);
  });

  test("few rows in windows, each counted once, though with open borders it is in those of several splits", () => {
    const times = [1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 15, 16, 17, 18];
    const result = prepare(table(csv(times)), plan({ border: "open" }, [12 / 14, 1 / 14, 1 / 14]));
    if ("problems" in result) throw new Error(JSON.stringify(result.problems));
    expect(result.warnings.map(({ code, message }) => [code, message.slice(0, 22)])).toEqual([
      ["NW0699", "Only 6 of 14 rows are "],
    ]);
  });

  test("few rows in windows", () => {
    expect(codes(csv([1, 2, 3, 4, 6, 7, 9, 10, 12, 13, 15, 16]))).toEqual([["NW0699", "window"]]);
  });
});

describe("the past of a target by itself", () => {
  const lastOf = (times: readonly string[], horizon: number) => [
    ...(prepared(table(csv(times)), plan({ length: 1, horizon }, [1, 0, 0])).splits.train.naive?.last ?? []),
  ];

  test("is the row as many steps before as rows that follow one another", () => {
    const days = ["2022-12-31", "2023-01-31", "2023-02-28", "2023-03-28", "2023-04-28"];
    expect(lastOf(days, 2)).toEqual([10, 20, 30]);
    expect(lastOf(days, 3)).toEqual([10, 20]);
  });
});

test("a target that is constant is told of once, where its past is a feature", () => {
  const lines = Array.from({ length: 24 }, (_, row) => `${row},${row % 5},7`);
  const asked = { ...plan(), features: ["row", "y"] };
  const result = prepare(table(`time,row,y\n${lines.join("\n")}\n`), asked);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  const told = result.warnings.filter(({ code }) => code === "NW0636");
  expect(told.map(({ setting }) => setting)).toEqual(["target"]);
});

test("where gaps leave no window, rows may be said to follow one another whenever they were", () => {
  const lines = Array.from({ length: 24 }, (_, row) => `${row + 5 * Math.floor(row / 3)},${row},${row}`);
  const [problem] = problemsOf(prepare(table(`time,row,y\n${lines.join("\n")}\n`), plan()));
  expect(problem?.code).toBe("NW0695");
  expect(problem?.notes.at(-1)).toMatch(/`spacing: rows`/);
});
