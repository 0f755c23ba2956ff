// TabM as blocks of the language: layers of an ensemble that shares all but a factor of each number.
// Source: Gorishniy, Kotelnikov, Babenko 2025, "TabM: Advancing Tabular Deep Learning with Parameter-Efficient Ensembling".

export const TABM = `# An ensemble in one network, after TabM (Gorishniy, Kotelnikov, Babenko 2025): members share the kernels of all
# layers, and each has factors of its own before and behind them. The first factors tell members apart: 1 or -1, or
# \`start: random_normal(stddev: 1)\` behind embeddings. End the model with \`member_dense(outputs)\`.
block tabm(units = 512, depth = 3, members = 32, dropout = 10%, start = random_sign) {
  members(members)
  member_scale(scale_initializer: start)
  tabm_layer(units, dropout)
  repeat depth - 1 {
    member_scale
    tabm_layer(units, dropout)
  }
}

block tabm_layer(units, dropout) {
  dense(units, use_bias: false)
  member_scale(use_bias: true)
  relu
  dropout(dropout)
}
`;
