"""Gradients flow through every function that torch differentiates."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from programs import run
from torch import Tensor
from torch.nn import functional as F

CALLS = [
    *[
        f"(torch_{stem} x)"
        for stem in (
            *("relu", "sigmoid", "tanh", "gelu", "silu", "abs", "exp", "sqrt", "rsqrt"),
            *("log", "log10", "log2", "sin", "cos", "tan", "asin", "acos", "atan"),
            *("sinh", "cosh", "neg", "reciprocal", "softmax", "log_softmax", "sum"),
            *("mean", "std", "max", "min", "norm", "contiguous", "clone", "tril"),
            *("triu", "squeeze", "to_cpu", "to_mps"),
        )
    ],
    *[f"(torch_{stem} x x)" for stem in ("add", "sub", "mul", "div", "pow", "matmul")],
    *[f"(torch_{stem}_scalar x 2)" for stem in ("add", "mul", "div")],
    "(tensor_linear x x)",
    '(torch_einsum "ij,jk->ik" (list x x))',
    "(torch_rms_norm x (torch_ones (integers 2)))",
    "(torch_where (torch_ge x 0.3) x 0)",
    "(torch_masked_fill x (torch_ge x 0.3) 0)",
    "(torch_mean_dim x 0)",
    "(torch_cumsum x 0)",
    "(torch_clamp x 0.2 0.8)",
    "(torch_reshape x (integers 4))",
    "(torch_transpose x 0 1)",
    "(torch_unsqueeze x 0)",
    "(torch_slice x 1 0 1)",
    "(torch_select x 0 1)",
    "(torch_cat (list x x) 0)",
    "(torch_stack (list x x))",
    "(torch_gather x 1 (torch_tensor '((0) (1))))",
    "(@ (torch_sort x) 0)",
    "(@ (torch_topk x 1) 0)",
    "(torch_set_item x (integers 0 0) 1)",
    "(torch_flash_attention x x x)",
    "(torch_mse_loss x (torch_zeros (integers 2 2)))",
    "(torch_crossentropy_loss x (integers 0 1))",
    "(torch_forward (torch_model 2 3 1) x)",
    '(torch_to_dtype x "float64")',
    "(+ x 1)",
    "(* 2 x)",
]


@pytest.mark.parametrize("call", CALLS)
def test_backward_works_after_the_call(call: str) -> None:
    torch.manual_seed(0)
    program = run(
        "(setq x (torch_requires_grad"
        " (torch_tensor (list (floats 0.1 0.4) (floats 0.7 0.9)))))\n"
        f"(setq y (torch_sum {call}))\n(torch_backward y)\n(setq g (torch_grad x))\n"
    )
    gradient = program["g"]
    assert gradient.shape == (2, 2)
    assert bool(gradient.isfinite().all())


# --- against torch, called by hand ------------------------------------------------------

#: Calls with a tensor ``x``, two by two and positive, and what they are in Python.
REFERENCES: dict[str, Callable[[Tensor], Tensor]] = {
    "(torch_relu (torch_sub x 0.5))": lambda x: F.relu(x - 0.5),
    "(torch_gelu x)": F.gelu,
    "(torch_silu x)": F.silu,
    "(torch_tanh x)": torch.tanh,
    "(torch_rsqrt x)": lambda x: x**-0.5,
    "(torch_log2 x)": lambda x: torch.log(x) / torch.log(torch.tensor(2.0)),
    "(torch_reciprocal x)": lambda x: 1 / x,
    "(torch_pow x 3)": lambda x: x * x * x,
    "(torch_pow 2 x)": torch.exp2,
    "(torch_sub 1 x)": lambda x: 1 - x,
    "(torch_div '(1 2) x)": lambda x: torch.tensor([1, 2]) / x,
    "(torch_div_scalar x 4)": lambda x: x / 4,
    "(torch_matmul x x)": lambda x: torch.mm(x, x),
    "(tensor_linear x x)": lambda x: x @ x.T,
    '(torch_einsum "ij,kj->ik" (list x x))': lambda x: x @ x.T,
    "(torch_softmax x 0)": lambda x: x.exp() / x.exp().sum(0),
    "(torch_log_softmax x)": lambda x: x - torch.logsumexp(x, -1, keepdim=True),
    "(torch_std x)": lambda x: torch.var(x).sqrt(),
    "(torch_norm x)": lambda x: (x * x).sum().sqrt(),
    "(torch_mean_dim x 1)": lambda x: x.sum(1) / 2,
    "(torch_cumsum x 1)": lambda x: torch.stack((x[:, 0], x.sum(1)), 1),
    "(torch_max x)": torch.amax,
    "(torch_clamp x 0.2 0.8)": lambda x: x.clip(0.2, 0.8),
    "(torch_rms_norm x (torch_ones 2))": lambda x: (
        x / (x.pow(2).mean(-1, keepdim=True) + 1e-6).sqrt()
    ),
    "(torch_where (torch_ge x 0.5) x 0)": lambda x: x * (x >= 0.5),
    "(torch_masked_fill x (torch_ge x 0.5) 0)": lambda x: x * (x < 0.5),
    "(torch_slice x 1 1 2)": lambda x: x[:, 1:2],
    "(torch_select x 0 -1)": lambda x: x[-1],
    "(torch_gather x 1 (torch_tensor '((1) (0))))": lambda x: (
        x.fliplr().diagonal().unsqueeze(1)
    ),
    "(torch_transpose x 0 1)": lambda x: x.mT,
    "(torch_reshape x '(4))": torch.flatten,
    "(torch_cat (list x x) 1)": lambda x: torch.hstack((x, x)),
    "(@ (torch_sort x true) 0)": lambda x: x.fliplr(),
    "(@ (torch_topk x 1) 0)": lambda x: x[:, 1:],
    "(torch_set_item x '(0 1) 9)": lambda x: x.index_put(
        (torch.tensor(0), torch.tensor(1)), torch.tensor(9.0)
    ),
    "(torch_mse_loss x '((1 0) (0 1)))": lambda x: (x - torch.eye(2)).square().mean(),
    "(torch_crossentropy_loss x (integers 1 0))": lambda x: (
        (torch.logsumexp(x, 1) - x.fliplr().diagonal()).mean()
    ),
    "(torch_flash_attention x x x)": lambda x: ((x @ x.T / 2**0.5).softmax(-1) @ x),
    "(+ (* x 2) (/ 1 x) (- 3 x))": lambda x: 2 * x + 1 / x + 3 - x,
    "(@@ x 0 1)": lambda x: x[:1],
    "(fill-rows x)": lambda x: torch.stack((x[0] * 9, x[1])),
}

#: Changes in place what is no leaf: gradients know of it.
FILL_ROWS = """
(defun fill-rows (x)
   (setq y (torch_clone x))
   (torch_index_put_ y '(0 0) (* 9 (torch_select (torch_select x 0 0) 0 0)))
   (torch_index_put_ y '(0 1) (* 9 (torch_select (torch_select x 0 0) 0 1)))
   y)
"""


@pytest.mark.parametrize("call", REFERENCES)
def test_value_and_gradient_are_torchs(call: str) -> None:
    program = run(
        f"{FILL_ROWS}"
        "(setq x (torch_requires_grad"
        " (torch_tensor (list (floats 0.1 0.6) (floats 0.7 0.9)))))\n"
        f"(setq y {call})\n(torch_backward (torch_sum (torch_mul y y)))\n"
    )
    x = torch.tensor([[0.1, 0.6], [0.7, 0.9]], requires_grad=True)
    y = REFERENCES[call](x)
    y.square().sum().backward()
    torch.testing.assert_close(program["y"], y)
    torch.testing.assert_close(program["x"].grad, x.grad)


#: Calls that change a tensor ``t`` of 1 2 3 4, and what it holds then.
IN_PLACE = {
    "(torch_index_put_ t '(1) 9)": [1, 9, 3, 4],
    "(tensor_index_put_ t (list (torch_tensor 3)) (torch_tensor '(8)))": [1, 2, 3, 8],
    "(torch_masked_fill_ t (torch_gt t 2) 0)": [1, 2, 0, 0],
    "(tensor_masked_fill_ t '(1 0 0 1) (torch_tensor 7))": [7, 2, 3, 7],
    "(torch_tensor_masked_fill_ t (torch_tensor '(nil true nil nil)) 5)": [1, 5, 3, 4],
    "(set@ t -1 6)": [1, 2, 3, 6],
}


@pytest.mark.parametrize("call", IN_PLACE)
def test_names_with_an_underscore_change_the_tensor(call: str) -> None:
    program = run(
        f"(setq t (torch_tensor (floats 1 2 3 4)))\n(setq other t)\n(setq r {call})\n"
    )
    assert program["r"] is program["t"] is program["other"]
    assert program["t"].tolist() == IN_PLACE[call]
