// What a wrapper makes of the numbers that come out, in JavaScript.

export const NUMBERS_OUT = `
function predictionOf(outputs, y, row) {
  return Object.fromEntries(outputs.map(({ name }, i) => [name, y[row * outputs.length + i]]));
}
`;

/** Numbers, with an interval of each beside them. */
export const NUMBERS_WITH_INTERVALS = `
function predictionOf(outputs, y, row) {
  const values = outputs.map(({ name }, i) => [name, y[row * outputs.length + i]]);
  const prediction = Object.fromEntries(values);
  if (Object.hasOwn(prediction, "interval")) return prediction;
  const ends = outputs.map((output, i) => [output.name, intervalOf(output, values[i][1], values[i][1])]);
  return { ...prediction, interval: ends.length === 1 ? ends[0][1] : Object.fromEntries(ends) };
}
`;

/** The ends around what is predicted, of several quantiles around the least and the greatest. */
export const INTERVALS = `
function intervalOf({ interval: { radius, min, max } }, least, greatest) {
  const within = (x) => Math.min(Math.max(x, min ?? x), max ?? Infinity);
  const [low, high] = [least - radius, greatest + radius];
  const middle = low + (high - low) / 2;
  return low > high ? [within(middle), within(middle)] : [within(low), within(high)];
}
`;

/** Numbers, with how far targets spread around each, and intervals as wide as that says. */
export const spreadSource = (intervals: boolean) => `
function predictionOf(outputs, y, row) {
  const from = 2 * row * outputs.length;
  const names = outputs.map(({ name }) => name);
  const prediction = Object.fromEntries(names.map((name, i) => [name, y[from + i]]));
  const spread = Object.fromEntries(names.map((name, i) => [name, y[from + outputs.length + i]]));
  const beside = names.includes("spread") ? prediction : { ...prediction, spread };
${
  intervals
    ? `  if (names.includes("interval")) return beside;
  const ends = outputs.map(({ name, interval }, i) => {
    const radius = interval.radius * y[from + outputs.length + i];
    return [name, intervalOf({ interval: { ...interval, radius } }, y[from + i], y[from + i])];
  });
  return { ...beside, interval: ends.length === 1 ? ends[0][1] : Object.fromEntries(ends) };
`
    : "  return beside;\n"
}}
`;

/** Of one target of classes or labels. */
export const classesSource = (temperature: boolean) => `
function predictionOf([output], y, row) {
  const { name, classes, probabilities: given, threshold, separator, set } = output;
  const shares = ${temperature ? "temperedRow(classes.map((_, i) => y[row * classes.length + i]), output.temperature)" : "classes.map((_, i) => y[row * classes.length + i])"};
  const likeliest = () => shares.reduce((best, share, i) => (share > shares[best] ? i : best), 0);
  const label =
    separator !== null
      ? classes.filter((_, i) => shares[i] >= 0.5).join(separator)
      : classes[threshold === null ? likeliest() : Number(shares[1] >= threshold)];
  const probabilities = Object.fromEntries(classes.map((word, i) => [word, shares[i]]));
  // The word is first; a target of that very name has its word there.
  return {
    [name]: label,
    ...(name === "probabilities" || !given ? {} : { probabilities }),
    ...(set === undefined || name === "set"
      ? {}
      : { set: classes.filter((word, i) => word === label || shares[i] >= set.least) }),
  };
}
`;

/** Several quantiles of one target: the middle one, and all of them by their levels. */
export const QUANTILES = `
function predictionOf([output], y, row) {
  const { name, quantiles: levels, middle, interval } = output;
  const values = levels.map((_, i) => y[row * levels.length + i]);
  const quantiles = Object.fromEntries(levels.map((level, i) => [level, values[i]]));
  return {
    [name]: values[middle],
    ...(name === "quantiles" ? {} : { quantiles }),
    ...(interval === undefined || name === "interval"
      ? {}
      : { interval: intervalOf(output, values[0], values[values.length - 1]) }),
  };
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

/** The same where spreads stand behind the numbers of each row. */
export const SPREAD_TURNED_BACK = `
function turnersOf(outputs) {
  return outputs.map(({ encoder, range }) => {
    const { invert } = opened(encoder).scaling;
    const held = range === undefined ? invert : (z) => Math.min(Math.max(invert(z), range.min), range.max);
    return { invert, held };
  });
}

function turnBack(turners, y, rows) {
  for (let row = 0; row < rows; row++) {
    turners.forEach(({ invert, held }, j) => {
      const at = 2 * row * turners.length + j;
      const [number, spread] = [y[at], y[at + turners.length]];
      y[at] = held(number);
      y[at + turners.length] = (invert(number + spread) - invert(number - spread)) / 2;
    });
  }
}
`;
