// How a wrapper reads what its module says of the columns, in JavaScript.

import type { Needs } from "./wrapper.ts";

export function sectionSource({ version, coders, words, classes, quantiles, turners }: Needs): string {
  const isInput = words
    ? '(column) => (column?.holds === "words" ? isWords(column) : isColumn(column) && isNumber(column.fill))'
    : "(column) => isColumn(column) && isNumber(column.fill)";
  const wordsCheck = words
    ? `  const isWords = ({ name, values, fill, size, encoder }) =>
    typeof name === "string" &&
    (values === null || Array.isArray(values)) &&
    (fill === null || typeof fill === "string") &&
    Number.isInteger(size) &&
    Object.hasOwn(encoders, encoder?.name);
`
    : "";
  const classesCheck = classes
    ? `  const isClasses = (column) => typeof column?.name === "string" && Array.isArray(column.classes);
`
    : "";
  const quantilesCheck = quantiles
    ? `  const isQuantiles = (column) => isColumn(column) && Array.isArray(column.quantiles) && column.middle in column.quantiles;
`
    : "";
  const outputs = classes
    ? "isList(outputs, isClasses) && outputs.length === 1"
    : quantiles
      ? "isList(outputs, isQuantiles) && outputs.length === 1"
      : "isList(outputs, isColumn)";
  const isModel = `format === "netwright-model" && version === ${version} && isList(inputs, isInput) && ${outputs}`;
  const opened = [
    "inputs, outputs",
    ...(coders ? ["coders: inputs.map((column) => coderOf(column, cells))"] : []),
    ...(turners ? ["turners: turnersOf(outputs)"] : []),
  ].join(", ");
  const result =
    coders || turners
      ? `  try {
${coders ? "    const cells = cellReader(missingWords);\n" : ""}    if (isModel) return { ${opened} };
  } catch {}
`
      : `  if (isModel) return { inputs, outputs };
`;
  return `
function columnsIn(section) {
  let found;
  try {
    found = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(section));
  } catch {}
  const isNumber = (value) => value === null || Number.isFinite(value);
  const isColumn = (column) =>
    typeof column?.name === "string" &&
    (column.unit === null || typeof column.unit === "string") &&
    isNumber(column.min) &&
    isNumber(column.max);
${wordsCheck}${classesCheck}${quantilesCheck}  const isInput = ${isInput};
  const isList = (columns, isSo) =>
    Array.isArray(columns) && columns.every(isSo) && new Set(columns.map(({ name }) => name)).size === columns.length;
  const { format, version, inputs, outputs${coders ? ", missingWords = []" : ""} } = found ?? {};
  const isModel = ${isModel};
${result}  throw new TypeError("This model is damaged: its section \`netwright\` does not describe its columns.");
}
`;
}
