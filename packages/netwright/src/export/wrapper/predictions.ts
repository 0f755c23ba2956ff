// What a wrapper makes of the numbers that come out, in JavaScript.

export const NUMBERS_OUT = `
function predictionOf(outputs, y, row) {
  return Object.fromEntries(outputs.map(({ name }, i) => [name, y[row * outputs.length + i]]));
}
`;

/** Of one target of classes or labels. */
export const CLASSES = `
function predictionOf([{ name, classes, probabilities: given, threshold, separator }], y, row) {
  const shares = classes.map((_, i) => y[row * classes.length + i]);
  const likeliest = () => shares.reduce((best, share, i) => (share > shares[best] ? i : best), 0);
  const label =
    separator !== null
      ? classes.filter((_, i) => shares[i] >= 0.5).join(separator)
      : classes[threshold === null ? likeliest() : Number(shares[1] >= threshold)];
  const probabilities = Object.fromEntries(classes.map((word, i) => [word, shares[i]]));
  // The word is first; a target of that very name has its word there.
  return { [name]: label, ...(name === "probabilities" || !given ? {} : { probabilities }) };
}
`;

/** Several quantiles of one target: the middle one, and all of them by their levels. */
export const QUANTILES = `
function predictionOf([{ name, quantiles: levels, middle }], y, row) {
  const values = levels.map((_, i) => y[row * levels.length + i]);
  const quantiles = Object.fromEntries(levels.map((level, i) => [level, values[i]]));
  return { [name]: values[middle], ...(name === "quantiles" ? {} : { quantiles }) };
}
`;

/** Turns back what comes out in columns that the module does not turn back itself. */
export const TURNED_BACK = `
function turnersOf(outputs) {
  return outputs.flatMap(({ encoder, range, quantiles = [0] }) => {
    const invert = encoder === undefined ? (z) => z : opened(encoder).scaling.invert;
    const held = range === undefined ? invert : (z) => Math.min(Math.max(invert(z), range.min), range.max);
    return quantiles.map(() => held);
  });
}

function turnBack(turners, y, rows) {
  for (let i = 0; i < rows * turners.length; i++) y[i] = turners[i % turners.length](y[i]);
}
`;
