// Codes of the problems that this package itself finds; the other packages have tables of their own.

export const projectCodes = {
  NW0610: "The data file cannot be read",
  NW0611: "The model has no data section",
  NW0612: "The model has no train section",
  NW0613: "The file cannot be read",
  NW0618: "The split of the file has no folds",
  NW0628: "A table in place of a `.net` file",
  NW0705: "An expectation is not met",
  NW0713: "An expectation does not fit the classes",
  NW0718: "Schedule beyond the training",
  NW0730: "The study has no models to predict with",
  NW0731: "A study that is not done",
  NW0732: "The runs of a study do not belong together",
  NW0733: "A study is no single model",
  NW0841: "The run was made for another network",
  NW0842: "The model is worse than its baseline",
  NW0843: "The model cannot be exported",
  NW0844: "A definition that Netwright has not",
  NW0848: "Baselines have nothing to be compared on",
  NW0850: "No layer has initial weights in the run",
  NW0851: "The run of the initial weights cannot be opened",
  NW0852: "Too few learning rates could be tried",
  NW0855: "Too few rows for an interval",
  NW0856: "The influence of columns cannot be measured",
  NW0857: "How far off predictions are is not told",
  NW0911: "Wrong use of the API",
} as const;

export type ProjectCode = keyof typeof projectCodes;
