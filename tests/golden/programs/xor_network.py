"""Compiled from xor_network.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    add,
    higher_order,
    loops,
    numbers,
    println,
    strings,
)

# neural network for XOR in plain LispE, deterministic weights
lr = 0.5
w1 = List([List([0.5, -0.4]), List([0.3, 0.8])])
b1 = List([0.1, -0.2])
w2 = List([0.7, -0.6])
b2 = 0.05


def sigmoid(x):
    return 1.0 / (1 + numbers.exp(-1 * x))


def dot(a, b):
    return loops.fold_add(a * b)


def forward(x):
    h = higher_order.zip_with(lambda w, b: sigmoid(add(dot(w, x), b)), w1, b1)
    return List([h, sigmoid(add(dot(w2, h), b2))])


def train(x, y):
    global w2, b2, w1, b1
    h, o = forward(x)
    delta = (o - y) * o * (1 - o)
    dh = higher_order.zip_with(lambda w, hh: delta * w * hh * (1 - hh), w2, h)
    w2 = higher_order.zip_with(lambda w, hh: w - lr * delta * hh, w2, h)
    b2 = b2 - lr * delta
    w1 = higher_order.zip_with(
        lambda row, d: higher_order.zip_with(lambda w, xi: w - lr * d * xi, row, x),
        w1,
        dh,
    )
    b1 = higher_order.zip_with(lambda b, d: b - lr * d, b1, dh)
    return 0.5 * (o - y) * (o - y)


data = List(
    [
        List([List([0.0, 0.0]), 0]),
        List([List([0.0, 1.0]), 1]),
        List([List([1.0, 0.0]), 1]),
        List([List([1.0, 1.0]), 0]),
    ]
)
for epoch in range(400):
    err = 0.0
    for d in data:
        err = err + train(d[0], d[1])
    if epoch % 100 == 0:
        println(epoch, err)
for d in data:
    println(d[0], d[1], "->", strings.formatted(forward(d[0])[1], "%.3f"))
