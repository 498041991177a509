"""Modules exported by torch.export, run again here and where only torch is installed."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from programs import run, run_python
from tiny_language_model import write_model
from torch import Tensor, nn

from lisptorch_compile.runtime import export, hf, layers
from lisptorch_compile.runtime.errors import LispError


@pytest.fixture
def mlp() -> layers.MLP:
    torch.manual_seed(0)
    return layers.MLP(3, 4, 2)


def test_exported_module_gives_equal_outputs(mlp: layers.MLP, tmp_path: Path) -> None:
    path = tmp_path / "mlp.pt2"
    export.save(mlp, torch.ones(2, 3), path, [0])
    assert mlp.training and mlp.fc1.training
    loaded = export.load(path)
    for size in (2, 7):
        x = torch.randn(size, 3)
        assert torch.equal(loaded(x), mlp(x))


_PROGRAM = """
(setq m (torch_transformer_block 8 2 16))
(setq x (torch_randn (integers 2 5 8)))
(torch_export_save m x "block.pt2")
(setq outputs (torch_forward m x))
"""

_ELSEWHERE = """
import sys, torch
program = torch.export.load("block.pt2").module()
x, outputs = torch.load("tensors.pt", weights_only=True)
assert torch.equal(program(x), outputs)
assert not any(name.startswith("lisptorch_compile") for name in sys.modules)
"""


def test_file_of_a_program_runs_where_only_torch_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    program = run(_PROGRAM)
    torch.save([program["x"], program["outputs"].detach()], "tensors.pt")
    ran = run_python("-c", _ELSEWHERE, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr


def test_language_model_is_exported_by_its_name(tmp_path: Path) -> None:
    write_model(tmp_path / "tiny", "llama", 61)
    program = run(f"""
        (setq m (torch_hf_load_model "{tmp_path}/tiny"))
        (torch_export_save m (torch_tensor '((1 2 3 4))) "{tmp_path}/m.pt2" (list 1))
        (setq ids (torch_tensor '((5 6 7 8 9 10 11))))
        (setq logits (torch_forward (torch_export_load "{tmp_path}/m.pt2") ids))
        """)
    expected = hf.forward(program["m"], program["ids"])
    torch.testing.assert_close(program["logits"], expected, atol=1e-5, rtol=0)


class _Choosing(nn.Module):
    """Goes by the numbers in its input, which no graph can."""

    def forward(self, x: Tensor) -> Tensor:
        return x if x.sum() > 0 else -x


def test_what_cannot_be_exported_is_an_error(mlp: layers.MLP, tmp_path: Path) -> None:
    path = tmp_path / "x.pt2"
    with pytest.raises(LispError, match="_Choosing cannot be exported: .*data-depend"):
        export.save(_Choosing(), torch.ones(2), path)
    with pytest.raises(LispError, match="MLP cannot be exported: .*size"):
        export.save(mlp, torch.ones(2, 3), path, [1])
    assert not path.exists()


def test_file_that_is_no_program_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "x.pt2"
    with pytest.raises(FileNotFoundError, match=r"no exported program: .*x\.pt2"):
        export.load(path)
    path.write_text("text")
    with pytest.raises(LispError, match="holds no exported program"):
        export.load(path)
