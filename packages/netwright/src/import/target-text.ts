// What a foreign model gives, as a target and the loss that it was most likely trained by.

import { spellColumn, stringText } from "@netwright/lang";
import type { Row } from "./features-text.ts";
import type { Misnamed, NamingOptions } from "./naming.ts";
import type { ForeignNetwork } from "./network.ts";
import { scaleText } from "./scale-text.ts";

export interface Target {
  /** Of the scaling and the link behind the network: what is not said here, and stays a layer. */
  readonly keepsUnscaling: boolean;
  readonly keepsLink: boolean;
  readonly row: (i: number) => Row;
  readonly names: readonly string[];
  readonly columns: readonly string[];
  readonly loss: string;
}

/** `taken` are the names of what goes in. */
export function targetText(
  { link: found, unscaled }: ForeignNetwork,
  outputs: number,
  { classes, target, logits = false }: NamingOptions,
  taken: readonly string[],
): Target | Misnamed {
  const misplaced = logits ? misplacedLogits(found, classes) : null;
  if (misplaced !== null) return misplaced;
  const stated = outputs === 1 ? "sigmoid" : "softmax";
  const link = found ?? (logits ? stated : null);
  const words = link === null || classes === "none" ? null : wordsOf(link, outputs, classes);
  if (words !== null && "misnamed" in words) return words;
  if (words === null && classes !== undefined && classes !== "none")
    return {
      misnamed: "`classes` are given, and the model does not end with `softmax` or `sigmoid`",
      remedy:
        "If its numbers are those before a `softmax` that its loss has, as in most classifiers of PyTorch, say so: `--logits`, in JavaScript `logits: true`. Otherwise leave the classes out, and it gives numbers.",
    };
  const free = (name: string): string => {
    let own = name;
    for (let k = 2; taken.includes(own); k++) own = `${name}_${k}`;
    return own;
  };
  const count = words === null ? outputs : 1;
  if (target !== undefined && target.length !== count)
    return {
      misnamed: `\`target\` has ${target.length} names, and the model predicts ${count === 1 ? "one column" : `${count} columns`}`,
      remedy: "Give a name for each column that is predicted.",
    };
  const clash = target?.find((name, i) => taken.includes(name) || target.indexOf(name) < i);
  if (clash !== undefined)
    return {
      misnamed: `the column \`${clash}\` is named twice`,
      remedy: "Each column has a name of its own.",
    };
  if (words !== null) {
    const [name = ""] = target ?? [free("class")];
    const values = `[${words.words.map(stringText).join(", ")}]`;
    return {
      names: [name],
      columns: [`${spellColumn(name)}: ${words.type}(values: ${values})`],
      loss: words.loss,
      keepsUnscaling: unscaled !== null,
      keepsLink: false,
      row: (i) => ({ [name]: words.words[i % words.words.length] ?? "" }),
    };
  }
  const names =
    target ?? (count === 1 ? [free("y")] : Array.from({ length: count }, (_, i) => free(`y${i + 1}`)));
  return {
    names,
    columns: names.map((name, i) => {
      const scale = scaleText(unscaled, i);
      return `${spellColumn(name)}: ${scale === null ? "number" : `number(scale: ${scale})`}`;
    }),
    loss: "mse",
    keepsUnscaling: false,
    keepsLink: link !== null,
    row: (i) => Object.fromEntries(names.map((name, j) => [name, i + (j % 5)])),
  };
}

/** Null where they are what the model gives. */
function misplacedLogits(link: ForeignNetwork["link"], classes: NamingOptions["classes"]): Misnamed | null {
  if (link !== null)
    return {
      misnamed: `\`logits\` are given, and the model ends with \`${link}\``,
      remedy: "Leave them out: what it gives are shares already.",
    };
  return classes === "none"
    ? {
        misnamed: "`logits` are given, and `classes` are `none`",
        remedy: "Logits are numbers of classes: leave one of both out.",
      }
    : null;
}

interface Words {
  readonly words: readonly string[];
  readonly type: "category" | "labels";
  readonly loss: string;
}

/** Null where the numbers are none of classes. */
function wordsOf(
  link: "softmax" | "sigmoid",
  outputs: number,
  stated: readonly string[] | undefined,
): Words | Misnamed | null {
  const isPair = link === "sigmoid" && outputs === 1;
  const count = isPair ? 2 : outputs;
  // Many numbers between 0 and 1 may be anything; they are labels where somebody says which.
  if (stated === undefined && (link === "sigmoid" ? !isPair : outputs < 2)) return null;
  const words = stated ?? Array.from({ length: count }, (_, i) => String(i));
  if (words.length !== count)
    return {
      misnamed: `\`classes\` has ${words.length} words, and the model tells ${count} apart`,
      remedy: "Give a word for each class, in the order of the model.",
    };
  if (new Set(words).size < words.length || words.includes(""))
    return {
      misnamed: "`classes` has a word twice, or an empty one",
      remedy: "Each class has a word of its own.",
    };
  if (link === "softmax") return { words, type: "category", loss: "cross_entropy" };
  return isPair
    ? { words, type: "category", loss: "binary_cross_entropy" }
    : { words, type: "labels", loss: "multi_label_cross_entropy" };
}
