// A program of C that times exported code beside the same loops as a person writes them down, in turn and in one process.

import type { PortableModel } from "@netwright/formats";

/** Rows that are predicted over and over; they fit into the nearest cache. */
const ROWS = 256;

/** `header` is the exported file beside it, of a network of three dense layers, with ReLU between them. */
export function programOf(model: PortableModel, header: string, name: string): string {
  const [input = 0, ...widths] = [
    model.columns.length,
    ...model.network.nodes.map(({ type }) => type.shape[0] ?? 0),
  ];
  const [first = 0, second = 0] = widths;
  const by = (kind: "subtract" | "divide") =>
    model.columns.map((column) => {
      if (column.kind !== "number" || column.coding.kind !== "steps") throw new Error("columns are numbers");
      const step = column.coding.steps.find((one) => one.kind === kind);
      return step !== undefined && "by" in step ? step.by : kind === "divide" ? 1 : 0;
    });
  const inverse = model.outputs.kind === "numbers" ? (model.outputs.columns[0]?.inverse ?? []) : [];
  const back = inverse.map((step) => {
    switch (step.kind) {
      case "multiply":
        return `y *= ${number(step.by)};`;
      case "add":
        return `y += ${number(step.by)};`;
      case "at_least":
        return `if (y < ${number(step.by)}) y = ${number(step.by)};`;
      case "at_most":
        return `if (y > ${number(step.by)}) y = ${number(step.by)};`;
      default:
        throw new Error(`${step.kind} is no step of this target`);
    }
  });
  const fields = [
    ...(new RegExp(`typedef struct ${name}_row \\{([^}]*)\\}`)
      .exec(header)?.[1]
      ?.matchAll(/double (\w+);/g) ?? []),
  ];
  const target =
    new RegExp(`typedef struct ${name}_prediction \\{\\s*double (\\w+);`).exec(header)?.[1] ?? "";
  const weight = (layer: number, part: string) => `${name}_w_dense_${layer}_${part}`;
  const cells = model.samples.rows.map(({ values }) =>
    model.columns.map((column) => number(Number(values[column.name] ?? 0))),
  );
  return `#define _POSIX_C_SOURCE 199309L
#include "${name}.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const double mean[${input}] = {${by("subtract").map(number).join(", ")}};
static const double deviation[${input}] = {${by("divide").map(number).join(", ")}};

static const double given[${ROWS}][${input}] = {
${Array.from({ length: ROWS }, (_, i) => `  {${(cells[i % cells.length] ?? []).join(", ")}},`).join("\n")}
};

static double by_hand(const double *row) {
  float x[${input}], a[${first}], b[${second}];
  for (int i = 0; i < ${input}; i++) x[i] = (float)((row[i] - mean[i]) / deviation[i]);
  for (int j = 0; j < ${first}; j++) a[j] = 0;
  for (int i = 0; i < ${input}; i++)
    for (int j = 0; j < ${first}; j++) a[j] += x[i] * ${weight(1, "kernel")}[i * ${first} + j];
  for (int j = 0; j < ${first}; j++) {
    const float sum = a[j] + ${weight(1, "bias")}[j];
    a[j] = sum > 0 ? sum : 0;
  }
  for (int j = 0; j < ${second}; j++) b[j] = 0;
  for (int i = 0; i < ${first}; i++)
    for (int j = 0; j < ${second}; j++) b[j] += a[i] * ${weight(2, "kernel")}[i * ${second} + j];
  for (int j = 0; j < ${second}; j++) {
    const float sum = b[j] + ${weight(2, "bias")}[j];
    b[j] = sum > 0 ? sum : 0;
  }
  float out = 0;
  for (int i = 0; i < ${second}; i++) out += b[i] * ${weight(3, "kernel")}[i];
  double y = out + ${weight(3, "bias")}[0];
  ${back.join("\n  ")}
  return y;
}

static double exported(const double *row) {
  const ${name}_row own = {${fields.map((_, i) => `row[${i}]`).join(", ")}};
  ${name}_prediction prediction;
  return ${name}_predict(&own, &prediction) == 0 ? prediction.${target} : NAN;
}

/* So that neither is put into the loop that takes its time. */
static double (*volatile ways[2])(const double *) = {exported, by_hand};

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double nanoseconds(int way, int times) {
  double (*const predict)(const double *) = ways[way];
  volatile double sink = 0;
  const double start = seconds();
  for (int t = 0; t < times; t++)
    for (int i = 0; i < ${ROWS}; i++) sink = predict(given[i]);
  (void)sink;
  return (seconds() - start) * 1e9 / times / ${ROWS};
}

int main(int count, char **words) {
  const int rounds = count > 1 ? atoi(words[1]) : 1;
  const int times = count > 2 ? atoi(words[2]) : 100;
  int others = 0;
  for (int i = 0; i < ${ROWS}; i++) others += ways[0](given[i]) != ways[1](given[i]);
  nanoseconds(0, times);
  nanoseconds(1, times);
  for (int round = 0; round < rounds; round++) {
    double told[2];
    for (int turn = 0; turn < 2; turn++) {
      const int way = (turn + round) % 2;
      told[way] = nanoseconds(way, times);
    }
    printf("%.3f %.3f %d\\n", told[0], told[1], others);
  }
  return 0;
}
`;
}

function number(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
