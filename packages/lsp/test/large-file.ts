// A large `.net` text for tests and measurements: blocks with parameters, residuals, a long model.

export function largeFile(lines: number): string {
  const blocks = Math.floor((lines - 20) / 7);
  const out = ["netwright 1", "", "param width = 64 in 8..512", ""];
  for (let i = 0; i < blocks; i++) {
    out.push(
      `# Part ${i}`,
      `block part_${i}(units, act = relu) {`,
      "  dense(units, act)",
      `  dense(units + ${i % 9}) -> act -> dropout(0.${1 + (i % 8)})`,
      "  residual(project: dense) { dense(width, act) }",
      "}",
      `block all_${i}(n) { part_${i}(n) }`,
    );
  }
  out.push("model {", "  input(8)");
  while (out.length < lines - 6) out.push(`  all_${out.length % blocks}(${8 + (out.length % 16)})`);
  for (let i = 0; i < blocks; i++) out[out.length - 1] += ` -> all_${i}(8)`;
  return [...out, "}", "", "train {", "  loss: mae", "}", ""].join("\n");
}
