// How a wrapper reads and checks what is given of a column of numbers, in JavaScript.

export const GIVEN = `
/** What is given of a column; undefined where the value is missing, which NaN says as well. */
function givenIn(row, { name }) {
  // What every object has, such as \`constructor\`, is no value of a column.
  const isGiven = Object.hasOwn(row, name) || !(name in Object.prototype);
  const given = isGiven ? row[name] : undefined;
  return given === null || Number.isNaN(given) ? undefined : given;
}
`;

export const NUMBERS = `${GIVEN}
/** Undefined where something is filled in, be it a mean of whole numbers. */
function numberOf(row, column, place, isAbsent = () => false) {
  const given = givenIn(row, column);
  const isMissing = given === undefined || (typeof given === "number" && isAbsent(given));
  if (isMissing && column.fill !== null) return undefined;
  const value = isMissing ? null : column.holds === "truth values" && typeof given === "boolean" ? Number(given) : given;
  const problem = problemOf(value, column);
  if (problem === undefined) return value;
  const message = \`\${place()}Column "\${column.name}" \${problem}.\`;
  throw typeof value === "number" ? new RangeError(message) : new TypeError(message);
}

function problemOf(value, { unit, min, max, holds }) {
  if (value === null) return "has no value";
  if (typeof value !== "number") return \`is a \${typeof value}; it takes \${holds === "truth values" ? "true or false" : "a number"}\`;
  if (!Number.isFinite(value)) return \`is \${value}, which is not a finite number\`;
  if (holds === "truth values" && value !== 0 && value !== 1) return \`is \${value}; it takes true or false, or 1 or 0\`;
  if (holds === "whole numbers" && !Number.isInteger(value)) return \`is \${value}; it takes whole numbers\`;
  if (min !== null && value < min) return \`is \${value}, below its minimum of \${min} \${unit ?? ""}\`.trimEnd();
  if (max !== null && value > max) return \`is \${value}, above its maximum of \${max} \${unit ?? ""}\`.trimEnd();
}
`;
