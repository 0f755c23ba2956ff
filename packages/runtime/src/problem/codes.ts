// Every problem that running, saving or loading a model can meet: its stable code and a title of one line.
// NW0800 to NW0899 belong to this package.

export const runtimeCodes = {
  NW0801: "Training met a number that is not finite",
  NW0802: "Early stopping needs a validation split",
  NW0803: "There are no rows to train on",
  NW0804: "The checkpoint belongs to another run",
  NW0805: "There is nothing to resume",
  NW0806: "Training lost what computes it",
  NW0807: "A training of this model was not finished",
  NW0808: "The checkpoint could not be kept",
  NW0809: "The run was saved to another place",
  NW0810: "Unknown backend",
  NW0811: "The backend's package is not installed",
  NW0812: "The backend cannot be loaded",
  NW0813: "The package is not a backend",
  NW0814: "The backend was made for another version of Netwright",
  NW0815: "The backend lacks an operation",
  NW0816: "Training cannot be divided among devices",
  NW0820: "There is no run here",
  NW0821: "A file of the run is missing",
  NW0822: "A tensor file is cut short",
  NW0823: "The header of a tensor file is not valid",
  NW0824: "The tensors of a file overlap or leave gaps",
  NW0825: "A tensor has a type that is not supported",
  NW0826: "A file of the run does not have the expected content",
  NW0827: "The run is from a newer version",
  NW0828: "A file is not the one that the record describes",
  NW0829: "A file of the run is not as it was written",
  NW0830: "No room to save",
  NW0831: "Not permitted to save",
  NW0832: "The place to save to holds something else",
  NW0833: "The run could not be saved",
  NW0834: "The run could not be read",
} as const;

export type RuntimeCode = keyof typeof runtimeCodes;
