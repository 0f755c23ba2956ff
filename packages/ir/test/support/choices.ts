// Choices read off a list of numbers that fast-check makes; when the list is at its end, always the first.

export class Choices {
  readonly #numbers: readonly number[];
  #position = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** An integer from 0, less than `limit`; 0 where the limit is 0. */
  below(limit: number): number {
    const number = this.#numbers[this.#position++] ?? 0;
    return limit === 0 ? 0 : number % limit;
  }

  oneOf<T>(options: readonly T[]): T {
    const option = options[this.below(options.length)];
    if (option === undefined) throw new RangeError("there is nothing to choose from");
    return option;
  }
}
