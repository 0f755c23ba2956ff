// A model of Keras: `.keras`, a zip of its layers as JSON and its weights as HDF5, or `.h5`, HDF5 with both.

import { mostUnpacked } from "@netwright/data";
import { type Unzipped, unzipSync } from "fflate/browser";
import { snakeCase } from "../../keras/hdf5.ts";
import { ownTextsIn } from "../../model/contract.ts";
import { withIndices } from "../embedded-inputs.ts";
import { ForeignGraph } from "../foreign-graph.ts";
import type { Arrived, ForeignModel, ReadForeign, ReadSettings } from "../foreign-model.ts";
import { type H5File, openH5 } from "./h5-file.ts";
import { objectIn, parsed, textIn } from "./json.ts";
import { majorOf, type Reading, type Written } from "./layer-call.ts";
import { readTopology } from "./topology.ts";
import { inOrder, type ListedWeight, type WeightSource } from "./weights.ts";

const NOT_INSTALLED = refuse(
  "The weights",
  "are HDF5, which the package `h5wasm` reads, and it is not installed: `npm install h5wasm` where Netwright is",
);

function refuse(what: string, why: string): Arrived {
  return { refused: [{ what, why }] };
}

export const readKeras: ReadForeign = async (files, settings) => {
  const [first] = files;
  if (first === undefined) return refuse("The file", "is empty");
  const [file, bytes] = first;
  const name = file.replace(/\.[^.]*$/, "");
  return bytes[0] === 0x50 && bytes[1] === 0x4b
    ? readArchive(name, bytes, settings)
    : readWhole(name, bytes, settings);
};

/** Files of the zip that are read, and how many bytes each may have. */
const MEMBERS: Readonly<Record<string, number>> = {
  "config.json": 2 ** 26,
  "metadata.json": 2 ** 26,
  "model.weights.h5": 2 ** 31 - 1,
  "netwright.json": 2 ** 26,
};

async function readArchive(name: string, bytes: Uint8Array, settings: ReadSettings): Promise<Arrived> {
  let members: Unzipped;
  const tooLarge: string[] = [];
  let total = 0;
  try {
    members = unzipSync(bytes, {
      filter: ({ name: member, originalSize }) => {
        const most = Object.hasOwn(MEMBERS, member) ? (MEMBERS[member] ?? 0) : 0;
        if (most === 0) return false;
        // One file may stand there many times, and all together are no more than its bytes can become.
        total += originalSize;
        if (originalSize > most || total > mostUnpacked(bytes.length)) tooLarge.push(member);
        return tooLarge.length === 0;
      },
    });
  } catch {
    return refuse("The file", "is a zip that is damaged or not whole");
  }
  const [large] = tooLarge;
  if (large !== undefined) return refuse(`\`${large}\` in it`, "says that it is larger than what is read");
  const json = (member: string) => {
    const content = members[member];
    return content === undefined ? null : parsed(new TextDecoder().decode(content));
  };
  const config = json("config.json");
  const weights = members["model.weights.h5"];
  if (config === null)
    return refuse("The file", "has no `config.json` that could be read: it is no model of Keras");
  if (weights === undefined)
    return refuse(
      "The file",
      "has no `model.weights.h5`, in which all of its weights would be: it may have them in several files",
    );
  const metadata = json("metadata.json");
  const version = textIn(metadata, "keras_version");
  const h5 = await openH5(weights);
  if (h5 === null) return NOT_INSTALLED;
  if (h5 === "damaged") return refuse("`model.weights.h5` in it", "is no HDF5 that could be read");
  try {
    return arrived(
      config,
      {
        name,
        version,
        written: (majorOf(version) ?? 3) >= 3 ? "keras3" : "keras2",
        settings,
        own: ownTextsIn(objectIn({ own: json("netwright.json") }, "own") ?? {}),
      },
      numbered(h5, ""),
    );
  } finally {
    h5.close();
  }
}

interface About {
  readonly name: string;
  readonly version: string | null;
  readonly written: Written;
  readonly settings: ReadSettings;
  readonly own: ForeignModel["own"];
}

function arrived(
  config: unknown,
  { name, version, written, settings, own }: About,
  source: WeightSource,
): Arrived {
  const g = new ForeignGraph();
  const reading: Reading = { g, written, settings, inputs: [] };
  const output = readTopology(config, reading, source);
  const inputs = withIndices(reading.inputs, g);
  if (g.refused.length > 0 || output === null) return { refused: g.refused };
  const writer = version === null ? "Keras" : `Keras ${version}`;
  return { model: { name, writer, inputs, layers: g.layers, output, classes: null, notes: g.notes, own } };
}

/** The groups of Keras 3: called after the class of a layer and counted. */
function numbered(h5: H5File, root: string): WeightSource {
  const counts = new Map<string, number>();
  const groupOf = (className: string): string => {
    const kind = snakeCase(className);
    const before = counts.get(kind) ?? 0;
    counts.set(kind, before + 1);
    return `${root}layers/${before === 0 ? kind : `${kind}_${before}`}`;
  };
  return {
    layer: (className) => {
      const group = groupOf(className);
      return { get: ({ path }) => h5.tensor(`${group}/${path}`) };
    },
    model: (className) => numbered(h5, `${groupOf(className)}/`),
  };
}

async function readWhole(name: string, bytes: Uint8Array, settings: ReadSettings): Promise<Arrived> {
  const h5 = await openH5(bytes);
  if (h5 === null) return NOT_INSTALLED;
  if (h5 === "damaged") return refuse("The file", "is no HDF5 that could be read");
  try {
    const text = h5.text("", "model_config");
    if (text === null)
      return refuse(
        "The file",
        'has weights and no layers, `model_config`: save the whole model, `model.save("model.keras")`',
      );
    const config = parsed(text);
    if (config === null) return refuse("`model_config` in it", "is no JSON");
    const version = h5.text("", "keras_version") ?? h5.text("model_weights", "keras_version");
    const written = (majorOf(version) ?? 2) >= 3 ? "keras3" : "keras2";
    return arrived(config, { name, version, written, settings, own: null }, byNames(h5));
  } finally {
    h5.close();
  }
}

/** The groups of the older format: called after the layers of the outermost model, with the names of their weights in order. */
function byNames(h5: H5File): WeightSource {
  const listedIn = (layer: string): readonly ListedWeight[] => {
    const group = `model_weights/${layer}`;
    return (h5.texts(group, "weight_names") ?? []).map((weight) => ({
      name: weight,
      tensor: h5.tensor(`${group}/${weight}`),
    }));
  };
  // Those of a model that is a layer are all in its group.
  const inner = (outer: string): WeightSource => {
    const all = listedIn(outer);
    const source: WeightSource = {
      layer: (_, name) => inOrder(all.filter((one) => one.name.split("/").slice(0, -1).includes(name))),
      model: () => source,
    };
    return source;
  };
  return { layer: (_, name) => inOrder(listedIn(name)), model: (_, name) => inner(name) };
}
