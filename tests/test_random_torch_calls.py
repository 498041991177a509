"""Every torch function on arguments of every kind: an error is in words of LispE or torch."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from random_calls import failures_of, random_batches, well_formed

from lisptorch_compile.catalogue import (
    tiktoken,
    torch_jit,
    torch_layers,
    torch_models,
    torch_tensors,
    torch_text,
    torch_training,
    torch_tucker,
)
from lisptorch_compile.catalogue.model import Builtin

#: What is put in for any argument: values of all kinds, models, objects of the libraries.
_ARGUMENTS = (
    "nil", "true", "0", "3", "-2", "2.5", '"abc"', "'red", "()", "'(1 2)",
    '(list 1.5 "a")', "(list 1.5 2)", "(integers 1 2)", "(floats 1 2)", '{"k":1}',
    "(set 1 2)", "(\\(x) x)", '"missing.pt"', '"garbage"',
    "(torch_ones 2)", "(torch_ones (integers 2 3))", "(torch_tensor (integers 1 0))",
    "(torch_tensor 2.5)", "(torch_zeros 0)", "(torch_tensor (list true nil))",
    "(list (torch_ones 2) (torch_ones 2))", "(torch_model 2 3 2)", "(torch_linear 2 3)",
    "(torch_embedding 4 2)", "(torch_multihead_attention 4 2)",
    "(torch_lora_linear 2 3 2 4)", "(torch_sgd_optimizer (torch_linear 2 2) 0.1)",
    '(torch_lr_scheduler (torch_adam_optimizer 0.1) "cosine")',
    "(torch_simple_tokenizer)", "(torch_generator_create (torch_model 1 1 4))",
    "(torch_rotary_embedding 4)", "(torch_state_dict (torch_linear 2 3))",
    '(tiktoken_create {"a":0} (list) ".")',
)  # fmt: skip

#: Functions that change the state of the process, or take long.
_LEFT_OUT = frozenset(
    ("torch_train_sentencepiece", "torch_manual_seed", "torch_set_grad_enabled")
    + ("torch_compile",)
)

#: Words of Python that no program in LispE should meet, and texts of several lines.
_PYTHON = re.compile(
    r"'\w+' object|NoneType|attribute|__|argument (of type|after)|positional|unhashable"
    r"|not supported between|iterable|KeyError|invalid combination|PathLike|AssertionError"
    r"|0x[0-9a-f]{6}|\n"
)

_AREAS = (torch_tensors, torch_layers, torch_training, torch_text, torch_models)


def _functions() -> list[Builtin]:
    areas = (*_AREAS, torch_jit, torch_tucker, tiktoken)
    declared = [builtin for area in areas for builtin in area.BUILTINS]
    return [
        builtin
        for builtin in declared
        if builtin.unsupported is None and builtin.name not in _LEFT_OUT
    ]


def _faults(seed: int, rounds: int) -> list[str]:
    batches = random_batches(_functions(), _ARGUMENTS, seed, rounds)
    return [
        f"{call}: {said}"
        for batch in batches
        for call, said in failures_of(well_formed(batch))
        if _PYTHON.search(said)
    ]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Some functions write files of any name, and warn of absent devices."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "garbage").write_text("garbage")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
    torch.set_grad_enabled(True)


def test_errors_of_torch_functions_are_in_words_of_lispe() -> None:
    assert _faults(seed=1, rounds=1) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 8))
def test_errors_of_torch_functions_are_in_words_of_lispe_for_many_arguments(
    seed: int,
) -> None:
    assert _faults(seed, rounds=2) == []
