"""A step of training in JAX by hand: Adam in the form of Keras, and a state that is donated."""

from functools import partial

RATE, BETA1, BETA2, EPSILON = 1e-3, 0.9, 0.999, 1e-7


def training(params, loss_of):
    """What is held from step to step, in a list, and a function that takes a batch, updates it, and gives the loss."""
    import jax
    import jax.numpy as jnp

    @partial(jax.jit, donate_argnums=(0, 1))
    def step(params, state, x, y):
        count, first, second = state
        loss, grads = jax.value_and_grad(loss_of)(params, x, y)
        count += 1
        first = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, first, grads)
        second = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, second, grads)
        rate = RATE * jnp.sqrt(1 - BETA2**count) / (1 - BETA1**count)
        params = jax.tree.map(lambda p, m, v: p - rate * m / (jnp.sqrt(v) + EPSILON), params, first, second)
        return params, (count, first, second), loss

    # The two moments must not share buffers: both are donated.
    zeros = lambda: jax.tree.map(jnp.zeros_like, params)
    held = [params, (jnp.float32(0), zeros(), zeros())]

    def update(x, y):
        held[0], held[1], loss = step(held[0], held[1], x, y)
        return loss

    return held, update
