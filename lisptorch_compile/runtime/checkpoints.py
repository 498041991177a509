"""Models, state dicts and training checkpoints on disk and in memory."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, overload

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize
from torch.optim import Optimizer

from lisptorch_compile.runtime import attention, layers, lora, quant, weight_files
from lisptorch_compile.runtime.atomic_files import StrPath, atomic_write
from lisptorch_compile.runtime.described import described
from lisptorch_compile.runtime.text import Shape
from lisptorch_compile.runtime.training import LRScheduler
from lisptorch_compile.runtime.weight_files import model_and_path

__all__ = [
    "Checkpoint",
    "StateDict",
    "atomic_write",
    "load_checkpoint",
    "load_model",
    "load_state_dict",
    "restore_rng",
    "save_checkpoint",
    "save_model",
    "state_dict",
]

# --- state dicts ----------------------------------------------------------------------


class StateDict(dict[str, Any]):
    """The tensors of a module by name, as ``nn.Module.load_state_dict`` takes them."""

    lisp_type = "torch_state_dict_"

    def __str__(self) -> str:
        return f"PyTorch State Dict ({len(self)} parameters)"

    def text_shape(self) -> Shape:
        """Print as one line, not as the dictionary."""
        return str(self), (), ""


class Checkpoint(dict[str, Any]):
    """What was saved in training.

    Its keys are ``"model"``, ``"optimizer"``, ``"epoch"``, ``"scheduler"``, ``"rng"``.
    """

    lisp_type = "torch_state_dict_"

    def __str__(self) -> str:
        return f"PyTorch Checkpoint (epoch {self['epoch']}, {self['model']})"

    def text_shape(self) -> Shape:
        """Print as one line, not as the dictionary."""
        return str(self), (), ""


def state_dict(model: nn.Module) -> StateDict:
    """Return copies of the parameters and buffers of ``model`` by name.

    They do not change when the model is trained on; torch's own state dict does.

    Raises:
        TypeError: ``model`` is no module.
    """
    if not isinstance(model, nn.Module):
        raise TypeError(f"expected a model, not {described(model)}")
    return StateDict(
        {name: tensor.detach().clone() for name, tensor in model.state_dict().items()}
    )


def load_state_dict(
    target: nn.Module | Optimizer | LRScheduler,
    state: Mapping[str, Any],
    *,
    strict: bool = True,
) -> str:
    """Fill a module, an optimizer or a scheduler from a state dict or a checkpoint.

    Args:
        target: what is filled.
        state: a state dict of its kind, or a checkpoint that holds one.
        strict: whether names that are missing or superfluous are an error; otherwise
            those that match are copied.

    Raises:
        ValueError: names or shapes do not fit; nothing is changed then.
        TypeError: ``target`` or ``state`` is of another type.
    """
    if not isinstance(state, Mapping):
        raise TypeError(f"expected a state dict, not {described(state)}")
    if not isinstance(target, nn.Module | Optimizer | LRScheduler):
        raise TypeError(f"expected a model or optimizer, not {described(target)}")
    if isinstance(target, LRScheduler):
        _resume_schedule(target, state)
    elif isinstance(target, Optimizer):
        target.load_state_dict(dict(state.get("optimizer", state)))
    else:
        _fill(target, _weights(state), "the state dict", strict=strict)
    return "State dict loaded successfully"


def _weights(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the state dict of a model inside ``content``, or ``content`` itself."""
    for key in ("state_dict", "model"):
        if isinstance(content.get(key), Mapping):
            weights: Mapping[str, Any] = content[key]
            return weights
    return content


def _fill(
    model: nn.Module, state: Mapping[str, Any], origin: str, *, strict: bool = True
) -> None:
    """Copy ``state`` into ``model`` after a check of all names and shapes."""
    _check_fits(model, state, origin, strict=strict)
    model.load_state_dict(state, strict=strict)


def _check_fits(
    model: nn.Module, state: Mapping[str, Any], origin: str, *, strict: bool = True
) -> None:
    current = model.state_dict()
    problems = list(_misfits(state, current)) if strict else []
    problems += _wrong_tensors(state, current)
    if problems:
        kind = _kind_name(model)
        raise ValueError(f"{origin} does not fit {kind}: {'; '.join(problems)}")


def _misfits(state: Mapping[str, Any], current: Mapping[str, Any]) -> Iterator[str]:
    unexpected = [name for name in state if name not in current]
    for name in current:
        if name not in state:
            yield f"'{name}' is missing"
    for name in unexpected:
        nearest = get_close_matches(name, current, n=1)
        hint = f" (did you mean '{nearest[0]}'?)" if nearest else ""
        yield f"'{name}' is not expected{hint}"


def _wrong_tensors(
    state: Mapping[str, Any], current: Mapping[str, Any]
) -> Iterator[str]:
    for name, tensor in state.items():
        wanted = current.get(name)
        if not isinstance(wanted, Tensor):
            continue
        if not isinstance(tensor, Tensor):
            yield f"'{name}' is no tensor but a {type(tensor).__name__}"
        elif tensor.shape != wanted.shape:
            found, needed = list(tensor.shape), list(wanted.shape)
            yield f"'{name}' has shape {found} instead of {needed}"
        elif tensor.is_floating_point() != wanted.is_floating_point():
            yield f"'{name}' has dtype {tensor.dtype} instead of {wanted.dtype}"


# --- models ---------------------------------------------------------------------------


def save_model(model: nn.Module | StrPath, path: StrPath | nn.Module) -> str:
    """Write the weights of ``model`` and how to build it again.

    The file holds a dictionary of plain data: ``"lispe_kind"``, ``"config"`` (the
    constructor's arguments) and ``"state_dict"``; ``torch.load`` opens it. The
    extension ``.safetensors`` chooses that format, with the rest in its metadata. The
    two arguments may come in either order.

    Raises:
        TypeError: one of the arguments is no model, or no path.
        OSError: ``path`` cannot be written.
    """
    model, path = model_and_path(model, path)
    state = dict(model.state_dict())
    if weight_files.is_safetensors(path):
        weight_files.write_safetensors(state, _description(model), path)
    else:
        content = {**_description(model), "state_dict": state}
        weight_files.write_pickle(content, path)
    return "Model saved successfully"


@overload
def load_model(path: StrPath) -> nn.Module: ...
@overload
def load_model(path: StrPath | nn.Module, model: nn.Module | StrPath) -> str: ...
def load_model(
    path: StrPath | nn.Module, model: nn.Module | StrPath | None = None
) -> nn.Module | str:
    """Fill ``model`` from a file, or build the model that the file describes.

    Reads what ``save_model`` and ``save_checkpoint`` wrote, and bare state dicts. A
    saved LoRA layer also fills a plain linear layer, with its correction merged. Names
    and shapes must fit. The two arguments may come in either order.

    Args:
        path: the file; the format follows the extension.
        model: what is filled; without it a new model is built.

    Returns:
        A report, or the new model when none was given.

    Raises:
        FileNotFoundError: there is no file ``path``.
        ValueError: the file is damaged, does not fit, or does not say how to build the
            model.
    """
    if model is None:
        if isinstance(path, nn.Module):
            raise TypeError(f"expected a path, not {described(path)}")
        return _built(_read_model(path), path)
    target, path = model_and_path(path, model)
    saved = _read_model(path)
    if saved.kind == "LoRALinear" and isinstance(target, nn.Linear):
        saved = _merged(saved, path)
    _fill(target, saved.state, f"'{path}' ({saved.kind or 'a state dict'})")
    return "Model loaded successfully"


@dataclass(frozen=True, slots=True)
class _SavedModel:
    """The content of a model's file; the kind is empty for a bare state dict."""

    kind: str
    config: Mapping[str, Any]
    quantized: bool
    state: Mapping[str, Any]


def _read_model(path: StrPath) -> _SavedModel:
    content: Mapping[str, Any]
    if weight_files.is_safetensors(path):
        state, content = weight_files.read_safetensors(path)
    else:
        content = weight_files.read_pickle(path)
        state = dict(_weights(content))
    kind, config = content.get("lispe_kind", ""), content.get("config", {})
    if not isinstance(kind, str) or not isinstance(config, Mapping):
        kind, config = "", {}  # entries of a state dict that bear these names
    return _SavedModel(kind, config, content.get("quantized") is True, state)


def _merged(saved: _SavedModel, path: StrPath) -> _SavedModel:
    """Return the plain linear layer that a saved LoRA layer computes."""
    layer = _built(saved, path)
    assert isinstance(layer, lora.LoRALinear)
    linear = lora.to_linear(layer)
    return _SavedModel("Linear", {}, False, linear.state_dict())


# --- kinds of models ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Kind:
    """A class whose constructor takes ``config`` as keywords, and how to read that."""

    make: Callable[..., nn.Module]
    config: Callable[[Any], dict[str, Any]]  # Any: a module of that class


def _attributes(*names: str) -> Callable[[Any], dict[str, Any]]:
    return lambda module: {name: getattr(module, name) for name in names}


def _linear_config(module: nn.Linear | quant.QuantizedLinear) -> dict[str, Any]:
    sizes = _attributes("in_features", "out_features")(module)
    return {**sizes, "bias": module.bias is not None}


def _lora_config(module: lora.LoRALinear) -> dict[str, Any]:
    return {
        **_linear_config(module.base),
        "rank": module.rank,
        "alpha": module.alpha,
    }


def _layer_norm_config(module: nn.LayerNorm) -> dict[str, Any]:
    return {"normalized_shape": list(module.normalized_shape), "eps": module.eps}


def _flash_config(module: attention.FlashAttention) -> dict[str, Any]:
    sizes = _attributes("embed_dim", "num_heads", "dropout")(module)
    return {**sizes, "bias": module.has_bias}


_KINDS: dict[type[nn.Module], _Kind] = {
    nn.Linear: _Kind(nn.Linear, _linear_config),
    nn.Embedding: _Kind(nn.Embedding, _attributes("num_embeddings", "embedding_dim")),
    nn.LayerNorm: _Kind(nn.LayerNorm, _layer_norm_config),
    layers.MLP: _Kind(
        layers.MLP, _attributes("input_size", "hidden_size", "output_size")
    ),
    layers.MultiHeadAttention: _Kind(
        layers.MultiHeadAttention, _attributes("embed_dim", "num_heads")
    ),
    layers.TransformerBlock: _Kind(
        layers.TransformerBlock, _attributes("embed_dim", "num_heads", "ffn_dim")
    ),
    layers.PositionalEncoding: _Kind(
        layers.PositionalEncoding, _attributes("d_model", "max_len")
    ),
    lora.LoRALinear: _Kind(lora.LoRALinear, _lora_config),
    quant.QuantizedLinear: _Kind(quant.QuantizedLinear, _linear_config),
    attention.FlashAttention: _Kind(attention.FlashAttention, _flash_config),
}

_MAKERS: dict[str, _Kind] = {cls.__name__: kind for cls, kind in _KINDS.items()}


def _class_of(model: nn.Module) -> type[nn.Module]:
    """Return the class that was written, not the one that quantization derived."""
    if parametrize.is_parametrized(model):
        return type(model).__bases__[0]
    return type(model)


def _kind_name(model: nn.Module) -> str:
    return _class_of(model).__name__


def _description(model: nn.Module) -> dict[str, Any]:
    """Return kind and config of ``model``; the config is empty for unknown classes."""
    kind = _KINDS.get(_class_of(model))
    config = kind.config(model) if kind is not None else {}
    description: dict[str, Any] = {"lispe_kind": _kind_name(model), "config": config}
    if quant.is_quantized(model) and not isinstance(model, quant.QuantizedLinear):
        description["quantized"] = True
    return description


def _built(saved: _SavedModel, path: StrPath) -> nn.Module:
    """Return a new model with the saved weights in their own dtypes."""
    kind = _MAKERS.get(saved.kind)
    if kind is None:
        what = f"a {saved.kind}" if saved.kind else "a state dict"
        raise ValueError(
            f"'{path}' holds {what}, which cannot be built from the file alone: "
            "give the model to fill as well"
        )
    # Without memory of its own until the weights are known to fit: what a file claims
    # about sizes must not be believed.
    with torch.device("meta"):
        try:
            model = kind.make(**saved.config)
        except (TypeError, ValueError, RuntimeError) as error:
            raise ValueError(f"'{path}' describes no {saved.kind}: {error}") from error
        if saved.quantized:
            model = quant.quantize_model(model)
    _check_fits(model, saved.state, f"'{path}'")
    model.load_state_dict(saved.state, assign=True)
    return model


# --- checkpoints ----------------------------------------------------------------------


def save_checkpoint(
    model: nn.Module,
    optimizer: Optimizer | None,
    epoch: int,
    path: StrPath,
    scheduler: LRScheduler | None = None,
) -> str:
    """Write all that training needs to go on.

    These are the weights, the state of the optimizer and of the scheduler, the epoch, and
    the states of the random number generators.

    A crash while it is written leaves an older file at ``path`` whole.

    Raises:
        TypeError: ``model`` or ``optimizer`` is none.
        OSError: ``path`` cannot be written.
    """
    if not isinstance(model, nn.Module):
        raise TypeError(f"expected a model to save, not {described(model)}")
    if not isinstance(optimizer, Optimizer | None):
        raise TypeError(f"expected an optimizer, not {described(optimizer)}")
    content = {
        **_description(model),
        "model": dict(model.state_dict()),
        "optimizer": optimizer.state_dict() if optimizer is not None else {},
        "epoch": int(epoch),
        "scheduler": scheduler.state_dict() if scheduler is not None else {},
        "rng": _rng_state(),
    }
    weight_files.write_pickle(content, path)
    return "Checkpoint saved successfully"


def load_checkpoint(
    path: StrPath,
    model: nn.Module | None = None,
    optimizer: Optimizer | None = None,
    scheduler: LRScheduler | None = None,
) -> Checkpoint:
    """Return a checkpoint as a dictionary; fill from it what is given.

    With a model to fill, training is resumed: the random states are set as well.
    Without one nothing is changed; ``load_state_dict`` fills from the result later.

    Raises:
        FileNotFoundError: there is no file ``path``.
        ValueError: the file is damaged, no checkpoint, or does not fit.
    """
    content = weight_files.read_pickle(path)
    missing = [key for key in ("model", "optimizer", "epoch") if key not in content]
    if missing:
        raise ValueError(f"'{path}' is no checkpoint: it lacks '{missing[0]}'")
    checkpoint = Checkpoint(content, model=StateDict(content["model"]))
    if model is not None:
        _fill(model, checkpoint["model"], f"'{path}'")
        restore_rng(checkpoint)
    if optimizer is not None:
        optimizer.load_state_dict(checkpoint["optimizer"])
    if scheduler is not None:
        _resume_schedule(scheduler, checkpoint)
    return checkpoint


def _resume_schedule(scheduler: LRScheduler, content: Mapping[str, Any]) -> None:
    state = content.get("scheduler", content)
    if "step_count" not in state:
        raise ValueError("the checkpoint holds no scheduler: it was saved without one")
    scheduler.load_state_dict(state)


def _rng_state() -> dict[str, Any]:
    state: dict[str, Any] = {
        "torch": torch.get_rng_state(),
        "python": random.getstate(),
    }
    if torch.cuda.is_available():
        state["cuda"] = torch.cuda.get_rng_state_all()
    return state


def restore_rng(checkpoint: Mapping[str, Any]) -> None:
    """Set the random number generators to where they were when it was saved."""
    state = checkpoint.get("rng", {})
    if "torch" in state:
        torch.set_rng_state(state["torch"])
    if "python" in state:
        random.setstate(state["python"])
    if "cuda" in state and len(state["cuda"]) == torch.cuda.device_count():
        torch.cuda.set_rng_state_all(state["cuda"])
