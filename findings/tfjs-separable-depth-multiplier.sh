#!/usr/bin/env bash
# @tensorflow/tfjs-layers 4.22.0.
# A `separableConv2d` with a `depthMultiplier` of 2 is saved without that number, so that `loadLayersModel` makes a layer with 1 of what
# `model.save` has just written, and refuses its weights: "Shape mismatch". A `depthwiseConv2d` keeps it.
# One would have guessed that a model that was saved can be loaded. `netwright import` takes the number from the kernel.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error --ignore-scripts @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-layers@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0 >/dev/null

cat >try.mjs <<'JS'
import "@tensorflow/tfjs-backend-cpu";
import { io } from "@tensorflow/tfjs-core";
import { layers, loadLayersModel, sequential } from "@tensorflow/tfjs-layers";

console.warn = () => {};

async function savedAndLoaded(layer) {
  const model = sequential({ layers: [layer] });
  let kept;
  await model.save(
    io.withSaveHandler(async (artifacts) => {
      kept = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    }),
  );
  const [{ config }] = kept.modelTopology.config.layers;
  try {
    await loadLayersModel(io.fromMemory(kept));
    return `saved depth_multiplier: ${config.depth_multiplier}; loaded`;
  } catch (error) {
    return `saved depth_multiplier: ${config.depth_multiplier}; ${error.message}`;
  }
}

const settings = { filters: 3, kernelSize: 2, depthMultiplier: 2, inputShape: [4, 4, 2] };
const separable = await savedAndLoaded(layers.separableConv2d(settings));
const depthwise = await savedAndLoaded(layers.depthwiseConv2d(settings));
console.log(`separableConv2d: ${separable}`);
console.log(`depthwiseConv2d: ${depthwise}`);
process.exitCode =
  separable.startsWith("saved depth_multiplier: undefined; Shape mismatch") &&
  depthwise === "saved depth_multiplier: 2; loaded"
    ? 0
    : 1;
JS
node try.mjs
