"""Optimizers, schedules, losses and clipping."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from lisptorch_compile.runtime import layers, training
from tests.runtime.torch.reference import ramp, zig

X = torch.tensor([1.0, 2.0, 3.0, 4.0])
TARGET = torch.tensor([0.5, 1.5])


def reference_mlp() -> layers.MLP:
    """4-3-2 with the reference weights."""
    model = layers.MLP(4, 3, 2)
    state = {
        name: (zig if name.endswith("weight") else ramp)(*parameter.shape)
        for name, parameter in model.named_parameters()
    }
    model.load_state_dict(state)
    return model


def loss_of(model: nn.Module) -> Tensor:
    return F.mse_loss(model(X), TARGET)


def test_reference_mlp_output_loss_and_gradient_norm() -> None:
    model = reference_mlp()
    assert model(X).tolist() == pytest.approx([0.0382, -0.0789], rel=1e-4)
    loss = loss_of(model)
    assert loss.item() == pytest.approx(1.35309, rel=1e-5)
    loss.backward()
    optimizer = training.optimizer(model, 0.1, "sgd")
    assert training.clip_grad_norm(optimizer, 1e9) == pytest.approx(2.54995, rel=1e-5)


@pytest.mark.parametrize(
    ("kind", "learning_rate", "expected"),
    [("adam", 0.001, 1.34464), ("sgd", 0.1, 0.835892), ("adamw", 0.001, 1.34464)],
)
def test_one_step_reaches_the_reference_loss(
    kind: str, learning_rate: float, expected: float
) -> None:
    model = reference_mlp()
    optimizer = training.optimizer(model, learning_rate, kind)
    loss_of(model).backward()
    optimizer.step()
    assert loss_of(model).item() == pytest.approx(expected, rel=1e-5)


def test_readme_training_loop_learns_its_sample() -> None:
    torch.manual_seed(0)
    model = layers.MLP(4, 64, 2)
    optimizer = training.optimizer(model, 0.001, "adam")
    for _ in range(1000):
        optimizer.zero_grad()
        loss_of(model).backward()
        optimizer.step()
    assert loss_of(model).item() < 0.01


def test_optimizer_takes_modules_and_tensors_once_each() -> None:
    linear, free = nn.Linear(2, 2), torch.zeros(3, requires_grad=True)
    optimizer = training.optimizer([linear, free, linear], 0.1, "rmsprop")
    assert isinstance(optimizer, torch.optim.RMSprop)
    (group,) = optimizer.param_groups
    assert [id(p) for p in group["params"]] == [
        id(p) for p in (linear.weight, linear.bias, free)
    ]


def test_frozen_parameters_are_left_out() -> None:
    linear = nn.Linear(2, 2)
    linear.bias.requires_grad_(False)
    (group,) = training.optimizer(linear).param_groups
    assert [id(p) for p in group["params"]] == [id(linear.weight)]


def test_empty_optimizers_are_filled_later() -> None:
    model = reference_mlp()
    optimizer = training.adam(0.001)
    returned = training.add_params(optimizer, model)
    assert returned is optimizer
    loss_of(model).backward()
    optimizer.step()
    assert loss_of(model).item() == pytest.approx(1.34464, rel=1e-5)


def test_learning_rate_and_model_come_in_either_order() -> None:
    model = nn.Linear(2, 2)
    for optimizer in (training.sgd(0.5, model), training.sgd(model, 0.5)):
        assert optimizer.param_groups[-1]["lr"] == 0.5
        assert len(optimizer.param_groups[-1]["params"]) == 2
    assert training.adamw(0.1).defaults["weight_decay"] == 0.01


def test_add_params_of_tensors_is_a_new_adamw() -> None:
    weight = nn.Parameter(torch.ones(2))
    optimizer = training.add_params([weight], 0.25, 0.5)
    assert isinstance(optimizer, torch.optim.AdamW)
    (group,) = optimizer.param_groups
    assert (group["lr"], group["weight_decay"]) == (0.25, 0.5)
    assert training.add_params([weight], 0.25).param_groups[0]["weight_decay"] == 0


def test_optimizer_errors_name_the_cause() -> None:
    with pytest.raises(ValueError, match="unknown optimizer type 'adan'; did you mean"):
        training.optimizer(nn.Linear(1, 1), 0.1, "adan")
    with pytest.raises(ValueError, match="no parameter requires gradients"):
        training.optimizer(nn.Linear(1, 1).requires_grad_(False))
    with pytest.raises(TypeError, match="not the text"):
        training.optimizer("model")  # type: ignore[arg-type]  # the mistake
    linear = nn.Linear(1, 1)
    with pytest.raises(ValueError, match="parameter"):
        training.add_params(training.adam(0.1, linear), linear)


def test_clipping_scales_all_gradients_together() -> None:
    weight, bias = nn.Parameter(torch.zeros(1)), nn.Parameter(torch.zeros(1))
    optimizer = training.optimizer([weight, bias])
    assert training.clip_grad_norm(optimizer, 1.0) == 0
    weight.grad, bias.grad = torch.tensor([3.0]), torch.tensor([4.0])
    assert training.clip_grad_norm(optimizer, 1.0) == 5
    assert weight.grad.item() == pytest.approx(0.6, rel=1e-5)
    assert bias.grad.item() == pytest.approx(0.8, rel=1e-5)


@pytest.mark.parametrize(
    ("targets", "expected"), [([0, 2, 3], 1.59555), ([0, -100, 3], 1.85964)]
)
@pytest.mark.parametrize("dtype", [torch.int16, torch.int32, torch.int64])
def test_cross_entropy_is_the_reference_number(
    targets: list[int], expected: float, dtype: torch.dtype
) -> None:
    loss = training.cross_entropy(zig(3, 4), torch.tensor(targets, dtype=dtype))
    assert loss.item() == pytest.approx(expected, rel=1e-5)
    assert loss.dim() == 0


def test_cross_entropy_takes_a_single_row() -> None:
    loss = training.cross_entropy(zig(3, 4)[0], torch.tensor([0]))
    assert loss.item() == pytest.approx(1.95754, rel=1e-5)


def test_cross_entropy_of_bf16_is_reduced_in_float32() -> None:
    loss = training.cross_entropy(zig(3, 4).bfloat16(), torch.tensor([0, 2, 3]))
    assert loss.dtype == torch.float32
    assert loss.item() == pytest.approx(1.59550, rel=1e-5)


def test_cross_entropy_flattens_sequences() -> None:
    logits, targets = torch.randn(2, 5, 7), torch.randint(7, (2, 5))
    expected = F.cross_entropy(logits.flatten(0, 1), targets.flatten())
    assert torch.equal(training.cross_entropy(logits, targets), expected)


def test_cross_entropy_takes_probabilities() -> None:
    logits, targets = torch.randn(3, 4), torch.rand(3, 4, dtype=torch.float64)
    expected = F.cross_entropy(logits, targets.float())
    assert torch.equal(training.cross_entropy(logits, targets), expected)


def test_cross_entropy_says_which_sizes_differ() -> None:
    with pytest.raises(ValueError, match=r"\[3, 4\] hold 3 rows, targets \[2\] hold 2"):
        training.cross_entropy(zig(3, 4), torch.tensor([0, 1]))


def scheduler(kind: str, **config: float) -> training.LRScheduler:
    optimizer = training.optimizer(nn.Linear(1, 1), 0.5)
    defaults = {"initial_lr": 2e-4, "min_lr": 1e-6, "total_steps": 100}
    return training.LRScheduler(optimizer, kind, {**defaults, **config})


def rate_after(schedule: training.LRScheduler, steps: int) -> float:
    for _ in range(steps):
        schedule.step()
    return schedule.get_lr()


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (1, 2e-05),
        (5, 0.0001),
        (10, 0.0002),
        (25, 0.000186670),
        (55, 0.000100500),
        (100, 1e-06),
        (150, 1e-06),
    ],
)
def test_warmup_cosine_is_the_reference_number(steps: int, expected: float) -> None:
    schedule = scheduler("linear_warmup_cosine", warmup_steps=10)
    assert rate_after(schedule, steps) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(
    ("kind", "config", "expected"),
    [
        ("cosine", {}, 0.000170857),
        ("linear", {}, 0.000150250),
        ("exponential", {"gamma": 0.9}, 1.43580e-05),
        ("step", {"gamma": 0.5, "step_size": 10}, 5e-05),
    ],
)
def test_other_schedules_are_the_reference_numbers(
    kind: str, config: dict[str, float], expected: float
) -> None:
    assert rate_after(scheduler(kind, **config), 25) == pytest.approx(
        expected, rel=1e-5
    )


@pytest.mark.parametrize("kind", ["linear", "cosine", "linear_warmup_cosine"])
@pytest.mark.parametrize("total", [0, 3])
def test_rate_stays_in_bounds_when_the_total_is_short(kind: str, total: int) -> None:
    schedule = scheduler(kind, total_steps=total, warmup_steps=5)
    for _ in range(20):
        schedule.step()
        assert 1e-6 <= schedule.get_lr() <= 2e-4
    assert schedule.get_lr() == pytest.approx(1e-6)


def test_scheduler_leaves_the_rate_alone_until_it_steps() -> None:
    schedule = scheduler("cosine")
    assert schedule.get_lr() == 0.5
    assert str(schedule) == "LR Scheduler (Cosine, step=0, lr=0.5)"
    schedule.step()
    schedule.set_lr(0.125)
    assert [g["lr"] for g in schedule.optimizer.param_groups] == [0.125]


def test_scheduler_goes_on_from_its_state() -> None:
    first, second = scheduler("cosine"), scheduler("cosine")
    rate_after(first, 24)
    second.load_state_dict(first.state_dict())
    assert rate_after(second, 1) == pytest.approx(0.000170857, rel=1e-5)


def test_scheduler_prints_its_kind() -> None:
    optimizer = training.optimizer(nn.Linear(1, 1), 0.001)
    text = "LR Scheduler (LinearWarmupCosine, step=0, lr=0.001)"
    assert str(training.LRScheduler(optimizer, "linear_warmup_cosine")) == text


def test_scheduler_errors_name_the_nearest() -> None:
    optimizer = training.optimizer(nn.Linear(1, 1))
    with pytest.raises(
        ValueError, match="unknown scheduler type 'cosin'; did you mean"
    ):
        training.LRScheduler(optimizer, "cosin")
    with pytest.raises(ValueError, match="did you mean 'total_steps'"):
        training.LRScheduler(optimizer, "cosine", {"totalsteps": 10})
    with pytest.raises(TypeError, match="not a value of type torch_linear_"):
        training.LRScheduler(nn.Linear(1, 1), "cosine")  # type: ignore[arg-type]


def test_defaults_of_a_schedule_are_lispes() -> None:
    schedule = training.Schedule()
    assert training.step_lr(schedule, 99) == 0.001
    assert training.step_lr(schedule, 100) == pytest.approx(0.0001)
    assert training.exponential_lr(schedule, 4) < schedule.min_lr
    assert math.isclose(training.cosine_lr(schedule, 1000), 1e-6)


# --- options of optimizers ---------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(training._OPTIMIZERS))
def test_every_optimizer_lowers_a_loss(kind: str) -> None:
    torch.manual_seed(0)
    weight = torch.nn.Parameter(torch.tensor([2.0, -3.0]))
    made = training.optimizer(weight, 0.05, kind)
    before = weight.square().sum().item()
    for _ in range(30):
        made.zero_grad()
        weight.square().sum().backward()
        made.step()
    assert weight.square().sum().item() < before


@pytest.mark.parametrize("way", ["fused", "foreach"])
@pytest.mark.parametrize("kind", ["adam", "adamw", "sgd"])
def test_ways_to_step_give_the_same_weights(kind: str, way: str) -> None:
    results = []
    for options in ({}, {way: True}):
        torch.manual_seed(1)
        model = torch.nn.Linear(5, 3)
        made = training.optimizer(model, 0.1, kind, options)
        for _ in range(3):
            made.zero_grad()
            model(torch.ones(2, 5)).square().sum().backward()
            made.step()
        results.append(model.weight.detach())
    torch.testing.assert_close(*results)


def test_unknown_option_of_an_optimizer_shows_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"'weight_decy'.*weight_decay"):
        training.optimizer(torch.nn.Linear(2, 2), 0.1, "adamw", {"weight_decy": 0.1})


@pytest.mark.parametrize("make", [training.add_params, training.adam, training.adamw])
def test_adam_of_float16_is_warned_of(
    make: Callable[[Tensor, float], torch.optim.Optimizer],
) -> None:
    weight = torch.ones(2, dtype=torch.float16, requires_grad=True)
    with pytest.warns(RuntimeWarning, match="float16 parameters.*bfloat16"):
        make(weight, 0.1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        make(weight.detach().bfloat16().requires_grad_(), 0.1)
        training.sgd(weight, 0.1)
