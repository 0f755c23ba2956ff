// `use "netwright/sequences"`: networks for sequences, as blocks.

export const sequences = `netwright 1

# Networks for sequences: words of a text, or steps with numbers. A file brings them in with \`use "netwright/sequences"\` and takes
# a block as a step of its model; what is behind \`=\` can be said otherwise: \`transformer_encoder(64, num_heads: 4, norm_first: true)\`.

# A block of a transformer: Vaswani and others 2017, "Attention Is All You Need", as KerasHub's \`TransformerEncoder\` has it. Each step
# takes of the others what it needs, then what it has is bent by itself; both are added to what was there. \`width\` is that of the
# steps before. It knows nothing of their order: \`sine_position_encoding\` or \`position_embedding\` stands before the first, or
# \`rotary: true\` in each. With \`norm_first: true\` deep ones train more steadily, and a \`layer_norm\` stands behind the last:
# Xiong and others 2020, "On Layer Normalization in the Transformer Architecture".
block transformer_encoder(
  width,
  num_heads = 4,
  intermediate_dim = 4 * width,
  dropout = 10%,
  activation = relu,
  norm_first = false,
  causal = false,
  rotary = false,
) {
  residual {
    if norm_first {
      layer_norm(epsilon: 1e-5)
    }
    multi_head_attention(num_heads, dropout: dropout, causal: causal, rotary: rotary)
    dropout(dropout)
  }
  if norm_first == false {
    layer_norm(epsilon: 1e-5)
  }
  residual {
    if norm_first {
      layer_norm(epsilon: 1e-5)
    }
    dense(intermediate_dim, activation)
    dense(width)
    dropout(dropout)
  }
  if norm_first == false {
    layer_norm(epsilon: 1e-5)
  }
}
`;
