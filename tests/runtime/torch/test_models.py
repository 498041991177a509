"""The decoder against transformers: the same logits, from the same folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from family_checks import CHECKS, load, logits, token_ids
from tiny_models import FAMILIES, Reference, reference
from torch import Tensor

from lisptorch_compile.runtime.models import KVCache

pytest.importorskip("transformers")

TOLERANCE = {"atol": 1e-4, "rtol": 0.0}


@pytest.fixture(scope="module", params=FAMILIES)
def known(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Reference:
    return reference(request.param, tmp_path_factory.mktemp("family") / request.param)


@pytest.fixture
def ids() -> Tensor:
    return token_ids()


@pytest.mark.parametrize("check", CHECKS)
def test_family_is_as_near_to_the_reference_as_the_table_says(
    known: Reference, check: str
) -> None:
    if "adapters" in check or check in ("their gradients", "there and back"):
        pytest.importorskip("peft")
    measure, bound = CHECKS[check]
    assert measure(known) <= bound


def test_softmax_weights_of_attention_by_hand(known: Reference, ids: Tensor) -> None:
    model = load(known.folder)
    weights: list[Tensor] = []
    logits(model, ids, weights=weights)
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
