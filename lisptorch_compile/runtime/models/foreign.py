"""Architectures that the decoder does not know, through the transformers package."""

from __future__ import annotations

import inspect
from typing import Any

import torch
from torch import Tensor, nn

from lisptorch_compile.runtime.atomic_files import StrPath
from lisptorch_compile.runtime.models.cache import KVCache


class ForeignLM(nn.Module):
    """A causal language model of transformers, called as ``CausalLM`` is."""

    lisp_type = "torch_hf_model_"

    def __init__(self, inner: Any) -> None:  # transformers publishes no types
        super().__init__()
        self.inner = inner
        # renamed in transformers 5.24
        known = inspect.signature(inner.forward).parameters
        self._cache_name = "cache" if "cache" in known else "past_key_values"

    @property
    def num_layers(self) -> int:
        """L."""
        return int(self.inner.config.num_hidden_layers)

    @property
    def vocab_size(self) -> int:
        """V."""
        return int(self.inner.config.vocab_size)

    def forward(
        self,
        ids: Tensor,
        *,
        cache: KVCache | None = None,
        attention_mask: Tensor | None = None,
        positions: Tensor | None = None,
        weights: list[Tensor] | None = None,
        last_only: bool = False,
    ) -> Tensor:
        """Return the logits (B, T, V), or (B, 1, V) with ``last_only``."""
        output = self.inner(
            input_ids=ids,
            attention_mask=attention_mask,
            position_ids=positions,
            use_cache=cache is not None,
            output_attentions=weights is not None,
            **{self._cache_name: None if cache is None else cache.foreign},
        )
        if cache is not None:
            cache.foreign = output[self._cache_name]
            cache.advance(ids.size(1))
        if weights is not None:
            weights.extend(layer.detach().cpu() for layer in output.attentions)
        logits: Tensor = output.logits
        return logits[:, -1:] if last_only else logits

    def __str__(self) -> str:
        return f"HFModel({self.inner.config.model_type}, layers={self.num_layers})"


def load_foreign(
    folder: StrPath, *, device: torch.device, dtype: torch.dtype | None, manual: bool
) -> ForeignLM:
    """Return the model of ``folder``, as strictly as our own are loaded.

    Args:
        manual: compute attention by hand, so that its weights can be seen.

    Raises:
        ImportError: transformers is not installed.
        ValueError: a weight is missing, unexpected or of another shape.
    """
    try:
        import transformers
    except ImportError as error:
        raise ImportError(
            "this architecture is loaded by transformers: "
            'pip install "lisptorch-compile[hf]"'
        ) from error
    pretrained: Any = transformers.AutoModelForCausalLM.from_pretrained
    model, report = pretrained(
        folder,
        dtype="auto" if dtype is None else dtype,
        attn_implementation="eager" if manual else None,
        local_files_only=True,
        output_loading_info=True,
    )
    for problem in ("missing_keys", "unexpected_keys", "mismatched_keys"):
        for name in sorted(map(str, report.get(problem, ()))):
            raise ValueError(
                f"{problem.replace('_', ' ')[:-1]} of '{folder}': '{name}'"
            )
    return ForeignLM(model.to(device).eval())
