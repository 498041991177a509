"""The table of the torch functions: ``tests/data/torch_api.toml``, and how it is run.

Each function stands with all its spellings, and with calls: what the call becomes in
Python, and what the program that shows the result prints. In a call ``FN`` stands for a
spelling.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import torch
from programs import ROOT, compiled, run
from tiny_language_model import write_model, write_tokenizer
from torch import Tensor, nn

TABLE = ROOT / "tests" / "data" / "torch_api.toml"


@dataclass(frozen=True, slots=True)
class Case:
    """A call: ``before`` sets up what it needs, ``show`` prints its result ``r``."""

    call: str
    prints: str
    python: str
    before: str = ""
    show: str = "(println r)"

    def program(self, name: str) -> str:
        """Return the LispE program that makes the call under a spelling."""
        text = f"{self.before}\n(setq r {self.call})\n{self.show}\n"
        return re.sub(r"\bFN\b", name, text)


@dataclass(frozen=True, slots=True)
class Function:
    """A function; ``ours``: LispE's library has it not."""

    area: str
    names: tuple[str, ...]
    cases: tuple[Case, ...]
    ours: bool = False


def functions() -> list[Function]:
    """Return the table."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return [
        _function(area["title"], f) for area in table["area"] for f in area["function"]
    ]


def _function(area: str, entry: dict[str, Any]) -> Function:
    cases = tuple(Case(**case) for case in entry["case"])
    return Function(
        area, tuple(entry["names"].split()), cases, entry.get("ours", False)
    )


@cache
def expressions(program: str) -> frozenset[str]:
    """Return all expressions and statements of the Python of a program, as one line each."""
    python = compiled(program).python
    assert python is not None
    nodes = ast.walk(ast.parse(python))
    found = {ast.unparse(n) for n in nodes if isinstance(n, ast.expr | ast.stmt)}
    return frozenset(found)


def execute(program: str) -> None:
    """Run a program from the same random state as any other."""
    torch.manual_seed(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # an absent device
        run(program)


# --- the files that the programs read --------------------------------------------------


class Scripted(nn.Module):
    """A model that becomes TorchScript."""

    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(3, 2)
        self.register_buffer("offset", torch.tensor([1.0, 2.0]))

    def forward(self, x: Tensor) -> Tensor:
        result: Tensor = self.fc(x)
        return result


def write_files(folder: Path) -> None:
    """Write a TorchScript model, a language model and a chat tokenizer."""
    torch.manual_seed(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        script: Any = torch.jit.script
        script(Scripted()).save(str(folder / "script.pt"))
    write_model(folder / "model", "llama", 300)
    (folder / "manual").symlink_to(folder / "model")
    write_tokenizer(folder / "chat", "qwen3")
    template = (
        "{% for m in messages %}<|im_start|>{{ m.role }} {{ m.content }}<|im_end|>"
        "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant{% endif %}"
    )
    settings = json.dumps({"chat_template": template})
    (folder / "chat" / "tokenizer_config.json").write_text(settings, encoding="utf-8")
