// A safetensors file that Netwright wrote, which says what its layers are; any other one is tensors alone, and goes into the layers of
// a `.net` file (`tensors-into.ts`).

import { quote } from "@netwright/definitions";
import { LAYER_NOTES, layerNotesIn } from "../../model/layer-notes.ts";
import type { ForeignLayer, ReadForeign } from "../foreign-model.ts";
import { decodeSafetensors } from "./decode.ts";
import { fromTorch } from "./from-torch.ts";
import { modulesOf } from "./modules.ts";

export const readSafetensorsModel: ReadForeign = async (files) => {
  const [file, bytes] = [...files][0] ?? ["", new Uint8Array()];
  const what = `File ${quote(file)}`;
  const decoded = decodeSafetensors(bytes);
  if (typeof decoded === "string") return { refused: [{ what, why: decoded }] };
  const own = Object.fromEntries(
    Object.entries(decoded.metadata).filter(([key]) => key.startsWith("netwright.")),
  );
  const notes = layerNotesIn(own[LAYER_NOTES]);
  if (notes === null)
    return {
      refused: [
        {
          what,
          why: `has tensors and says of no layer what it does: write the network as a \`.net\` file, and \`--into model.net\` puts the tensors into its layers${told(modulesOf(decoded.tensors))}`,
        },
      ],
    };
  const modules = new Map(modulesOf(decoded.tensors).map((module) => [module.name, module.tensors]));
  const layers: ForeignLayer[] = [];
  for (const { name, layer, module, shapes } of notes) {
    const tensors = modules.get(name);
    const weights =
      tensors === undefined ? null : module === null ? tensors : fromTorch(layer, tensors, shapes);
    if (weights === null)
      return { refused: [{ what: `Layer ${quote(name)}`, why: "has other tensors than the file says" }] };
    // No module of PyTorch divides its sums, so that the kernel is as it was.
    const args = layer === "dense" && module === null ? { parametrization: "ntk" } : {};
    layers.push({ name, layer, args, inputs: [], weights, sharedWith: null });
  }
  const name = file.replace(/^.*[/\\]/, "").replace(/\.safetensors$/i, "");
  const output = layers.at(-1)?.name ?? "";
  return { model: { name, writer: "Netwright", inputs: [], layers, output, classes: null, notes: [], own } };
};

const MOST = 6;

function told(modules: ReturnType<typeof modulesOf>): string {
  const some = modules.slice(0, MOST).map(({ name, tensors }) => {
    const [first] = tensors.values();
    return `${name} [${first?.shape.join(", ") ?? ""}]`;
  });
  return some.length === 0 ? "" : ` (it has ${some.join(", ")}${modules.length > MOST ? ", ..." : ""})`;
}
