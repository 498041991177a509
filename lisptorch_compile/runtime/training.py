"""Optimizers, learning-rate schedules and losses as LispE's functions call them."""

from __future__ import annotations

import inspect
import math
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.optim import (
    SGD,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    NAdam,
    Optimizer,
    RAdam,
    RMSprop,
)

from lisptorch_compile.runtime import devices
from lisptorch_compile.runtime.choices import unknown_name
from lisptorch_compile.runtime.described import described

#: What an optimizer can train: a module, a tensor, or several of them.
Trainable = nn.Module | Tensor | Iterable[nn.Module | Tensor]

# --- optimizers -----------------------------------------------------------------------

_OPTIMIZERS: dict[str, Callable[..., Optimizer]] = {
    "adam": Adam,
    "adamw": AdamW,
    "sgd": SGD,
    "rmsprop": RMSprop,
    "adagrad": Adagrad,
    "adamax": Adamax,
    "nadam": NAdam,
    "radam": RAdam,
}


def optimizer(
    model: Trainable,
    learning_rate: float = 0.001,
    kind: str = "adam",
    config: Mapping[str, Any] | None = None,
) -> Optimizer:
    """Return a torch optimizer of the parameters of ``model`` that require gradients.

    Args:
        model: a module, a tensor, or a list of modules and tensors.
        learning_rate: the step size.
        kind: ``"adam"``, ``"adamw"``, ``"sgd"``, ``"rmsprop"``, ``"adagrad"``,
            ``"adamax"``, ``"nadam"`` or ``"radam"``.
        config: further options of the torch class by name, such as ``"weight_decay"``,
            ``"fused"`` or ``"foreach"``; torch's defaults hold for the others.

    Raises:
        ValueError: ``kind`` or an option is unknown, or nothing in ``model`` can be
            trained.
    """
    name = str(kind).lower()
    if name not in _OPTIMIZERS:
        raise unknown_name("optimizer type", kind, _OPTIMIZERS)
    make = _OPTIMIZERS[name]
    known = list(inspect.signature(make).parameters)[2:]  # behind params and lr
    for key in config or {}:
        if key not in known:
            raise unknown_name("optimizer option", key, known)
    trained = parameters(model)
    if not trained:
        raise ValueError(
            "nothing to optimize: no parameter requires gradients "
            "(torch_requires_grad makes one do so)"
        )
    return _warned(make(trained, lr=learning_rate, **(config or {})))


def adam(learning_rate: float | Trainable, model: Trainable | float = ()) -> Optimizer:
    """Return Adam; without ``model`` its parameters are added later by ``add_params``.

    The arguments may come in either order.
    """
    return _later_filled(Adam, learning_rate, model)


def adamw(learning_rate: float | Trainable, model: Trainable | float = ()) -> Optimizer:
    """Return AdamW (weight decay 0.01); arguments as for ``adam``."""
    return _later_filled(AdamW, learning_rate, model)


def sgd(learning_rate: float | Trainable, model: Trainable | float = ()) -> Optimizer:
    """Return plain stochastic gradient descent; arguments as for ``adam``."""
    return _later_filled(SGD, learning_rate, model)


def _later_filled(
    make: Callable[..., Optimizer], first: object, second: object
) -> Optimizer:
    learning_rate, model = first, second
    if isinstance(second, int | float):
        learning_rate, model = second, first
    if not isinstance(learning_rate, int | float):
        found = described(learning_rate)
        raise TypeError(f"learning_rate must be a number, not {found}")
    # torch refuses an empty list of parameters, but not an empty group
    return _warned(make([{"params": parameters(model)}], lr=learning_rate))


def add_params(
    target: Trainable | Optimizer,
    learning_rate: float | Trainable,
    weight_decay: float = 0.0,
) -> Optimizer:
    """Return a new AdamW over the tensors ``target``.

    When ``target`` is an optimizer, the second argument is what it shall train, too: a
    group with the optimizer's own settings is added to it, and it is returned.

    Raises:
        ValueError: the optimizer has one of the parameters already.
    """
    if isinstance(target, Optimizer):
        target.add_param_group({"params": parameters(learning_rate)})
        return _warned(target)
    if not isinstance(learning_rate, int | float):
        found = described(learning_rate)
        raise TypeError(f"learning_rate must be a number, not {found}")
    return _warned(
        AdamW(parameters(target), lr=learning_rate, weight_decay=weight_decay)
    )


def _warned(optimizer: Optimizer) -> Optimizer:
    """Return ``optimizer``, with a warning where it is one for float16.

    There the mean squares of small gradients are 0, and so is the ε beside them by which
    a step is divided.
    """
    groups = optimizer.param_groups
    half = any(p.dtype == torch.float16 for group in groups for p in group["params"])
    if half and not isinstance(optimizer, SGD):
        name = type(optimizer).__name__
        warnings.warn(
            f"{name} of float16 parameters soon gives nan: use bfloat16 or float32",
            RuntimeWarning,
            stacklevel=devices.frames_to_program(),
        )
    return optimizer


def parameters(model: object) -> list[Tensor]:
    """Return each trainable parameter of ``model`` once; tensors stand for themselves.

    Raises:
        TypeError: ``model`` is neither a module, a tensor, nor a list of these.
    """
    unique = {id(parameter): parameter for parameter in _parameters(model)}
    return list(unique.values())


def _parameters(model: object) -> Iterator[Tensor]:
    match model:
        case nn.Module():
            yield from (p for p in model.parameters() if p.requires_grad)
        case Tensor():
            yield model
        case list() | tuple():
            for part in model:
                yield from _parameters(part)
        case Iterable() if not isinstance(model, str | bytes | Mapping):
            yield from _parameters(list(model))
        case _:
            found = described(model)
            raise TypeError(f"expected models or tensors to train, not {found}")


def clip_grad_norm(optimizer: Optimizer, max_norm: float) -> float:
    """Scale the gradients of all of the optimizer's parameters to a common L2 norm.

    Returns:
        The norm before clipping; 0 when there are no gradients.
    """
    clipped = [p for group in optimizer.param_groups for p in group["params"]]
    return float(nn.utils.clip_grad_norm_(clipped, max_norm))


# --- losses ---------------------------------------------------------------------------


def cross_entropy(predictions: Tensor, targets: Tensor) -> Tensor:
    """Return the mean cross entropy of logits against classes, a 0-d tensor.

    Half-precision logits are reduced in float32. Classes of -100 are left out of the
    mean, which is nan when none remains.

    Args:
        predictions: (..., V) logits, any float dtype.
        targets: (...) class ids of any integer dtype, or (..., V) probabilities of the
            predictions' shape. A single row (V,) takes its class as (1,), too.

    Raises:
        ValueError: the leading sizes differ.
    """
    if predictions.dtype in (torch.float16, torch.bfloat16):
        predictions = predictions.float()
    classes = predictions.size(-1)
    logits = predictions.reshape(-1, classes)
    if targets.is_floating_point():
        return F.cross_entropy(logits, targets.to(logits.dtype).reshape(-1, classes))
    if targets.numel() != logits.size(0):
        raise ValueError(
            f"predictions {list(predictions.shape)} hold {logits.size(0)} rows, "
            f"targets {list(targets.shape)} hold {targets.numel()} classes"
        )
    return F.cross_entropy(logits, targets.reshape(-1).long())


# --- schedules ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Schedule:
    """The numbers of a learning-rate schedule, with LispE's defaults."""

    initial_lr: float = 0.001
    min_lr: float = 1e-6
    total_steps: int = 1000
    warmup_steps: int = 0
    gamma: float = 0.1
    step_size: int = 100

    @classmethod
    def of(cls, config: Mapping[str, Any] | None) -> Schedule:
        """Return the schedule that ``config`` describes.

        Raises:
            ValueError: a key is unknown.
        """
        known = [field.name for field in fields(cls)]
        for key in config or {}:
            if key not in known:
                raise unknown_name("scheduler option", key, known)
        return cls(**(config or {}))


def linear_lr(schedule: Schedule, step: int) -> float:
    """Fall from ``initial_lr`` to ``min_lr`` in a straight line."""
    return _between(schedule, 1 - _progress(schedule, step, 0))


def cosine_lr(schedule: Schedule, step: int) -> float:
    """Fall from ``initial_lr`` to ``min_lr`` along half a cosine wave."""
    progress = _progress(schedule, step, 0)
    return _between(schedule, (1 + math.cos(math.pi * progress)) / 2)


def linear_warmup_cosine_lr(schedule: Schedule, step: int) -> float:
    """Rise from 0 in ``warmup_steps``, then fall along half a cosine wave.

    Source: Loshchilov and Hutter 2016, "SGDR", arXiv:1608.03983, equation 5, without
    restarts.
    """
    if step < schedule.warmup_steps:
        return schedule.initial_lr * step / schedule.warmup_steps
    progress = _progress(schedule, step, schedule.warmup_steps)
    return _between(schedule, (1 + math.cos(math.pi * progress)) / 2)


def exponential_lr(schedule: Schedule, step: int) -> float:
    """Multiply by ``gamma`` at every step; there is no floor."""
    return float(schedule.initial_lr * schedule.gamma**step)


def step_lr(schedule: Schedule, step: int) -> float:
    """Multiply by ``gamma`` every ``step_size`` steps; there is no floor."""
    falls = step // max(1, schedule.step_size)
    return float(schedule.initial_lr * schedule.gamma**falls)


def _progress(schedule: Schedule, step: int, start: int) -> float:
    """Return how much of the way from ``start`` to ``total_steps`` is done, at most 1.

    A total that is not beyond ``start`` counts as a single step.
    """
    return min(1.0, (step - start) / max(1, schedule.total_steps - start))


def _between(schedule: Schedule, fraction: float) -> float:
    return schedule.min_lr + (schedule.initial_lr - schedule.min_lr) * fraction


#: Kind → formula and the name that a scheduler prints.
_FORMULAS: dict[str, tuple[Callable[[Schedule, int], float], str]] = {
    "linear": (linear_lr, "Linear"),
    "cosine": (cosine_lr, "Cosine"),
    "exponential": (exponential_lr, "Exponential"),
    "step": (step_lr, "Step"),
    "linear_warmup_cosine": (linear_warmup_cosine_lr, "LinearWarmupCosine"),
}


class LRScheduler:
    """Sets the learning rate of all of an optimizer's groups, step by step.

    Making one leaves the optimizer's rate alone; torch's own schedulers set it at once.

    Args:
        optimizer: whose rate is set.
        kind: ``"linear_warmup_cosine"``, ``"cosine"``, ``"linear"``, ``"exponential"``
            or ``"step"``.
        config: values for the fields of ``Schedule``.

    Raises:
        ValueError: the kind or a key of ``config`` is unknown.
        TypeError: ``optimizer`` is none.
    """

    lisp_type = "torch_lrs_scheduler_"

    def __init__(
        self,
        optimizer: Optimizer,
        kind: str = "linear_warmup_cosine",
        config: Mapping[str, Any] | None = None,
    ) -> None:
        if not isinstance(optimizer, Optimizer):
            raise TypeError(f"expected an optimizer, not {described(optimizer)}")
        if str(kind) not in _FORMULAS:
            raise unknown_name("scheduler type", kind, _FORMULAS)
        self.optimizer = optimizer
        self.kind = str(kind)
        self.schedule = Schedule.of(config)
        self.step_count = 0

    def step(self) -> None:
        """Count one step and set the rate that the schedule has for it."""
        self.step_count += 1
        formula, _ = _FORMULAS[self.kind]
        self.set_lr(formula(self.schedule, self.step_count))

    def get_lr(self) -> float:
        """Return the learning rate of the optimizer's first group."""
        return float(self.optimizer.param_groups[0]["lr"])

    def set_lr(self, learning_rate: float) -> None:
        """Set the rate of every group until the next step."""
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate

    def state_dict(self) -> dict[str, int]:
        """Return what a checkpoint must keep."""
        return {"step_count": self.step_count}

    def load_state_dict(self, state: Mapping[str, int]) -> None:
        """Go on from where ``state_dict`` was taken."""
        self.step_count = state["step_count"]

    def __str__(self) -> str:
        _, name = _FORMULAS[self.kind]
        return f"LR Scheduler ({name}, step={self.step_count}, lr={self.get_lr():g})"
