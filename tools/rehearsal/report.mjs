// What the rehearsal has found: rows that must agree, what was skipped and why, what failed. It speaks at the end.

const COLUMNS = ["engine", "threads", "weights after 54 steps", "prediction"];

export function createReport() {
  const rows = [];
  const passed = [];
  const skipped = [];
  const failed = [];
  return {
    /** One training: where, on how many threads, the hash of its weights and what it predicts. */
    row: (engine, { threads, weights, prediction }) => rows.push({ engine, threads, weights, prediction }),
    pass: (what) => {
      passed.push(what);
      console.log(`passed   ${what}`);
    },
    skip: (what, reason) => {
      skipped.push({ what, reason });
      console.log(`skipped  ${what}: ${reason}`);
    },
    fail: (what, text) => {
      failed.push(what);
      console.log(`FAILED   ${what}:\n${text.trimEnd().replace(/^/gm, "         ")}`);
    },
    /** Prints table and closing line; says whether all is well. */
    close: () => close(rows, passed, skipped, failed),
  };
}

function close(rows, passed, skipped, failed) {
  const lines = rows.map(({ engine, threads, weights, prediction }) => [
    engine,
    String(threads),
    weights,
    // All digits that there are: JavaScript prints as many as tell a number from its neighbours.
    JSON.stringify(prediction),
  ]);
  console.log(`\n${table([COLUMNS, ...lines])}\n`);
  const bits = new Set(lines.map(([, , ...bits]) => bits.join(" ")));
  const same = bits.size === 1;
  const engines = new Set(rows.map(({ engine }) => engine)).size;
  const verdict = same ? "the same bits in all of them" : `${bits.size} different results`;
  console.log(`${engines} engines, ${rows.length} trainings: ${verdict}.`);
  console.log(`${passed.length} checks passed, ${failed.length} failed, ${skipped.length} skipped.`);
  for (const { what, reason } of skipped) console.log(`  skipped: ${what}: ${reason}`);
  for (const what of failed) console.log(`  FAILED: ${what}`);
  return same && failed.length === 0;
}

function table(lines) {
  const widths = COLUMNS.map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
