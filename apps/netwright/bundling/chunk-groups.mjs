// Which modules of the command are one file, as they are always loaded together.

/**
 * What nearly every chunk needs and what needs nothing itself, each in one file: else they are files of a few hundred
 * bytes, by who shares them, and a start reads ten of them.
 */
export const chunkGroups = [
  {
    name: "definitions",
    test: /[\\/]packages[\\/](definitions[\\/]src[\\/](?!wording[\\/](closest|synonyms)|catalog[\\/](by-member|watching-schedule|made-of|inputs))|lang[\\/]src[\\/](render|source)[\\/]|netwright[\\/]src[\\/](version|project[\\/](result|diagnostics))\.ts)/,
  },
  {
    name: "usage",
    test: /[\\/]apps[\\/]netwright[\\/]src[\\/](usage[\\/](called|codes|result|exit-code)|output[\\/](colours|prose|shell-word)|project[\\/]file-errors)/,
  },
  {
    name: "problems",
    test: /[\\/]packages[\\/]runtime[\\/]src[\\/](problem|tensors[\\/]array-for|backend[\\/](is-)?backend|node[\\/]move|registry[\\/]missing-package|safetensors[\\/]write)/,
  },
  // Of reading tables, what those in text and of other formats share.
  {
    name: "tables",
    test: /[\\/]packages[\\/](netwright[\\/]src[\\/](project[\\/]table-for-net|api[\\/]table-of)|data[\\/]src[\\/](scan[\\/]|storage[\\/]|table[\\/]|problem[\\/]problem|reading[\\/]open-reading|formats[\\/](several[\\/]|(?!unzipped)[^\\/]+\.(ts|js)$)))/,
  },
  // Of models, what many need and what needs nothing.
  {
    name: "models",
    test: /[\\/]packages[\\/](definitions[\\/]src[\\/](catalog[\\/](by-member|watching-schedule|made-of|inputs)|wording[\\/](closest|synonyms))|lang[\\/]src[\\/]model[\\/](fits-report|nodes-named|members-of|receptive-fields)|ir[\\/]src[\\/]core[\\/]types\.ts|runtime[\\/]src[\\/]tensors[\\/]tensors|netwright[\\/]src[\\/](training[\\/]training-splits|export[\\/]training[\\/]format|model[\\/]saved-text|study[\\/]spread|baselines[\\/]main-metric))/,
  },
  { name: "numerics", test: /[\\/]packages[\\/]ir[\\/]src[\\/]numerics[\\/]/ },
  // What goes with others, whoever asks for them: what a network is told of columns, what is looked for on the disk, what is said of a program and
  // which formats a model is written in.
  {
    name: "inputs",
    test: /[\\/]packages[\\/](netwright[\\/]src[\\/]project[\\/](data-schema|picture-columns)|data[\\/]src[\\/](lint[\\/](gives-away|nearly-constant|sentinels)|pictures[\\/]picture-files|check[\\/]column-problem|batch[\\/]batches|encode[\\/](decode-output|inputs)))\.ts/,
  },
  {
    name: "disk",
    test: /[\\/]packages[\\/](runtime[\\/]src[\\/]node[\\/](durable|regular-file)|netwright[\\/]src[\\/]node[\\/]part-of)\.ts/,
  },
  // By itself, as no compiled code is kept of what has `import()`.
  {
    name: "imported",
    test: /[\\/]packages[\\/]netwright[\\/]src[\\/](backends[\\/]import-beside|node[\\/]import-installed)\.ts/,
  },
  {
    name: "programs",
    test: /[\\/](formats[\\/]src[\\/](table|carries|sql[\\/]dialect-names)|ir[\\/]src[\\/](analysis[\\/]cost|text[\\/](format|print)|core[\\/]program|semantics[\\/]reducer|passes[\\/]expand))\.ts/,
  },
  // Rows as a network is given them, which `check` needs as well, and the two below bring along.
  {
    name: "encoded",
    test: /[\\/]packages[\\/](data[\\/]src[\\/](encode|batch|series|weight|teacher)[\\/]|data[\\/]src[\\/](reading[\\/]read-cells|check[\\/]check-target-rows)\.ts)/,
  },
  // What is learned of tables: in front of `runs`, which reads it back and would take it along, as `check` needs it without a run.
  {
    name: "fitted",
    test: /[\\/]packages[\\/]data[\\/]src[\\/](fitted[\\/](open-encoders|read-encoders|read-column|damage|distribution)|uncertainty[\\/]conformal)\.ts/,
  },
  // What becomes of a table before it is trained with, by its `data` section: checking one and reading a run back both ask for that.
  {
    name: "prepared",
    test: /[\\/]packages[\\/](data[\\/]src[\\/](lint[\\/]|prepare[\\/]|check[\\/]check-counts\.ts)|lang[\\/]src[\\/]resolve[\\/]data-schema\.ts|netwright[\\/]src[\\/]project[\\/]data-plan\.ts)/,
  },
  // A run as files, and a saved model that predicts and is measured: who imports one shares parts of both.
  {
    name: "runs",
    test: /[\\/]packages[\\/](runtime[\\/]src[\\/](bundle|hash)[\\/]|netwright[\\/]src[\\/]training[\\/]run-to-files\.ts)/,
  },
  // A model as a program.
  { name: "lowered", test: /[\\/]packages[\\/](compiler[\\/]src[\\/]lower|ir[\\/]src[\\/]autodiff)[\\/]/ },
  // A saved model in use, as all commands take it that have one.
  {
    name: "opened",
    test: /[\\/]packages[\\/](runtime[\\/]src[\\/](registry[\\/]third-party|node[\\/]write-run)|netwright[\\/]src[\\/](node[\\/]run-place|api[\\/]check-options|training[\\/]run-name|model[\\/]loaded-model))\.ts/,
  },
  // What a program is run and measured by.
  {
    name: "measured",
    test: /[\\/]packages[\\/](runtime[\\/]src[\\/](evaluation|executable)[\\/]|netwright[\\/]src[\\/]training[\\/](baseline|expectations)\.ts)/,
  },
  // The language: who needs a part of it needs nearly all of it.
  {
    name: "sections",
    test: /[\\/]packages[\\/](lang[\\/]src[\\/](sections[\\/]|libraries[\\/]|service[\\/](names|describe|words)\.ts|syntax[\\/]string-text|resolve[\\/](describe-type|column-names)\.ts)|netwright[\\/]src[\\/]resolved[\\/]spell\.ts)/,
  },
];
