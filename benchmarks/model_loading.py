"""Loading a model of 580 MB, against reading its tensors with safetensors alone."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.pairing import Ratio, compared

_CONFIG = {
    "model_type": "llama",
    "vocab_size": 32000,
    "hidden_size": 1024,
    "intermediate_size": 2816,
    "num_hidden_layers": 7,
    "num_attention_heads": 16,
    "num_key_value_heads": 4,
    "max_position_embeddings": 2048,
}

_WRITE = """
import json, sys
from pathlib import Path
from safetensors.torch import save_file
from lisptorch_compile.runtime import models
folder = Path(sys.argv[1])
config = models.decoder_config(models.read_config(folder))
tensors = models.CausalLM(config).state_dict()
save_file({name: t.clone() for name, t in tensors.items()}, folder / "model.safetensors")
"""

#: Both read every byte of every tensor, and print milliseconds and megabytes.
_OURS = """
tensors = models.load(sys.argv[1]).state_dict()
"""
_THEIRS = """
with safe_open(f"{sys.argv[1]}/model.safetensors", "pt") as file:
    tensors = {name: file.get_tensor(name) for name in file.keys()}
"""
_MEASURED = """
import resource, sys
from time import perf_counter
from safetensors import safe_open
import torch
from lisptorch_compile.runtime import models

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

before, start = peak(), perf_counter()
{load}
for tensor in tensors.values():
    tensor.max()
print((perf_counter() - start) * 1000, peak() - before)
"""


def ratios() -> Iterator[Ratio]:
    """Yield the time and the peak memory."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "config.json").write_text(json.dumps(_CONFIG), encoding="utf-8")
        _python(_WRITE, name)
        for what, unit in enumerate(("ms", "MB")):
            yield compared(
                f"load 580 MB, {unit} : safetensors",
                lambda what=what: _measured(_OURS, name)[what],  # type: ignore[misc]
                lambda what=what: _measured(_THEIRS, name)[what],  # type: ignore[misc]
                limit=1.1,
                rounds=5,
                unit=unit,
            )


def _measured(load: str, folder: str) -> list[float]:
    return [float(n) for n in _python(_MEASURED.format(load=load), folder).split()]


def _python(program: str, folder: str) -> str:
    process = subprocess.run(
        [sys.executable, "-c", program, folder],
        check=True,
        capture_output=True,
        text=True,
    )
    return process.stdout
