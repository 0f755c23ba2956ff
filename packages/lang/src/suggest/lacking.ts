// Things that other libraries have and the language has not, each with what comes nearest: no word of the language is
// suggested for them, as a similar spelling would pass one thing off as another.

import { type Family, lettersOf, quote } from "@netwright/definitions";

/** Where a name stands. */
export type Place = Family | "parameter" | "setting" | "metric" | "statement";

type Row = readonly [names: string, instead: string];

const classes =
  "`cross_entropy` is the loss of classes, `focal` that of rare ones; `accuracy` and `f1` are among their metrics.";
const windows = "There are `conv1d` for sequences and `conv2d` for images.";
const nearest = "`adam` and `adamw` are what most people use.";
const commandLine =
  "It is an option of the command, as `--backend jit` or `--threads 4`, and not of the file.";

const activation: readonly Row[] = [
  ["rrelu", "Its slope is drawn at random; `leaky_relu` has a fixed one, `prelu` learns it."],
  ["crelu thresholdedrelu threshold", "`relu(threshold: 1)` is 0 up to a threshold."],
  ["gelunew gelutanh geluapproximate fastgelu quickgelu", "It approximates `gelu`, which is exact here."],
  ["softmin sparsemax gumbelsoftmax", "`softmax` and `log_softmax` are those over a whole row."],
  ["sparsesigmoid", "`hard_sigmoid` is flat at both ends, too."],
  ["squaredrelu", "`sparse_plus` and `softplus` are the nearest."],
  ["geglu reglu", "It is `glu(gelu)` or `glu(relu)`, behind a layer of twice the width."],
  ["sin sine snake cos gaussian", "`tanh` is the nearest that bends on both sides."],
];

/** Layers, which are no functions of a number: where an activation is an argument they do not fit. */
const bendingLayers: readonly Row[] = [
  [
    "prelu",
    "It is a layer, as its slopes are learnt: `dense(8) -> prelu`. `leaky_relu(negative_slope: 0.25)` has a fixed one.",
  ],
  ["glu swiglu maxout", "It is a layer, as it gives fewer numbers than it takes: `dense(16) -> swiglu`."],
];

const layer: readonly Row[] = [
  ...activation,
  ["instancenorm instancenormalization instancenorm1d instancenorm2d", "It is `group_norm(groups: -1)`."],
  [
    "normalization rescaling localresponsenorm",
    "The data is scaled by `scale` of `data`; `batch_norm`, `layer_norm` and their kind are the normalisations of a network.",
  ],
  [
    "randomzoom randombrightness randomcontrast randomhue randomsaturation randomshear randomerasing randomgrayscale randaugment augmix cutout colorjitter",
    "Layers that change pictures while training are `random_flip`, `random_translation`, `random_rotation` and `random_crop`; `gaussian_noise` is for all numbers.",
  ],
  ["mixup cutmix", "Rows are mixed with rows, and so are their targets, by `mixup: 0.2` in `train`."],
  ["conv conv3d convolution conv3dtranspose deconvolution", windows],
  [
    "pool pooling pool2d maxpool maxpooling maxpooling3d maxpool3d averagepooling avgpool averagepooling3d avgpool3d " +
      "adaptiveavgpool1d adaptiveavgpool2d adaptivemaxpool2d globalpooling",
    "There are `max_pooling1d` and `average_pooling1d` for sequences, `max_pooling2d` and `average_pooling2d` for images, and with `global_` before it one number for each channel.",
  ],
  [
    "upsample interpolate resizing upsampling",
    "There are `upsampling1d` for sequences and `upsampling2d` for images: `upsampling2d(2, interpolation: bilinear)`.",
  ],
  [
    "pad padding zeropadding zeropad constantpad2d",
    "There are `zero_padding1d` for sequences and `zero_padding2d` for images.",
  ],
  [
    "attention selfattention crossattention additiveattention scaleddotproductattention groupqueryattention",
    "`multi_head_attention(1)` is attention with one head; its inputs are one sequence, or `parallel { query { } value { } }`.",
  ],
  ["positionalencoding", "`sine_position_encoding` is fixed, and `position_embedding` is learnt."],
  [
    "transformer transformerencoderlayer encoderlayer transformerblock",
    '`transformer_encoder(64, num_heads: 4)` is a block of the library, `use "netwright/sequences"`.',
  ],
  [
    "transformerdecoder transformerdecoderlayer decoder",
    "`residual { multi_head_attention(4, causal: true) }` sees what is before each step alone.",
  ],
  ["timedistributed", "`dense` and other layers over the last size do the same for each step as they are."],
  [
    "convlstm convlstm1d convlstm2d lstmcell grucell peephole",
    "`lstm` and `gru` take numbers for each step.",
  ],
  [
    "onehot categoryencoding",
    "`columns { Colour: category }` describes a column of words: one number for each, or `category(encoder: ordinal)`.",
  ],
  [
    "dropconnect variationaldropout stochasticdepth droppath",
    "`dropout`, `gaussian_dropout`, `alpha_dropout`, `spatial_dropout` and `gaussian_noise` are the layers that work at random.",
  ],
  [
    "lambda",
    "`flatten`, `reshape`, `permute`, `repeat_vector` and `slice` are the layers that change a shape alone.",
  ],
  [
    "squeeze unsqueeze expanddims view",
    "`reshape([6, 1])` states all sizes of a row, of which one may be -1.",
  ],
  ["cropping crop centercrop", "There are `cropping1d` for sequences and `cropping2d` for images."],
  ["sequential functional", "`model { ... }` is a sequence of layers, one on a line or joined by `->`."],
  ["bilinear", "`parallel { a { dense(8) } b { dense(8) } } -> multiply` is the nearest."],
  ["maximum minimum subtract dot", "Branches are joined by `concat`, `add`, `average` or `multiply`."],
];

const crossEntropies =
  "crossentropy crossentropyloss ce categoricalcrossentropy sparsecategoricalcrossentropy categorical nll nllloss " +
  "logloss softmaxcrossentropy";

const rows: { readonly [P in Place]: readonly Row[] } = {
  activation: [...activation, ...bendingLayers],
  layer,
  loss: [
    [crossEntropies, classes],
    [
      "multilabel multilabelsoftmarginloss multilabelmarginloss",
      "`multi_label_cross_entropy` is the loss of `labels`, several in a cell.",
    ],
    ["coral coralloss corn cumulativelink proportionalodds", "`ordinal` is the loss of classes in an order."],
    ["rmse rootmeansquarederror", "`mse` is least where its root is; `rmse` is a metric."],
    [
      "mape meanabsolutepercentageerror msle meansquaredlogarithmicerror",
      "`scale: log1p` of the target with `mae` is the nearest.",
    ],
    [
      "r2 rsquared maxerror",
      "It is a metric, computed after training in any case; `mse` is least where R2 is greatest.",
    ],
    [
      "squaredhinge categoricalhinge multimarginloss",
      "`hinge` is for two classes, `cross_entropy` for any number.",
    ],
    [
      "tweedie gamma",
      "`mae`, `mse`, `huber`, `log_cosh` and `quantile` are the losses of numbers, `poisson` that of counts.",
    ],
  ],
  optimizer: [
    ["radam lars muon ftrl rprop adafactor sophia adabelief yogi novograd", nearest],
    ["amsgrad", "It is `adam(amsgrad: true)`."],
    ["lbfgs bfgs newton levenbergmarquardt", `It needs all rows at once. ${nearest}`],
    ["momentum nesterov nag", "It is `sgd(momentum: 0.9)`."],
  ],
  schedule: [
    [
      "cosinedecay cosineannealing cosineannealinglr",
      "It is `cosine(1e-2)`, which falls once, over all steps.",
    ],
    [
      "cosinedecayrestarts cosineannealingwarmrestarts sgdr",
      "It is `cosine_restarts(1e-2, first_decay_steps: 100)`.",
    ],
    ["exponentiallr exponential", "It is `exponential_decay(1e-2, decay_rate: 0.95)`."],
    [
      "steplr step",
      "`exponential_decay(1e-2, decay_rate: 0.1, decay_steps: 1000, staircase: true)` falls in steps.",
    ],
    [
      "multisteplr multistep piecewiseconstantdecay",
      "It is `piecewise_constant(boundaries: [1000], values: [1e-2, 1e-3])`.",
    ],
    ["constant constantlr", "It is the number itself, as `learning_rate: 1e-3`."],
    ["onecyclelr superconvergence", "It is `one_cycle(1e-2)`."],
    [
      "polynomiallr polynomial linear linearlr",
      "It is `polynomial_decay(1e-2)`, a straight line unless `power` is given.",
    ],
    ["inversetime inverse", "It is `inverse_time_decay(1e-2, decay_rate: 0.5)`."],
    [
      "cycliclr cyclic triangular",
      "`one_cycle(1e-2)` rises and falls once, `cosine_restarts` again and again.",
    ],
    ["linearwarmup warmupcosine", "It is `warmup(1e-2, warmup_steps: 100)`, also around another schedule."],
    ["reducelronplateau reduceonplateau", "It is `plateau(1e-2, patience: 5)`."],
  ],
  initializer: [
    [
      "normal uniform truncatednormal",
      "`glorot_normal`, `he_normal` and the like draw with a spread that suits the width.",
    ],
    [
      "identity eye variancescaling dirac",
      "`glorot_uniform`, `he_normal` and `lecun_normal` are the nearest.",
    ],
  ],
  regularizer: [
    [
      "weightdecay",
      "`l2(rate)` is a penalty in the loss; the optimizer `adamw(weight_decay: 0.01)` makes weights decay.",
    ],
    [
      "maxnorm nonneg unitnorm minmaxnorm",
      "It is a constraint, as `dense(64, kernel_constraint: max_norm(3))`.",
    ],
    ["orthogonal", "`l1`, `l2` and `l1_l2` are the penalties."],
  ],
  constraint: [
    ["radialconstraint", "`max_norm`, `unit_norm`, `min_max_norm` and `non_neg` are the constraints."],
    ["l1 l2 l1l2", "It is a penalty, as `dense(64, kernel_regularizer: l2(1e-4))`."],
  ],
  stop: [
    [
      "reducelronplateau reducelr learningratescheduler scheduler",
      "A schedule stands in place of the learning rate, as `adam(learning_rate: plateau(1e-2))`; `early(patience: 20)` stops training.",
    ],
    [
      "modelcheckpoint checkpoint",
      "`early` keeps the best weights, and every run is saved; `checkpoint: every(1)` puts a training under way on the disk.",
    ],
  ],
  checkpoint: [
    [
      "modelcheckpoint best savebest savebestonly",
      "`stop: early(patience: 20)` keeps the best weights; `every(1)` puts a training under way on the disk.",
    ],
    ["minutes seconds time", "A checkpoint is kept every minute in any case; `every(5)` counts epochs."],
  ],
  threshold: [
    ["youden", "`best(balanced_accuracy)` finds the same threshold."],
    ["roc auc rocauc averageprecision logloss", "It does not depend on a threshold; `best(f1)` does."],
  ],
  encoder: [
    ["boxcox", "`power` is the transform of Yeo and Johnson, which takes numbers of both signs."],
    [
      "kbins kbinsdiscretizer binning bins spline splinetransformer",
      "`piecewise_linear(bins: 16)` says how far a value has come through each bin.",
    ],
    ["fourier rff", "`periodic` makes sines and cosines of fixed frequencies."],
    [
      "binary basen count frequency leaveoneout catboost woe weightofevidence",
      "`one_hot`, `ordinal`, `hashing` and `target_mean` are the encoders of words.",
    ],
    ["maxabs maxabsscaler", "`minmax` is the nearest."],
    ["log log2 log10 ln sqrt", "`log1p` is ln(1 + x)."],
    [
      "onehot onehotencoder labelencoder ordinal ordinalencoder category",
      "`columns { Colour: category }` describes a column of words: one number for each, or `category(encoder: ordinal)`.",
    ],
    ["normalizer", "It scales rows, and these scale columns: `zscore` or `minmax`."],
  ],
  metric: [
    ["mse meansquarederror", "`rmse` is its root."],
    [
      "confusionmatrix",
      "It is no one number, and `netwright evaluate` shows it; `balanced_accuracy`, `f1` and `recall(class: ...)` are made of it.",
    ],
    ["specificity", "It is the recall of the other class: `recall(class: ...)` names it."],
    [
      "auc",
      "`roc_auc` is the area under the ROC curve, `average_precision` that under precision over recall.",
    ],
    [
      "jaccard iou meaniou fbeta fbetascore ndcg hinge crps",
      "`f1`, `precision` and `recall` are the nearest of classes.",
    ],
    [
      "msle rmsle smape pearson spearman loss d2absoluteerror tweedie gammadeviance",
      "`mae`, `rmse`, `r2`, `mape` and `max_error` are for every model of numbers; `netwright help` lists all.",
    ],
  ],
  parameter: [
    [
      "inputshape inputdim infeatures inputsize inchannels numfeatures inputlength embeddim",
      "The width of the input follows from the layer before, and at the start from the data.",
    ],
    [
      "numembeddings vocabsize vocabularysize",
      "How many vectors there are follows from the input: `embedding(8)` states their length alone.",
    ],
    ["paddingidx", "`mask_zero: true` says that the index 0 is padding."],
    ["normalizedshape", "It works along the last size; `axis` names others."],
    ["grayscale greyscale colormode", "`channels` is 1 of grey, and 3 of colours."],
    ["dataformat", "Channels stand last: an image is height x width x channels."],
    ["paddingmode", "`padding` puts zeros around, or nothing."],
    ["batchfirst timemajor", "A sequence is steps with numbers each; rows are never a size."],
    ["numlayers", "Layers stand behind one another: `repeat 2 { lstm(16, return_sequences: true) }`."],
    ["bidirectional", "`bidirectional(lstm(16))` runs a layer in both directions."],
    [
      "returnstate",
      "A layer has one output: that of its last step, or with `return_sequences: true` those of all.",
    ],
    ["stateful initialstate", "All states begin with 0 in each row."],
    ["unroll", "It would change no result: compiling takes as long for a thousand steps as for ten."],
    ["returnattentionscores", "`netwright explain RUN --attention ROW` shows them."],
    ["seed", "Chance in a network is decided by `seed` in `train`."],
    ["name label", "Layers are named by their kind and order."],
    ["trainable frozen", "`train { freeze: [dense_1] }` lists the layers whose weights stay as they are."],
    ["dtype device inplace", "All weights are numbers of 32 bits."],
    [
      "clipnorm clipvalue gradientclip globalclipnorm",
      "Gradients are clipped in `train`: all together by `clip_norm`, each weight's by `clip_norm_each`, each number by `clip_value`.",
    ],
    ["gradientaccumulationsteps", "It is `accumulate` in `train`."],
    ["useema emamomentum", "It is `weight_average` in `train`."],
    ["amsgrad centered decay", "The parameters are those of the list."],
    ["betas", "They are two parameters, `beta_1` and `beta_2`."],
    [
      "monitor restorebestweights baseline verbose startfromepoch",
      "The validation loss is watched, and the best weights are always restored.",
    ],
    ["activityregularizer", "`kernel_regularizer` and `bias_regularizer` are the penalties."],
    ["momentum nesterov", "`sgd(momentum: 0.9)` and `rmsprop` have one; in `adam` it is `beta_1`."],
    [
      "weightdecay",
      "`adamw(weight_decay: 0.01)` makes weights decay; `kernel_regularizer: l2(0.01)` of a layer is a penalty in the loss.",
    ],
    ["noiseshape", "Each number is dropped by itself."],
  ],
  setting: [
    [
      "metrics metric",
      "All metrics are computed in any case; `expect { test.r2 > 0.8 }` states what they should reach.",
    ],
    [
      "callbacks callback",
      "`stop: early(patience: 20)` stops training early; the best weights are restored, and every run is saved.",
    ],
    ["shuffle", "Rows are shuffled in every epoch, decided by `seed`."],
    ["verbose progress", "It is an option of the command: `--quiet`."],
    ["device gpu cuda backend threads workers numworkers njobs", commandLine],
    [
      "scheduler lrscheduler learningrateschedule lrschedule lrdecay decay warmup",
      "A schedule stands in place of the learning rate, as `optimizer: adam(learning_rate: cosine(1e-2))`.",
    ],
    ["classweight sampleweight weights", "It is `weight` in `data`: a column, or `balanced`."],
    [
      "save savebest savebestonly",
      "Every run is saved, with the best weights where `stop` is given; `checkpoint: every(1)` puts a training under way on the disk.",
    ],
    ["stepsperepoch validationsteps validationfreq", "An epoch is one pass over the training rows."],
    ["drop dropcolumns exclude ignore", "`features: [...]` lists the columns that are used."],
    ["encoding", "It is found out: UTF-8, or UTF-16 with a byte order mark."],
    ["stratify", "`split: stratified(...)` gives each part its share of every class."],
    ["group groups groupby", "`split: grouped(by: patient)` keeps the rows of a patient in one split."],
    [
      "kfold folds crossvalidation cv",
      "`split: fold(0, 5)` tests on the first of five folds; `netwright train FILE --folds 5` on each of them.",
    ],
    [
      "onehot categorical",
      "`columns { Colour: category }` describes a column of words: one number for each, or `category(encoder: ordinal)`.",
    ],
  ],
  missing: [
    [
      "zero ffill bfill interpolate knn fill impute",
      "`mean`, `median`, `most_frequent` and `constant(0)` fill in, `own_class` makes a word of a missing one, `drop` leaves rows out.",
    ],
  ],
  column: [],
  splitter: [
    [
      "stratify stratifiedkfold",
      "`split: stratified(train: 70%, validation: 15%, test: 15%)` gives each part its share of every class.",
    ],
    [
      "group groups groupshufflesplit groupkfold",
      "`split: grouped(by: patient)` keeps the rows of a patient in one split, `grouped_fold(patient, 0, 5)` in one fold.",
    ],
    [
      "time timeseries timeseriessplit chronological",
      "`split: by_time(date)` trains on the earlier rows and tests on the later.",
    ],
    [
      "predefined predefinedsplit column",
      '`split: by_column(part, train: ["a"], test: ["b"])`: a column says the split.',
    ],
    [
      "file files filename",
      '`split: by_file(test: "2025-*.csv")` keeps whole files apart, where `source` is several.',
    ],
    ["hash", "`split: by_hash(columns: id)` leaves a row where it is when others are added."],
    [
      "kfold folds crossvalidation cv",
      "`fold(0, 5)` tests on the first of five folds; `netwright train FILE --folds 5` on each of them.",
    ],
  ],
  source: [
    [
      "sqlite sqlite3 postgres postgresql mysql mariadb sql query table",
      '`duckdb("data.db", "select ...")` asks a DuckDB database; a table of another is exported as CSV or Parquet.',
    ],
    [
      "csv parquet file read_csv read_parquet path",
      'A file is named by its path alone: `source: "table.csv"`.',
    ],
  ],
  statement: [
    [
      "import from",
      '`use "blocks.net"` brings in params and blocks of another file; nothing needs to be imported.',
    ],
    ["print echo log", "`netwright explain` shows the network, `netwright train` the results."],
    ["predict evaluate fit compile", "These are commands or follow from `train { ... }`."],
    ["for while", "`repeat 3 { dense(64, relu) }` stands in a flow."],
  ],
};

const tables = Object.fromEntries(
  Object.entries(rows).map(([place, list]) => [
    place,
    new Map(list.flatMap(([names, instead]) => names.split(" ").map((name) => [name, instead] as const))),
  ]),
);

/** A sentence that says so, where a place has nothing of this name and other libraries have. */
export function lacking(place: Place, name: string): string | undefined {
  const instead = tables[place]?.get(lettersOf(name));
  if (instead === undefined) return undefined;
  return place === "parameter" || place === "setting"
    ? instead
    : `The language has no ${quote(name)}. ${instead}`;
}
