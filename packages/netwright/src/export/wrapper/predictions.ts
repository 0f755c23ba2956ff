// What a wrapper makes of the numbers that come out, in JavaScript.

export const NUMBERS_OUT = `
function predictionOf(outputs, y, row) {
  return Object.fromEntries(outputs.map(({ name }, i) => [name, y[row * outputs.length + i]]));
}
`;

/** Of one target of classes or labels. */
export const CLASSES = `
function predictionOf([{ name, classes, threshold, separator, shares: given = true }], y, row) {
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
