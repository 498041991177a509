"""A script's decode step under torch.compile: one graph, not one for each token."""

from __future__ import annotations

import pytest
import torch
from programs import Ran, run
from tiny_language_model import write_model
from torch._dynamo.testing import CompileCounterWithBackend

from lisptorch_compile.runtime import hf

PROMPT = [5, 6, 7, 8, 9]
NEW = 40

_PROGRAM = """
(setq m (torch_hf_load_model "{folder}"))

; The next token (B, 1), after the token ids (B, T) and what the cache has read
(defun decode (ids cache)
   (setq logits (torch_hf_forward m ids cache))
   (tensor_argmax (tensor_select logits 1 -1) -1)
)
"""


@pytest.fixture(scope="module", params=["llama", "qwen3"])
def program(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Ran:
    folder = tmp_path_factory.mktemp(request.param) / "model"
    write_model(folder, request.param, 61)
    return run(_PROGRAM.replace("{folder}", str(folder)))


def test_decode_step_does_not_recompile_for_each_token(program: Ran) -> None:
    torch._dynamo.reset()
    counter = CompileCounterWithBackend("aot_eager")
    step = torch.compile(program["decode"], backend=counter, fullgraph=True)
    cache = hf.enable_kv_cache(program["m"])
    with torch.no_grad():
        token = program["decode"](torch.tensor([PROMPT]), cache)
        found = [token.item()]
        while len(found) < NEW:
            token = step(token, cache)
            found.append(token.item())
    library = hf.generate(program["m"], PROMPT, -1, NEW, {"greedy": True})
    assert found == list(library)
    # with the first position as a constant, then for all positions
    assert counter.frame_count == 2
