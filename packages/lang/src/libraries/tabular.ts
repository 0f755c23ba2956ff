// `use "netwright/tabular"`: networks for tables, as blocks.

export const tabular = `netwright 1

# Networks for tables. A file brings them in with \`use "netwright/tabular"\` and takes a block as a step of its model; what is
# behind \`=\` can be said otherwise: \`real_mlp(width: 128, act: selu)\`.

# RealMLP: Holzmüller, Grinsztajn, Steinwart 2024, "Better by Default: Strong Pre-Tuned MLPs and Boosted Trees on Tabular
# Data". Each number becomes a few by waves that are learnt, each of these has a scale of its own, and layers are divided by
# the square root of their inputs, so that one large learning rate, 0.2 for numbers and 0.04 for classes, suits all of them.
# With act: selu for classes. It needs the factors of learning rates that \`init --recipe real_mlp\` writes.
block real_mlp(width = 256, depth = 3, act = mish, rate = 15%, frequencies = 16, sigma = 0.1) {
  periodic_embedding(4, frequencies: frequencies, sigma: sigma)
  real_mlp_body(width, depth, act, rate)
}

# The same behind inputs of several kinds, as embeddings of words beside numbers: without the waves.
block real_mlp_body(width = 256, depth = 3, act = mish, rate = 15%) {
  learned_scale
  repeat depth {
    real_mlp_layer(width, act, rate)
  }
  ntk_dense(outputs)
}

block real_mlp_layer(units, act = mish, rate = 15%) {
  ntk_dense(units)
  parametric_activation(act)
  dropout(rate)
}

# The sums of a layer divided by the square root of its inputs. Biases start as in RealMLP, where they are drawn from the data.
block ntk_dense(units) {
  dense(
    units,
    kernel_initializer: random_normal(stddev: 1),
    bias_initializer: random_normal(stddev: 0.58),
    parametrization: ntk,
  )
}

# Several of RealMLP that share the weights of their layers, as those of TabM below do, and predict together. A learning rate
# of \`scale: 1\` suits their factors.
block real_mlp_ensemble(width = 128, depth = 3, act = mish, rate = 15%, count = 8, draw = none) {
  periodic_embedding
  learned_scale
  members(count, draw: draw)
  member_scale(scale_initializer: random_sign)
  repeat depth {
    ntk_dense(width)
    member_scale
    parametric_activation(act)
    dropout(rate)
  }
  member_dense(outputs, kernel_initializer: lecun_normal)
}

# TabM: Gorishniy, Kotelnikov, Babenko 2025, "TabM: Advancing Tabular Deep Learning with Parameter-Efficient Ensembling".
# Networks that share the weights of their layers, but for a factor of each number, and predict together. Behind embeddings of
# numbers \`start: random_normal(stddev: 1)\`.
block tabm(
  width = 512,
  depth = 3,
  count = 32,
  rate = 10%,
  act = relu,
  start = random_sign,
  draw = none,
) {
  members(count, draw: draw)
  member_scale(scale_initializer: start)
  tabm_layer(width, rate, act)
  repeat depth - 1 {
    member_scale
    tabm_layer(width, rate, act)
  }
  member_dense(outputs)
}

block tabm_layer(units, rate = 10%, act = relu) {
  dense(units, use_bias: false)
  member_scale(use_bias: true)
  activation(act)
  dropout(rate)
}

# Small networks with weights of their own that predict together: Lakshminarayanan, Pritzel, Blundell 2017, "Simple and Scalable
# Predictive Uncertainty Estimation using Deep Ensembles". They have the waves of RealMLP in common, and differ in what they began with
# and in what dropout leaves them.
block deep_ensemble(width = 64, depth = 2, act = mish, rate = 10%, count = 8, draw = none) {
  periodic_embedding
  learned_scale
  members(count, draw: draw)
  repeat depth {
    member_dense(width, act)
    dropout(rate)
  }
  member_dense(outputs)
}

# Networks with weights of their own that differ in how they are trained, too: each draws the params of the file that \`draw\`
# names, and those predict that together have the least loss of validation. After Wenzel, Snoek, Tran, Jenatton 2020,
# "Hyperparameter Ensembles for Robustness and Uncertainty Quantification", who draw and choose as many trainings.
block drawn_ensemble(draw, width = 64, depth = 2, act = relu, rate = 10%, count = 16) {
  members(count, choose: best, draw: draw)
  repeat depth {
    member_dense(width, act)
    dropout(rate)
  }
  member_dense(outputs)
}

# The residual network for tables: Gorishniy, Rubachev, Khrulkov, Babenko 2021, "Revisiting Deep Learning Models for Tabular
# Data". Each block adds to its input what two layers make of it.
block residual_network(width = 192, depth = 2, hidden = 384, rate = 30%, residual_rate = 0) {
  dense(width, kernel_initializer: lecun_uniform)
  repeat depth {
    residual_block(width, hidden, rate, residual_rate)
  }
  batch_norm
  relu
  dense(outputs)
}

block residual_block(width, hidden, rate = 30%, residual_rate = 0) {
  residual {
    batch_norm
    dense(hidden, relu)
    if rate > 0 {
      dropout(rate)
    }
    dense(width)
    if residual_rate > 0 {
      dropout(residual_rate)
    }
  }
}
`;
