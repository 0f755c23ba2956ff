// A model as PMML 4.4: columns as fields with what they may hold, the network as neurons, targets in original units.

import { quote } from "@netwright/definitions";
import { refusalsOf } from "../carries.ts";
import { type Activation, DENSE_CARRIES, type DenseNetwork, denseNetworkOf } from "../dense/network.ts";
import { type Refusal, textFile, type Written } from "../format.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { printed, type Tag, tag } from "../xml.ts";
import { type Field, fieldOf, refusedColumns } from "./fields.ts";
import { Neurons, neuronFunction, throughLayers } from "./layers.ts";
import { refusedTargets, targetOf } from "./outputs.ts";

export function writePmml(model: PortableModel): Written {
  const network = denseNetworkOf(model, uncomputed);
  const refused = [
    ...refusalsOf(model, DENSE_CARRIES),
    ...refusedColumns(model.columns),
    ...("refused" in network ? network.refused : products(network.dense)),
    ...refusedTargets(model.outputs),
  ];
  if ("refused" in network || refused.length > 0) return { refused };
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${printed(documentOf(model, network.dense))}`;
  return { files: [textFile(`${model.name}.pmml`, text)] };
}

function uncomputed(activation: Activation): string | null {
  if (neuronFunction(activation) !== null) return null;
  const more = activation.name === "relu" ? " with a slope, a threshold or a maximum" : "";
  return `${quote(activation.name)}${more}`;
}

function products({ steps }: DenseNetwork): readonly Refusal[] {
  return steps.flatMap((step) =>
    step.kind === "join" && step.by === "multiply"
      ? [
          {
            of: "layer",
            what: `Layer ${quote(step.name)}`,
            why: "multiplies values, which neurons of the format do not",
          },
        ]
      : [],
  );
}

function documentOf(model: PortableModel, dense: DenseNetwork): Tag {
  const { name, version, record, columns, missingWords, outputs, network } = model;
  const fields = columns.map((column) => fieldOf(column, missingWords));
  const neurons = new Neurons();
  const target = targetOf(neurons, outputs, network.link, throughLayers(neurons, dense));
  const layers = neurons.tags();
  return tag("PMML", { xmlns: "http://www.dmg.org/PMML-4_4", version: "4.4" }, [
    tag("Header", { description: `${name}, run ${record.hash.run}` }, [
      tag("Application", { name: "Netwright", version }),
    ]),
    tag("DataDictionary", { numberOfFields: fields.length + target.data.length }, [
      ...fields.map(({ data }) => data),
      ...target.data,
    ]),
    tag(
      "NeuralNetwork",
      {
        modelName: name,
        functionName: outputs.kind === "classes" ? "classification" : "regression",
        activationFunction: "identity",
        numberOfLayers: layers.length,
      },
      [
        tag("MiningSchema", {}, [...fields.map(({ mining }) => mining), ...target.mining]),
        tag("Output", {}, target.outputs),
        ...(target.targets === null ? [] : [target.targets]),
        inputs(fields),
        ...layers,
        tag("NeuralOutputs", { numberOfOutputs: target.neural.length }, target.neural),
      ],
    ),
  ]);
}

function inputs(fields: readonly Field[]): Tag {
  const all = fields.flatMap(({ numbers }) => numbers);
  const places = all.toSorted((a, b) => a.place - b.place);
  return tag(
    "NeuralInputs",
    { numberOfInputs: places.length },
    places.map(({ place, make }) =>
      tag("NeuralInput", { id: `0,${place}` }, [
        tag("DerivedField", { optype: "continuous", dataType: "double" }, [make]),
      ]),
    ),
  );
}
