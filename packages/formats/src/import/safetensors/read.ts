// A safetensors file that Netwright wrote, which says what its layers are; any other one is tensors alone, and goes into the layers of
// a `.net` file (`tensors-into.ts`).

import { isObject, quote } from "@netwright/definitions";
import { LAYER_NAMES, type LayerName } from "../../model/layer-names.ts";
import type { ForeignLayer, ReadForeign } from "../foreign-model.ts";
import { decodeSafetensors, isSizes } from "./decode.ts";
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
  const notes = notesIn(own["netwright.layers"]);
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

interface LayerNote {
  readonly name: string;
  readonly layer: LayerName;
  readonly module: string | null;
  readonly shapes: ReadonlyMap<string, readonly number[]>;
}

function notesIn(text: string | undefined): readonly LayerNote[] | null {
  if (text === undefined) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(parsed)) return null;
  const notes = parsed.flatMap((one: unknown) => {
    if (!isObject(one) || typeof one["name"] !== "string") return [];
    const layer = LAYER_NAMES.find((known) => known === one["layer"]);
    const module = one["module"];
    const shapes = isObject(one["shapes"]) ? Object.entries(one["shapes"]) : [];
    const known = shapes.flatMap(([key, shape]) => (isSizes(shape) ? [[key, shape] as const] : []));
    return layer === undefined
      ? []
      : [
          {
            name: one["name"],
            layer,
            module: typeof module === "string" ? module : null,
            shapes: new Map(known),
          },
        ];
  });
  return notes.length === parsed.length ? notes : null;
}

const MOST = 6;

function told(modules: ReturnType<typeof modulesOf>): string {
  const some = modules.slice(0, MOST).map(({ name, tensors }) => {
    const [first] = tensors.values();
    return `${name} [${first?.shape.join(", ") ?? ""}]`;
  });
  return some.length === 0 ? "" : ` (it has ${some.join(", ")}${modules.length > MOST ? ", ..." : ""})`;
}
