// Words that everyone puts into the same order: sizes, grades, how often, how much, how far one agrees.

/** From the least to the greatest, in lower case; what stands between bars is the same step. */
const ORDERS: readonly (readonly (readonly string[])[])[] = [
  "very low,low,medium low,medium|middle|moderate|med|mid|normal|average,medium high,high,very high,extreme",
  "very bad|terrible|awful,bad,ok|okay|average|neutral,good,very good,excellent|great",
  "very poor,poor,fair,average|typical,good,very good,premium,excellent|ideal|very excellent",
  "po,fa,ta,gd,ex",
  "tiny,very small|extra small,small,medium|middle|mid,large|big,very large|extra large|huge",
  "xxs,xs,s,m,l,xl,xxl,xxxl",
  "never,rarely|seldom|almost never|hardly ever,occasionally,sometimes|some,often|frequently|usually,very often|almost always|most of the time,always",
  "never,yearly|annually,quarterly,monthly,weekly,daily,hourly",
  "strongly disagree|disagree strongly|completely disagree,disagree|moderately disagree,somewhat disagree|slightly disagree,neutral|neither|undecided|neither agree nor disagree,somewhat agree|slightly agree,agree|moderately agree,strongly agree|agree strongly|completely agree",
  "very dissatisfied,dissatisfied,neutral|neither,satisfied,very satisfied",
  "very unlikely,unlikely,neutral,somewhat likely,likely,very likely",
  "very negative,negative,neutral,positive,very positive",
  "none|no|absent,minimal,mild|light|slight,moderate|some,marked,severe|heavy|strong,very severe",
  "not at all,a little|slightly,somewhat|moderately,quite a bit|quite,very|very much|a lot,extremely",
  "none,little|a little,some,much|a lot|lots,all",
  "minor,moderate,major,critical",
  "weak,moderate|medium,strong,very strong",
  "very cold,cold,cool,mild|moderate,warm,hot,very hot",
  "very slow,slow,medium|moderate|normal,fast,very fast",
  "very short,short,medium|average,long|tall,very long|very tall",
  "thin,medium,thick",
  "light,medium,heavy,very heavy",
  "child,teen|adolescent,young adult,adult,senior|elderly",
  "young,middle|middle aged|middle-aged,old|elderly",
  "freshman,sophomore,junior,senior",
  "first|1st,second|2nd,third|3rd,fourth|4th,fifth|5th,sixth|6th",
  "bronze,silver,gold,platinum,diamond",
  "worse,same|no change|unchanged,better",
  "decreased,same|no change|unchanged|stable,increased",
  "primary,secondary,tertiary",
  "lower,middle|medium,upper",
  "elementary|primary school|elementary school,middle school|junior high,high school,some college,college|associate degree|associate|junior college,bachelor|bachelors|bachelor degree|bachelor's degree|bachelor's,master|masters|graduate|master degree|master's degree|master's,doctorate|phd",
].map((line) => line.split(",").map((step) => step.split("|")));

/** The order of words that are all known as steps of one order, each step once; `null` where they are not. */
export function knownOrder(words: readonly string[]): readonly string[] | null {
  const plain = words.map((word) => word.toLowerCase().replace(/[\s_.-]+/g, " "));
  for (const order of ORDERS) {
    const steps = plain.map((word) => order.findIndex((same) => same.includes(word)));
    if (!steps.includes(-1) && new Set(steps).size === steps.length) return inOrderOf(words, steps);
  }
  return rangesInOrder(words);
}

/** `10-19`, `<10`, `65+`, `[10,20)`, `10 to 20`, also with a unit behind. */
const RANGE =
  /^(?:(?<below>[<≤] ?=?|under |below |up to )|(?<above>[>≥] ?=?|over |above ))?[[(]?(?<from>-?[\d.]+)(?:(?<plus> ?\+| and over| or more| and above| years and over)|(?: ?[-–—,] ?| to )(?<to>-?[\d.]+|inf|Inf)[\])]?)?(?<unit> ?\p{L}[\p{L}/ ]{0,15}\+?)?$/u;

/** Ranges of numbers, of which no two begin alike. */
function rangesInOrder(words: readonly string[]): readonly string[] | null {
  const units = new Set<string>();
  let ranges = 0;
  const places: number[] = [];
  for (const word of words) {
    const found = RANGE.exec(word)?.groups;
    const from = Number(found?.["from"]);
    if (found === undefined || !Number.isFinite(from)) return null;
    const isRange = [found["below"], found["above"], found["plus"], found["to"]].some(
      (part) => part !== undefined,
    );
    const to = Number(found["to"] ?? Number.NaN);
    if (to < from) return null;
    if (isRange) ranges++;
    const unit = (found["unit"] ?? "").trim();
    if (unit !== "" && unit !== "+") units.add(unit.replace(/\+$/, ""));
    // What is below 10 comes before 10 to 19, and what is above 19 behind it.
    places.push(
      from + (found["below"] === undefined ? 0 : -1e-9) + (found["above"] === undefined ? 0 : 1e-9),
    );
  }
  // Where nothing is a range, they are numbers with a unit.
  if (ranges === 0 || 2 * ranges < Math.min(words.length, 4) || units.size > 1) return null;
  return new Set(places).size === places.length ? inOrderOf(words, places) : null;
}

function inOrderOf(words: readonly string[], places: readonly number[]): readonly string[] {
  return words
    .map((word, i) => ({ word, place: places[i] ?? 0 }))
    .sort((a, b) => a.place - b.place)
    .map(({ word }) => word);
}
