"""The weights of a model folder: read once, strictly, into their final place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from lisptorch_compile.runtime.atomic_files import StrPath
from lisptorch_compile.runtime.models.config import DecoderConfig
from lisptorch_compile.runtime.models.decoder import CausalLM
from lisptorch_compile.runtime.weight_files import open_tensors, read_pickle

#: Tensors that old files hold beside the weights.
_IGNORED = (".rotary_emb.inv_freq", ".attn.bias", ".attn.masked_bias")

#: Parts of models that see, too; only the text is read here.
_OTHER_PARTS = (
    "vision_tower.",
    "multi_modal_projector.",
    "model.vision_tower.",
    "model.multi_modal_projector.",
)

#: GPT-2's names, by the parts of ours; its linear weights are (in, out).
_GPT2_NAMES = {
    "transformer": "model",
    "wte": "embed_tokens",
    "wpe": "embed_positions",
    "h": "layers",
    "ln_f": "norm",
    "ln_1": "input_layernorm",
    "ln_2": "post_attention_layernorm",
    "attn": "self_attn",
    "c_attn": "qkv_proj",
    "c_fc": "up_proj",
}
_OF_GPT2 = {ours: theirs for theirs, ours in _GPT2_NAMES.items()}
_OF_GPT2 |= {"o_proj": "c_proj", "down_proj": "c_proj"}
_TRANSPOSED = ("c_attn.weight", "c_proj.weight", "c_fc.weight")


def load_weights(
    model: CausalLM,
    folder: StrPath,
    config: DecoderConfig,
    *,
    device: torch.device,
    dtype: torch.dtype | None = None,
) -> None:
    """Give ``model``, made on the meta device, the weights of ``folder``.

    Files are memory-mapped and each tensor goes straight to its device and dtype.

    Args:
        model: a decoder of this ``config``.
        folder: the model's.
        dtype: that of the files when left out.

    Raises:
        FileNotFoundError: there are no weight files, or one that the index names is missing.
        ValueError: a weight is missing, unexpected or of another shape; or the index points
            outside the folder.
    """
    expected = {name: tensor.shape for name, tensor in model.state_dict().items()}
    if config.tied:
        del expected["lm_head.weight"]
    found: dict[str, Tensor] = {}
    for source, tensor in _tensors(Path(folder), device):
        name = _our_name(source, config)
        if name is None or (config.tied and name == "lm_head.weight"):
            continue
        if config.family == "gpt2" and source.endswith(_TRANSPOSED):
            tensor = tensor.t()
        _check(source, tensor, expected.get(name))
        if dtype is not None and tensor.is_floating_point():
            tensor = tensor.to(dtype)
        found[name] = tensor
    missing = sorted(set(expected) - set(found))
    if missing:
        raise ValueError(f"'{folder}' lacks the weights {_listed(missing)}")
    model.load_state_dict(found, assign=True, strict=False)
    if config.tied:
        model.lm_head.weight = model.model.embed_tokens.weight


def weight_files(folder: Path) -> list[Path]:
    """Return the files that hold the weights of a model folder.

    Raises:
        FileNotFoundError: there are none, or the index names one that is not there.
        ValueError: the index names a file outside the folder.
    """
    for ending in (".safetensors", ".bin"):
        for index in sorted(folder.glob(f"*{ending}.index.json")):
            return _indexed(folder, index)
        files = sorted(folder.glob(f"*{ending}"))
        if files:
            return files
    raise FileNotFoundError(f"No weight files found in '{folder}'")


def _indexed(folder: Path, index: Path) -> list[Path]:
    content: Mapping[str, Any] = json.loads(index.read_text(encoding="utf-8"))
    files = []
    for name in sorted(set(content["weight_map"].values())):
        path = folder / name
        if Path(name).name != name:
            raise ValueError(f"'{index}' names a file outside its folder: '{name}'")
        if not path.is_file():
            raise FileNotFoundError(f"'{index}' names '{name}', which is missing")
        files.append(path)
    return files


def _tensors(folder: Path, device: torch.device) -> Iterator[tuple[str, Tensor]]:
    for path in weight_files(folder):
        if path.suffix == ".safetensors":
            yield from open_tensors(path, device)
        else:
            for name, tensor in read_pickle(path).items():
                yield name, tensor.to(device)


def _our_name(name: str, config: DecoderConfig) -> str | None:
    """Return what the weight ``name`` of a file is called here; None: it is not used."""
    if name.endswith(_IGNORED) or name.startswith(_OTHER_PARTS):
        return None
    if config.family == "gpt2" and not name.startswith(("transformer.", "lm_head.")):
        name = f"transformer.{name}"  # the very first files
    return our_part(name, config)


def our_part(name: str, config: DecoderConfig) -> str:
    """Return what the part ``name`` of a published model is called here."""
    if config.family == "gpt2":
        parts = name.split(".")
        output = "o_proj" if "attn" in parts else "down_proj"
        names = {**_GPT2_NAMES, "c_proj": output}
        return ".".join(names.get(part, part) for part in parts)
    name = name.removeprefix("language_model.")
    return name.replace("model.language_model.", "model.", 1)


def their_part(name: str, config: DecoderConfig) -> str:
    """Return what our part ``name`` is called where the model was published."""
    if config.family == "gpt2":
        return ".".join(_OF_GPT2.get(part, part) for part in name.split("."))
    return name


def _check(name: str, tensor: Tensor, expected: torch.Size | None) -> None:
    if expected is None:
        raise ValueError(f"unexpected weight '{name}' {list(tensor.shape)}")
    if tensor.shape != expected:
        raise ValueError(
            f"weight '{name}' is {list(tensor.shape)}; config.json asks for "
            f"{list(expected)}"
        )


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:5])
    return shown if len(names) <= 5 else f"{shown} and {len(names) - 5} more"
