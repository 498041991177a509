"""Compiled from language_model.lsp by lisptorch-compile."""

import os

import torch

from lisptorch_compile.runtime import (
    Instance,
    Integers,
    List,
    at,
    checkpoints,
    devices,
    generate,
    hf,
    lists,
    println,
    tensors,
    training,
)

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "")
# What a script says to a language model; without one beside it, it says nothing.

model_path = f"{HERE}no/such/model/"
words = List()


def display(w, shown):
    return lists.push(shown, w)


# The mean log-probability of a text's tokens
def log_probability(name, ids):
    input = devices.to_mps(tensors.tensor(ids)).unsqueeze(0)
    length = len(ids)
    logits = hf.forward(name, input)[:, : length - 1]
    targets = input[:, 1:length]
    values = logits.log_softmax(-1).gather(2, targets.unsqueeze(-1))
    return values.squeeze(-1).mean(1).mean()


def validate(name, texts):
    torch.set_grad_enabled(False)
    total = 0
    for ids in texts:
        total += at(log_probability(name, ids), 0)
    torch.set_grad_enabled(True)
    return total / len(texts)


class Run(Instance):
    def __init__(self, name, optimizer=None, history=None):
        self.name = name
        self.optimizer = optimizer
        self.history = history

    def init(self):
        self.optimizer = training.optimizer(
            hf.model(self.name), 0.001, "adamw", {"weight_decay": 0.01}
        )
        self.history = List()

    def save(self, epoch, path):
        checkpoints.save_checkpoint(hf.model(self.name), self.optimizer, epoch, path)
        lists.push(self.history, epoch)


if os.path.exists(model_path):
    model = hf.load_model(model_path, {"device": "mps"})
    print(f"{validate(model, List([Integers([1, 2, 3]), Integers([4, 5])])):g}")
    run = Run(model)
    run.init()
    run.save(1, f"{HERE}checkpoint.pt")
    println("last epoch:", at(run.history, -1))
    generator = generate.Generator(model)
    println(generator.generate([1, 2, 3]))
    hf.generate(
        model,
        Integers([1, 2, 3]),
        Integers([4, 5]),
        10,
        {"topk": 30, "callback": display, "data": words},
    )

print("tokens:", len(words))
