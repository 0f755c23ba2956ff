// The splits of the rows, by the names that expectations and settings have for them.

export const splitNames = ["train", "validation", "test"] as const;

export function isSplitName(name: string): name is (typeof splitNames)[number] {
  return splitNames.some((known) => known === name);
}
