"""The decoder against transformers: the same logits, from the same folder."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import torch
from tiny_models import FAMILIES, Reference, reference
from torch import Tensor

from lisptorch_compile.runtime import models
from lisptorch_compile.runtime.models import CausalLM, KVCache

pytest.importorskip("transformers")

TOLERANCE = {"atol": 1e-4, "rtol": 0.0}


@pytest.fixture(scope="module", params=FAMILIES)
def known(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Reference:
    return reference(request.param, tmp_path_factory.mktemp(request.param))


@pytest.fixture
def ids() -> Tensor:
    return torch.randint(3, 101, (3, 24), generator=torch.Generator().manual_seed(1))


@contextmanager
def alone() -> Iterator[None]:
    """Make ``import transformers`` fail: the code under test does without it."""
    loaded = {name: m for name, m in sys.modules.items() if name == "transformers"}
    sys.modules["transformers"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["transformers"]
        sys.modules.update(loaded)


def load(folder: Path, **options: Any) -> CausalLM:
    with alone():
        model = models.load(folder, **options)
    assert isinstance(model, CausalLM)
    return model


def logits(model: CausalLM, ids: Tensor, **more: object) -> Tensor:
    with alone(), torch.no_grad():
        output: Tensor = model(ids, **more)
    return output


def test_logits_equal_transformers_at_all_positions(
    known: Reference, ids: Tensor
) -> None:
    torch.testing.assert_close(
        logits(load(known.folder), ids), known.logits(ids), **TOLERANCE
    )


def test_logits_with_a_cache_are_those_without(known: Reference, ids: Tensor) -> None:
    model = load(known.folder)
    cache = KVCache(model.config.num_layers)
    pieces = [ids[:, :10], ids[:, 10:15], *ids[:, 15:].split(1, dim=1)]
    stepwise = torch.cat([logits(model, piece, cache=cache) for piece in pieces], dim=1)
    torch.testing.assert_close(stepwise, known.logits(ids), **TOLERANCE)
    assert len(cache) == 24


@pytest.mark.parametrize("side", ["left", "right"])
def test_padding_changes_nothing_for_the_tokens(
    known: Reference, ids: Tensor, side: str
) -> None:
    mask = torch.ones_like(ids)
    for row, padding in ((1, 5), (2, 9)):
        mask[row, slice(padding) if side == "left" else slice(-padding, None)] = 0
    positions = (mask.cumsum(dim=-1) - 1).clamp(min=0)
    theirs = known.logits(ids, attention_mask=mask, position_ids=positions)
    ours = logits(load(known.folder), ids, attention_mask=mask)
    torch.testing.assert_close(ours[mask == 1], theirs[mask == 1], **TOLERANCE)


def test_greedy_tokens_equal_transformers(known: Reference, ids: Tensor) -> None:
    model = load(known.folder)
    cache = KVCache(model.config.num_layers)
    row, tokens = ids[:1], ids[:1]
    for _ in range(12):
        row = logits(model, row, cache=cache, last_only=True).argmax(dim=-1)
        tokens = torch.cat((tokens, row), dim=1)
        if row.item() == 2:
            break
    theirs = known.greedy(ids[:1], 12)
    assert tokens.tolist() == theirs.tolist()


def test_attention_by_hand_gives_the_same_and_its_weights(
    known: Reference, ids: Tensor
) -> None:
    model = load(known.folder)
    weights: list[Tensor] = []
    by_hand = logits(model, ids, weights=weights)
    torch.testing.assert_close(by_hand, logits(model, ids), **TOLERANCE)
    assert len(weights) == model.config.num_layers
    assert weights[0].shape == (3, 4, 24, 24)
    torch.testing.assert_close(weights[0].sum(dim=-1), torch.ones(3, 4, 24))


# --- loading ----------------------------------------------------------------------------


@pytest.fixture
def llama(tmp_path: Path) -> Reference:
    return reference("llama-3", tmp_path / "model", max_shard_size="40kB")


def test_shards_are_read(llama: Reference, ids: Tensor) -> None:
    assert len(list(llama.folder.glob("*.safetensors"))) > 1
    model = load(llama.folder)
    torch.testing.assert_close(logits(model, ids), llama.logits(ids), **TOLERANCE)


def test_weights_are_converted_while_loading(llama: Reference) -> None:
    model = load(llama.folder, dtype=torch.bfloat16)
    assert {p.dtype for p in model.parameters()} == {torch.bfloat16}


def test_tied_weights_are_one(tmp_path: Path) -> None:
    reference("smollm", tmp_path)
    model = load(tmp_path)
    assert model.lm_head.weight is model.model.embed_tokens.weight


def _without(folder: Path, name: str) -> None:
    """Take a weight out of the files of a folder."""
    from safetensors.torch import load_file, save_file

    for path in folder.glob("*.safetensors"):
        tensors = load_file(path)
        if tensors.pop(name, None) is not None:
            save_file(tensors, path)


def test_missing_weight_is_named(llama: Reference) -> None:
    _without(llama.folder, "model.layers.1.mlp.up_proj.weight")
    with pytest.raises(ValueError, match=r"lacks .*'model.layers.1.mlp.up_proj.weight"):
        load(llama.folder)


def test_unexpected_weight_is_named(llama: Reference) -> None:
    content = json.loads((llama.folder / "config.json").read_text())
    content["num_hidden_layers"] = 3
    (llama.folder / "config.json").write_text(json.dumps(content))
    with pytest.raises(ValueError, match=r"unexpected weight 'model.layers.3"):
        load(llama.folder)


def test_misshapen_weight_is_named(llama: Reference) -> None:
    content = json.loads((llama.folder / "config.json").read_text())
    content["intermediate_size"] = 48
    (llama.folder / "config.json").write_text(json.dumps(content))
    with pytest.raises(ValueError, match=r"_proj.weight' is .* asks for"):
        load(llama.folder)


def test_index_must_stay_inside_the_folder(llama: Reference) -> None:
    index = llama.folder / "model.safetensors.index.json"
    content = json.loads(index.read_text())
    name = next(iter(content["weight_map"]))
    content["weight_map"][name] = "../secret.safetensors"
    index.write_text(json.dumps(content))
    with pytest.raises(ValueError, match="outside its folder"):
        load(llama.folder)


def test_file_of_the_index_must_be_there(llama: Reference) -> None:
    next(llama.folder.glob("*.safetensors")).unlink()
    with pytest.raises(FileNotFoundError, match="which is missing"):
        load(llama.folder)


def test_other_family_says_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "lama"}')
    with pytest.raises(ImportError, match=r"lisptorch-compile\[hf\]"):
        load(tmp_path)


def test_folder_without_configuration_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="Cannot open config file"):
        load(tmp_path)


# --- the cache --------------------------------------------------------------------------


def test_limited_cache_keeps_the_last_positions(llama: Reference, ids: Tensor) -> None:
    model = load(llama.folder)
    cache = KVCache(model.config.num_layers, limit=8)
    for piece in ids.split(4, dim=1):
        logits(model, piece, cache=cache)
    assert (len(cache), cache.kept) == (24, 8)
    cache.reset()
    torch.testing.assert_close(
        logits(model, ids[:, :6], cache=cache), llama.logits(ids[:, :6]), **TOLERANCE
    )


def test_reordered_cache_follows_its_rows(llama: Reference, ids: Tensor) -> None:
    model = load(llama.folder)
    cache = KVCache(model.config.num_layers)
    logits(model, ids[:, :20], cache=cache)
    rows = torch.tensor([2, 0])
    cache.reorder(rows)
    torch.testing.assert_close(
        logits(model, ids[rows, 20:], cache=cache),
        llama.logits(ids[rows])[:, 20:],
        **TOLERANCE,
    )


def test_gradients_flow_through_a_cached_step(llama: Reference, ids: Tensor) -> None:
    model = load(llama.folder)
    cache = KVCache(model.config.num_layers)
    model(ids[:, :5], cache=cache)
    model(ids[:, 5:7], cache=cache).sum().backward()
    assert model.model.embed_tokens.weight.grad is not None
