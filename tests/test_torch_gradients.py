"""Gradients flow through every function that torch differentiates."""

from __future__ import annotations

import pytest
import torch
from programs import run

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
