// A model card of a run: front matter that YAML's readers take, tables, and text of strangers that stays text.

import { expect, test } from "@jest/globals";
import { exportModel, train } from "netwright";

const rows = Array.from({ length: 60 }, (_, i) => ({
  "a|b": (i * 37) % 11,
  word: i % 5 === 0 ? "" : ["red", "<b>blue</b>"][i % 2],
  seen: `2024-05-${10 + (i % 20)}`,
  sold: `2024-06-${10 + (i % 20)}`,
  y: ((i * 29) % 13) + (i % 2),
}));

async function card(train_ = "loss: mse", target = 'y: number(unit: "MPa", min: 0)') {
  const source = `netwright 1
data t { source: "t.csv", target: y
  columns { "a|b": number(unit: "kg/m3", min: 0, max: 20), word: category(missing: own_class), seen: date, sold: date(min: "2024-01-01", max: "2024-12-31"), ${target} }
}
model { dense(3, relu) -> dense(outputs) }
train { ${train_}, optimizer: adam(0.01), epochs: 2, batch: 16 }
expect { test.mae <= 100 }
`;
  const model = await train(source, { data: rows, backend: "reference" });
  const [file] = await exportModel(model.bundle, "card");
  return { name: file?.name, text: new TextDecoder().decode(file?.content), record: model.bundle.record };
}

test("contract, metrics, versions and limits", async () => {
  const { name, text, record } = await card();
  expect(name).toBe("README.md");
  expect(text.startsWith("---\nlibrary_name: netwright\npipeline_tag: tabular-regression\n")).toBe(true);
  expect(text).toContain('- name: "model"\n');
  expect(text).toContain(`    - type: "mae"\n      value: ${record.splits.test?.metrics["mae"]}`);
  expect(text).toContain("| `a\\|b` | numbers | kg/m3 | 0 to 20 | refused | a scaled number |");
  expect(text).toContain(
    "| `word` | `<b>blue</b>`, `red`; another word is refused |  |  | a word of its own | `one_hot` |",
  );
  expect(text).toContain("| `y` | MPa | from 0 |");
  expect(text).toContain("| `test.mae <= 100` |");
  expect(text).toContain(`| run | \`${record.hash.run}\` |`);
  expect(text).toContain("train { loss: mse,");
  expect(text).toContain("| `seen` | dates |  |  | refused | `calendar` |");
  expect(text).toContain("| `sold` | dates |  | 2024-01-01 to 2024-12-31");
  // No tag of a stranger outside of code.
  expect(text.replace(/```[\s\S]*?```|`[^`]*`/g, "")).not.toContain("<b>");
});
