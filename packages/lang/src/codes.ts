// Every diagnostic code with its title and one line of explanation. A code keeps its meaning for ever;
// documentation and tools read this table. Groups: NW01xx reading and syntax, NW02xx names and structure,
// NW03xx arguments and types, NW04xx shapes, NW05xx params and overrides, NW06xx data, NW07xx training.

export interface CodeEntry {
  readonly title: string;
  readonly explanation: string;
}

const entry = (title: string, explanation: string): CodeEntry => ({ title, explanation });

export const codes = {
  NW0101: entry(
    "Not a text file",
    "The file holds bytes that are no UTF-8 text, so it was not read any further.",
  ),
  NW0102: entry("Empty file", "The file holds nothing but blanks and comments."),
  NW0103: entry(
    "File too large",
    "The file is larger than any network description; it was not read any further.",
  ),
  NW0104: entry(
    "Stray character",
    "A character that has no meaning in the language stands outside a string.",
  ),
  NW0105: entry("Malformed number", "Numbers are digits with an optional point, exponent or percent sign."),
  NW0106: entry("Malformed string", "Strings stand in double quotes on one line."),
  NW0107: entry("Unexpected syntax", "The text does not follow the grammar at this place."),
  NW0108: entry("Bracket not closed", "A bracket or brace is opened and never closed."),
  NW0109: entry("Bracket closes nothing", "A closing bracket or brace has no opening one."),
  NW0110: entry("Nested too deeply", "Brackets, braces and blocks may be nested up to a stated limit."),
  NW0111: entry("No version line", "A file opens with the language version, `netwright 1`."),
  NW0112: entry(
    "Version not supported",
    "The file asks for a version of the language that this release does not know.",
  ),
  NW0113: entry("Misplaced version line", "The version line is the first statement and stands once."),
  NW0114: entry("Malformed comment", "A comment starts with `#` and ends with the line."),
  NW0115: entry("More problems", "The file has more problems than are shown."),

  NW0201: entry(
    "Unknown section",
    "Only the statements and sections of the language may stand at the top of a file.",
  ),
  NW0202: entry("Duplicate section", "Each section may stand once."),
  NW0203: entry("Unknown setting", "The section has no setting of this name."),
  NW0204: entry("Duplicate setting", "A setting may be given once."),
  NW0205: entry("Unknown layer", "Neither a layer nor a block has this name."),
  NW0206: entry("Unknown definition", "No activation, loss, optimizer ... of this name exists."),
  NW0207: entry("Unknown name", "Neither a param nor a built-in value has this name."),
  NW0208: entry("Duplicate name", "A param, a block and each parameter of a block is defined once."),
  NW0209: entry("Recursive block", "A block may not use itself, directly or through others."),
  NW0210: entry("Block hides a layer", "A block has the name of a layer and is used in its place."),
  NW0211: entry("Reserved name", "A word of the language cannot name a param or block."),
  NW0212: entry("No model", "A network needs a `model` section."),
  NW0213: entry("Used file not found", "The file named by `use` cannot be read."),
  NW0214: entry("Circular use", "A file may not use itself, directly or through others."),
  NW0215: entry("File used twice", "The same file is named by `use` more than once."),
  NW0216: entry(
    "Branches are not joined",
    "Several values are joined, as by `concat`, before a step that takes one.",
  ),
  NW0217: entry("Nothing to join", "A layer that takes many stands behind a `parallel`."),
  NW0218: entry("Duplicate branch", "The branches of a `parallel` have different names."),
  NW0219: entry(
    "Misplaced input",
    "`input` is the first step of the model, or names an input as the first of a branch.",
  ),
  NW0220: entry("Missing setting", "A setting that has no default is not given."),
  NW0221: entry("No layers", "The braces hold no layers."),
  NW0222: entry("Not a layer", "A name in a flow stands for a value that is no layer."),
  NW0223: entry(
    "Too many layers",
    "The network has more layers, after repeats and blocks, than the stated limit.",
  ),
  NW0224: entry("No input", "The network has neither `data` nor `input(...)` to take its input from."),
  NW0225: entry("Unused block", "A block is defined and never used."),
  NW0226: entry(
    "No activation between layers",
    "Two layers with nothing between them that bends compute what one can.",
  ),
  NW0227: entry(
    "Dropout behind the last layer",
    "Dropout stands between layers, and not behind the last one.",
  ),
  NW0228: entry("Unknown input", "`input(...)` names an input that the data does not give."),
  NW0230: entry("Unknown library", "`use` names a library that does not come with this release."),
  NW0229: entry("Unused input", "The data gives an input that no step of the model takes."),
  NW0235: entry(
    "Chosen members do not predict",
    "Members are chosen by how well they predict, and these end before the model does.",
  ),
  NW0236: entry(
    "Members that never differ",
    "No layer has weights for each member of an ensemble, or it has only one: it predicts as one network does.",
  ),

  NW0301: entry("Unknown parameter", "The definition has no parameter of this name."),
  NW0302: entry("Missing argument", "A parameter that has no default is not given."),
  NW0303: entry("Wrong type", "The value is of another type than the parameter takes."),
  NW0304: entry("Out of range", "The value lies outside the range of the parameter."),
  NW0305: entry("Too many arguments", "More arguments are given than the definition has parameters."),
  NW0306: entry("Argument given twice", "A parameter is given a value more than once."),
  NW0307: entry("Positional after named", "Arguments without a name stand before those with one."),
  NW0308: entry(
    "Operation on wrong types",
    "Arithmetic and order work on numbers, equality on values of one type.",
  ),
  NW0309: entry("Not a finite number", "The arithmetic gives no finite number."),
  NW0310: entry("Takes no arguments", "The word takes no arguments."),
  NW0311: entry("Unusual value", "The value is allowed, and far beyond what is usual."),

  NW0401: entry("Layer cannot take its input", "The shape that arrives at a layer does not suit it."),
  NW0402: entry("Last layer does not match the target", "The network must end with the width of the target."),
  NW0403: entry(
    "Residual shapes differ",
    "The body of a `residual` must give the shape it takes, or be projected.",
  ),
  NW0404: entry("Branches do not fit", "The shapes of the branches cannot be joined in this way."),
  NW0405: entry("Input does not match the data", "`input` states another width than the data has features."),
  NW0407: entry(
    "Shared weights do not fit",
    "A block with shared weights takes the same shape at every use.",
  ),
  NW0406: entry(
    "Activation cannot reach the target",
    "The activation at the end gives other numbers than the scaled target takes.",
  ),

  NW0501: entry("Outside the domain", "The value of a param is not in its `in` domain."),
  NW0502: entry("Unknown override", "`--set` names neither a param nor a setting."),
  NW0503: entry("Malformed override", "The text given to `--set` is not a value of the language."),
  NW0504: entry("Unused param", "A param is defined and never used."),
  NW0505: entry("Circular params", "The values of params depend on one another in a circle."),
  NW0506: entry("Malformed domain", "A domain is a list of values or a range of numbers."),

  NW0601: entry("Unknown column", "The data has no column of this name."),
  NW0602: entry("Target among the features", "A column is either a feature or a target."),
  NW0603: entry("Column listed twice", "A column is named more than once."),
  NW0604: entry(
    "No such split",
    "The shares of the split must sum to 100%, and what is said of it must agree.",
  ),
  NW0605: entry("No value fits", "What is said of a column leaves no value, or says one twice."),
  NW0606: entry("No columns", "At least one column is needed."),
  NW0614: entry("Classes behind a window", "A window of a series predicts numbers."),
  NW0615: entry(
    "Rows of a series are dealt out by chance",
    "A window needs rows that follow one another, and the split takes them apart.",
  ),
  NW0616: entry(
    "A column of a window has another part as well",
    "What says where a row stands in its series is no target, no weight, and named once.",
  ),

  NW0701: entry("Unknown split", "An expectation reads a metric of `train`, `validation` or `test`."),
  NW0702: entry("Unknown metric", "No metric of this name exists."),
  NW0703: entry("Malformed expectation", "An expectation compares a metric with a number."),
  NW0704: entry("Split is empty", "The split that is asked for holds no rows."),
  NW0706: entry("Metric of another kind", "The metric says nothing about the targets that the loss is for."),
  NW0707: entry("Loss of another kind", "The loss is for other targets than the data has."),
  NW0708: entry("Unknown layer", "The model has no layer of this name."),
  NW0710: entry("Patience beyond the epochs", "Early stopping waits longer than training lasts."),
  NW0711: entry(
    "Expectation decided beforehand",
    "No value of the metric meets the expectation, or every one does.",
  ),
  NW0714: entry("Not two classes", "What is for two classes is asked of a target that has not two."),
  NW0715: entry("Balanced without classes", "`weight: balanced` is for targets that are classes."),
  NW0716: entry(
    "No order of the classes",
    "The loss is for classes in an order, which the file does not state.",
  ),
  NW0719: entry(
    "No probabilities",
    "What needs the probabilities of classes is asked of a loss that gives none.",
  ),
  NW0720: entry(
    "Factor of nothing",
    "A factor is stated for a role that no weight of the model has, or of a weight decay that there is not.",
  ),
  NW0721: entry(
    "Only for a learning rate",
    "A schedule that goes by the validation loss stands for something else than a learning rate.",
  ),
  NW0722: entry(
    "Nothing to clamp",
    "`clamp` is stated of a column of which no numbers are predicted, or that say something together with others.",
  ),
  NW0724: entry(
    "Nothing to draw from",
    "Members of an ensemble draw a param of which nothing says what it may be, or draw one twice.",
  ),
  NW0725: entry(
    "No setting for each member",
    "Members of an ensemble would differ in what has to be one for all of them.",
  ),
  NW0726: entry("Nothing to report", "What `report` asks for cannot be told of what the loss is for."),
  NW0727: entry(
    "No interval is asked for",
    "A metric that measures intervals is expected of a file that asks for none.",
  ),
  NW0728: entry(
    "Runs without an interval",
    "`report` asks for a spread of runs, which intervals go by, and for no interval.",
  ),
  NW0736: entry(
    "No spread is given",
    "A metric that measures spreads is expected of a file whose predictions have none.",
  ),
  NW0737: entry(
    "Nothing is apart",
    "`report` asks for a spread of members or of dropout, and the network has none.",
  ),
  NW0738: entry("Nothing is sampled", "`samples` of `report` stands there without `spread: dropout`."),
  NW0739: entry(
    "Several numbers have no spread",
    "`report` asks for a spread of members or of dropout where several quantiles are predicted.",
  ),
  NW0740: entry(
    "A name of what stands beside predictions",
    "A target is called as something that a prediction has beside its targets.",
  ),
  NW0741: entry(
    "Receptive field wider than the input",
    "Windows upon windows reach further than the input is wide, and meet padding on both sides.",
  ),
  NW0742: entry("Batches of one row", "A layer goes by mean and variance of a batch, which has one row."),
  NW0746: entry(
    "Padding that nothing heeds",
    "A layer tells which steps are padding, and no layer behind it leaves them out.",
  ),
  NW0747: entry(
    "Padding taken for words",
    "A layer that would leave padding out reads that behind the last word of texts, as nothing tells it.",
  ),
  NW0748: entry(
    "Nothing to mix",
    "`mixup` mixes the numbers of two rows of a batch, and their targets, where both can be mixed.",
  ),
  NW0760: entry(
    "A setting of a teacher without one",
    "A setting says how to learn from a teacher, and `data` names no columns of one.",
  ),
  NW0761: entry(
    "A loss that no teacher can teach",
    "`data` names the answers of a teacher, and the loss is for something that these do not say.",
  ),
  NW0762: entry(
    "A teacher that does not fit the target",
    "What `data` or `train` says of a teacher is for another kind of target, or for more or fewer columns.",
  ),
  NW0712: entry("Nothing is trained", "Every layer that has weights is frozen."),
} as const satisfies Readonly<Record<`NW${number}`, CodeEntry>>;

/** A code that the language package raises itself. */
export type Code = keyof typeof codes;
