// Where a function of one number is least. Source: Brent, "Algorithms for Minimization without Derivatives", 1973, `localmin`:
// parabolas through the best three places, and sections by the golden ratio where they lead nowhere.

/** 2 minus the golden ratio. */
const SECTION = 0.3819660112501051;
/** The square root of what f64 resolves: a least place cannot be told any better. */
const CLOSE = 1.5e-8;
const MOST_STEPS = 100;

/** A place between `low` and `high` where `cost`, which has one valley there, is least. Infinite costs are allowed. */
export function leastOf(cost: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  let best = a + SECTION * (b - a);
  let [second, third] = [best, best];
  let costOfBest = cost(best);
  let [costOfSecond, costOfThird] = [costOfBest, costOfBest];
  let [step, before] = [0, 0];
  for (let i = 0; i < MOST_STEPS; i++) {
    const middle = (a + b) / 2;
    const close = CLOSE * Math.abs(best) + CLOSE / 4;
    if (Math.abs(best - middle) <= 2 * close - (b - a) / 2) break;
    const wanted = parabolaStep();
    const isWithin =
      Number.isFinite(wanted) &&
      Math.abs(wanted) < Math.abs(before / 2) &&
      best + wanted > a &&
      best + wanted < b;
    if (isWithin) {
      before = step;
      step = wanted;
      if (best + step - a < 2 * close || b - best - step < 2 * close) step = best < middle ? close : -close;
    } else {
      before = best < middle ? b - best : a - best;
      step = SECTION * before;
    }
    const next = best + (Math.abs(step) >= close ? step : step > 0 ? close : -close);
    take(next, cost(next));
  }
  return best;

  /** To the lowest place of the parabola through the three best; not finite where there is none. */
  function parabolaStep(): number {
    const r = (best - second) * (costOfBest - costOfThird);
    const q = (best - third) * (costOfBest - costOfSecond);
    return ((best - third) * q - (best - second) * r) / (2 * (r - q));
  }

  function take(next: number, costOfNext: number): void {
    if (costOfNext <= costOfBest) {
      if (next < best) b = best;
      else a = best;
      [third, costOfThird] = [second, costOfSecond];
      [second, costOfSecond] = [best, costOfBest];
      [best, costOfBest] = [next, costOfNext];
      return;
    }
    if (next < best) a = next;
    else b = next;
    if (costOfNext <= costOfSecond || second === best) {
      [third, costOfThird] = [second, costOfSecond];
      [second, costOfSecond] = [next, costOfNext];
    } else if (costOfNext <= costOfThird || third === best || third === second) {
      [third, costOfThird] = [next, costOfNext];
    }
  }
}
