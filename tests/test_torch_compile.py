"""`torch.compile(fullgraph=True)` accepts generated functions, with equal results."""

from __future__ import annotations

from types import ModuleType

import pytest
import torch
from programs import compiled

from lisptorch_compile.pipeline import Options, compile_text

_SOURCE = """
(setq width 16)
(setq heads 4)
(setq query (torch_linear width width))
(setq output (torch_linear width width))
(setq norm (torch_layer_norm width))
(setq adapted (torch_lora_apply_to_linear (torch_linear width width) 2 4.0))

(defun split_heads (x)
   (setq shape (torch_shape x))
   (torch_transpose (torch_reshape x (list (@ shape 0) (@ shape 1) heads -1)) 1 2))

(defun attend (x)
   (setq q (split_heads (torch_forward query x)))
   (setq mixed (torch_scaled_dot_product_attention q q q (? is_causal true)))
   (torch_forward output (torch_reshape (torch_transpose mixed 1 2) (torch_shape x))))

(defun run (x)
   (setq y (+ x (attend (torch_forward norm x))))
   (loopcount 2 i
      (setq y (+ y (torch_gelu (torch_lora_forward adapted y)))))
   (if (> (size (torch_shape y)) 2)
      (torch_slice y 1 0 3)
      y))

(defun loss_of (x targets)
   (torch_mse_loss (run x) targets))

(run (torch_randn '(1 4 16)))
"""


@pytest.fixture(scope="module")
def module() -> ModuleType:
    python = compile_text(
        _SOURCE, filename="attend.lsp", options=Options(format=False)
    ).python
    assert python is not None
    made = ModuleType("attend")
    exec(compile(python, "attend.py", "exec"), made.__dict__)  # noqa: S102
    return made


def test_a_generated_function_is_one_graph(module: ModuleType) -> None:
    x = torch.randn(2, 5, 16)
    whole = torch.compile(module.run, fullgraph=True, backend="eager")
    torch.testing.assert_close(whole(x), module.run(x))


def test_gradients_flow_through_the_graph(module: ModuleType) -> None:
    x, targets = torch.randn(2, 5, 16), torch.randn(2, 3, 16)
    whole = torch.compile(module.loss_of, fullgraph=True, backend="aot_eager")
    gradients = []
    for function in (module.loss_of, whole):
        module.adapted.zero_grad()
        function(x, targets).backward()
        gradients.append(module.adapted.lora_a.weight.grad.clone())
    torch.testing.assert_close(gradients[0], gradients[1])


def test_functions_among_options_are_handed_on() -> None:
    python = compiled(
        "(defun show (token) (print token))\n"
        '(setq options {"callback":\'show})\n'
        '(torch_hf_generate "model" (integers 1) 2 3 options)\n'
    ).python
    assert python is not None
    assert 'options = {"callback": Symbol("show", show)}' in python
