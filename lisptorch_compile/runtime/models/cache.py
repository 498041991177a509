"""Keys and values of the tokens that a decoder has read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

#: Positions that a new cache has room for; it doubles when they are used up.
_ROOM = 256


class KVCache:
    """The keys and values of each layer, so that a next token is one step.

    Room is allocated ahead, so appending a token copies only that token. With ``limit``,
    the last ``limit`` positions are kept and older ones forgotten; positions count on.

    Args:
        num_layers: L.
        limit: most positions to keep; 0 keeps all.
    """

    lisp_type = "context_inference_"

    def __init__(self, num_layers: int, limit: int = 0) -> None:
        if limit < 0:
            raise ValueError(f"limit ({limit}) must not be negative")
        self.num_layers = num_layers
        self.limit = limit
        #: Softmax weights of the last manual forward, (B, H, T, S) a layer, on the CPU.
        self.attention_weights: list[Tensor] = []
        self.reset()

    def reset(self) -> None:
        """Forget everything: the next token is at position 0."""
        self.length = 0  # positions read
        self.foreign: Any = None  # what transformers keeps for a model of its own
        self.kept = 0  # positions whose keys are here
        self.mask: Tensor | None = None  # (B, kept), False for padding
        self._keys: list[Tensor | None] = [None] * self.num_layers
        self._values: list[Tensor | None] = [None] * self.num_layers

    def append(self, layer: int, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor]:
        """Add keys and values (B, H, T, D) of a layer; return all, (B, H, S, D).

        ``advance`` ends the step, once every layer has appended.
        """
        end = self.kept + key.size(-2)
        if key.requires_grad:
            return self._joined(layer, key, value)
        keys = _with_room(self._keys[layer], key, self.kept, end)
        values = _with_room(self._values[layer], value, self.kept, end)
        keys[..., self.kept : end, :] = key
        values[..., self.kept : end, :] = value
        self._keys[layer], self._values[layer] = keys, values
        return keys[..., :end, :], values[..., :end, :]

    def _joined(self, layer: int, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor]:
        """Append without writing into what a backward pass still needs."""
        keys, values = self._keys[layer], self._values[layer]
        if keys is not None and values is not None:
            key = torch.cat((keys[..., : self.kept, :], key), dim=-2)
            value = torch.cat((values[..., : self.kept, :], value), dim=-2)
        self._keys[layer], self._values[layer] = key, value
        return key, value

    def tokens(self, mask: Tensor | None, batch: int, steps: int) -> Tensor | None:
        """Return which positions (B, S), the ``steps`` new ones included, are tokens.

        None: all are. The answer is remembered for the next step.
        """
        if mask is None and self.mask is None:
            return None
        if mask is None:
            assert self.mask is not None
            mask = self.mask.new_ones(batch, steps)
        known = self.mask if self.mask is not None else mask.new_ones(batch, self.kept)
        self.mask = torch.cat((known, mask), dim=1)
        return self.mask

    def advance(self, steps: int) -> None:
        """Count ``steps`` more positions as read, and forget what is beyond the limit."""
        self.length += steps
        self.kept += steps
        surplus = self.kept - self.limit
        if self.limit and surplus > 0:
            self._map(lambda stored: stored[..., surplus : self.kept, :].contiguous())
            self.kept = self.limit
            if self.mask is not None:
                self.mask = self.mask[:, surplus:]

    def reorder(self, rows: Tensor) -> None:
        """Take over the sequences ``rows`` (B',) of the batch, as a beam search asks."""
        self._map(lambda stored: stored.index_select(0, rows.to(stored.device)))
        if self.mask is not None:
            self.mask = self.mask.index_select(0, rows.to(self.mask.device))
        if self.foreign is not None:
            self.foreign.reorder_cache(rows)

    def _map(self, change: Callable[[Tensor], Tensor]) -> None:
        self._keys = [None if t is None else change(t) for t in self._keys]
        self._values = [None if t is None else change(t) for t in self._values]

    def __len__(self) -> int:
        return self.length

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return f"KVCache(length={self.length}, layers={self.num_layers})"


def _with_room(stored: Tensor | None, new: Tensor, used: int, end: int) -> Tensor:
    """Return storage (B, H, at least ``end``, D) that holds the ``used`` positions."""
    if stored is not None and stored.size(-2) >= end:
        return stored
    room = max(_ROOM, 2 * used, end)
    batch, heads, _, size = new.shape
    grown = new.new_empty(batch, heads, room, size)
    if stored is not None:
        grown[..., :used, :] = stored[..., :used, :]
    return grown
