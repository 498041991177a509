"""What gives the logits of the next token: decoders with a cache, modules, functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from torch import Tensor, nn
from torch.nn import functional as F

from lisptorch_compile.runtime import layers, tensors
from lisptorch_compile.runtime.models import CausalLM, ForeignLM, KVCache

#: Stands in ids for "no token here", before the sequences that are shorter than others.
NO_TOKEN = -1


class NextLogits(Protocol):
    """Gives the logits of what follows sequences that grow token by token."""

    def __call__(self, ids: Tensor) -> Tensor:
        """Return (B, V), float32, for ids (B, T): those of the last call and more."""
        ...

    def reorder(self, rows: Tensor) -> None:
        """Expect the sequences ``rows`` (B',) of the last call to go on."""
        ...


def next_logits_of(model: Callable[..., Any]) -> NextLogits:
    """Return what asks ``model`` about sequences that begin.

    A language model reads each token once; of the others nothing is known, so they get
    the whole sequence each time.
    """
    if isinstance(model, CausalLM | ForeignLM):
        return _Cached(model)
    if isinstance(model, layers.MLP):
        return _Anew(lambda ids: _window_logits(model, ids))
    return _Anew(lambda ids: _sequence_logits(model, ids))


def takes_padding(model: object) -> bool:
    """Tell whether sequences of unlike lengths can be asked about together."""
    return isinstance(model, CausalLM)


class _Cached:
    """Shows a language model what is new of its sequences; the cache remembers the rest."""

    def __init__(self, model: CausalLM | ForeignLM) -> None:
        self.model = model
        self.cache = KVCache(model.num_layers)

    def __call__(self, ids: Tensor) -> Tensor:
        mask = None
        if self.cache.length == 0:
            tokens = ids != NO_TOKEN
            _check_vocabulary(ids[tokens], self.model.vocab_size)
            mask = None if bool(tokens.all()) else tokens
        new = ids[:, self.cache.length :]
        # no token, and what fills sequences that have ended, is shown as any token
        new = new.masked_fill((new < 0) | (new >= self.model.vocab_size), 0)
        logits = self.model(new, cache=self.cache, attention_mask=mask, last_only=True)
        last: Tensor = logits[:, -1].float()
        return last

    def reorder(self, rows: Tensor) -> None:
        self.cache.reorder(rows)


class _Anew:
    """Asks about the whole sequences at each step."""

    def __init__(self, answer: Callable[[Tensor], Tensor]) -> None:
        self.answer = answer

    def __call__(self, ids: Tensor) -> Tensor:
        return self.answer(ids)

    def reorder(self, rows: Tensor) -> None:
        pass  # there is nothing to remember


def _window_logits(model: layers.MLP, ids: Tensor) -> Tensor:
    """Return the answer of an MLP to the last ids as numbers, (B, V)."""
    size = model.input_size
    window = F.pad(ids, (max(0, size - ids.size(1)), 0))[:, -size:]
    logits: Tensor = model(window.float())
    return logits.float()


def _sequence_logits(model: Callable[..., Any], ids: Tensor) -> Tensor:
    """Return the logits at the last position of a model of sequences, (B, V)."""
    output = _answer(model, ids)
    logits = tensors.tensor(getattr(output, "logits", output)).float()
    batch, length = ids.shape
    if logits.dim() == 3:
        return logits[:, -1]
    if logits.dim() == 2 and len(logits) == batch:
        return logits
    if batch == 1 and logits.dim() == 2 and len(logits) == length:
        return logits[-1:]
    if batch == 1 and logits.dim() == 1:
        return logits.unsqueeze(0)
    raise ValueError(
        f"for ids {[batch, length]} a model must return logits [{batch}, {length}, V] "
        f"or [{batch}, V], not {list(logits.shape)}"
    )


def _answer(model: Callable[..., Any], ids: Tensor) -> Any:
    try:
        return model(ids)
    except IndexError as error:
        if not (isinstance(model, nn.Module) and "out of range" in str(error)):
            raise
        raise _outside(ids) from error


def _check_vocabulary(ids: Tensor, vocab_size: int) -> None:
    if bool(((ids < 0) | (ids >= vocab_size)).any()):
        raise _outside(ids)


def _outside(ids: Tensor) -> IndexError:
    low, high = ids.min().item(), ids.max().item()
    return IndexError(
        f"the token ids go from {low} to {high}, beyond the model's vocabulary"
    )
