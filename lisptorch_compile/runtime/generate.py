"""Text generation from any model that answers token ids with logits.

Greedy search, sampling and beam search are those of Hugging Face's ``generate``, so
that results can be compared token by token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from lisptorch_compile.runtime import devices, hf, tensors
from lisptorch_compile.runtime.choices import unknown_name
from lisptorch_compile.runtime.described import described
from lisptorch_compile.runtime.next_logits import (
    NO_TOKEN,
    NextLogits,
    next_logits_of,
    takes_padding,
)
from lisptorch_compile.runtime.samplers import (
    draw,
    forbid_repeated_ngrams,
    keep_top_k,
    keep_top_p,
    penalize_repetition,
)

STRATEGIES = ("greedy", "top_k", "top_p", "beam_search")
_DEFAULT_BEAMS = 4

# --- configuration --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GenerationConfig:
    """The options of a generator.

    ``max_length`` counts *new* tokens. ``eos_token_id`` is one id or several;
    ``bos_token_id`` is kept, but nothing reads it: a prompt is never empty. Without
    ``do_sample`` the sampling strategies take the likeliest token.
    """

    max_length: int = 100
    temperature: float = 1.0
    top_k: int = 50
    top_p: float = 0.9
    eos_token_id: int | Sequence[int] = 50256
    pad_token_id: int = 50256
    bos_token_id: int = 50256
    num_beams: int = 1
    repetition_penalty: float = 1.0
    no_repeat_ngram_size: int = 0
    do_sample: bool = True
    strategy: str = "greedy"

    def __post_init__(self) -> None:
        if self.strategy not in STRATEGIES:
            raise unknown_name("strategy", self.strategy, STRATEGIES)
        for name in ("max_length", "top_k", "no_repeat_ngram_size"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} ({getattr(self, name)}) must not be negative")
        if not 0 <= self.top_p <= 1:
            raise ValueError(f"top_p ({self.top_p}) must be between 0 and 1")
        if self.repetition_penalty <= 0:
            number = self.repetition_penalty
            raise ValueError(f"repetition_penalty ({number}) must be positive")
        if self.num_beams < 1:
            raise ValueError(f"num_beams ({self.num_beams}) must be at least 1")

    def updated(self, options: Mapping[str, Any]) -> GenerationConfig:
        """Return a copy with ``options`` set.

        Raises:
            ValueError: a key is unknown, or a value is out of its range.
            TypeError: a value is not of its option's type.
        """
        known = [field.name for field in fields(self)]
        for key in options:
            if key not in known:
                raise unknown_name("generation option", key, known)
        return replace(
            self, **{key: _checked(key, value) for key, value in options.items()}
        )

    @property
    def stop_ids(self) -> tuple[int, ...]:
        """The tokens that end a sequence."""
        if isinstance(self.eos_token_id, int):
            return (self.eos_token_id,)
        return tuple(self.eos_token_id)

    @property
    def beams(self) -> int:
        """W of a beam search, which needs more than one beam."""
        return self.num_beams if self.num_beams > 1 else _DEFAULT_BEAMS


_REAL_OPTIONS = ("temperature", "top_p", "repetition_penalty")


def _checked(key: str, value: Any) -> Any:  # the type of the option's field
    """Return ``value`` as the type of option ``key``."""
    match key:
        case "strategy":
            return str(value)
        case "do_sample":
            return bool(value)
        case "eos_token_id" if not isinstance(value, int | float | str):
            return tuple(int(token) for token in value)
    if not isinstance(value, int | float):
        found = described(value)
        raise TypeError(f"option '{key}' must be a number, not {found}")
    if key in _REAL_OPTIONS:
        return float(value)
    if int(value) != value:
        raise TypeError(f"option '{key}' must be an integer, not {value}")
    return int(value)


# --- the generator --------------------------------------------------------------------


class Generator:
    """Continues token sequences with a model.

    Args:
        model: what gives the logits. The name of a loaded language model stands for it.
            An ``MLP`` with n inputs sees the last n ids as numbers, zeros before a
            shorter sequence; its outputs are the vocabulary. Any other module, and any
            function, is called with ids (B, T), int64, and returns (B, T, V), of which
            the last position counts, or (B, V).
        device: where a module is moved to; it stays where it is without.

    Raises:
        TypeError: ``model`` cannot be called.
        LispError: no model of that name is loaded.
    """

    lisp_type = "torch_generator_"

    def __init__(self, model: object, device: str | torch.device | None = None) -> None:
        if isinstance(model, str):
            model = hf.model(model)
        if not callable(model):
            found = described(model)
            raise TypeError(f"a generator needs a model or a function, not {found}")
        self.model: Callable[..., Any] = model
        self.config = GenerationConfig()
        if device is not None:
            self.to(device)

    def to(self, device: str | torch.device) -> Generator:
        """Move the model to ``device`` and return the generator."""
        if isinstance(self.model, nn.Module):
            self.model.to(devices.device(device))
        return self

    def configure(self, options: Mapping[str, Any] | None) -> str:
        """Set the options named as the fields of ``GenerationConfig``.

        Raises:
            ValueError: an option is unknown or out of range; none is changed then.
        """
        self.config = self.config.updated(options or {})
        return "Generator configured successfully"

    def set_params(
        self,
        max_length: int | None = None,
        temperature: float | None = None,
        top_k: int | None = None,
        top_p: float | None = None,
    ) -> str:
        """Set the four common options; None leaves one as it is."""
        given = {
            "max_length": max_length,
            "temperature": temperature,
            "top_k": top_k,
            "top_p": top_p,
        }
        self.config = self.config.updated(_without_none(given))
        return "Generation parameters updated"

    def generate(self, input_ids: object, strategy: str | None = None) -> Tensor:
        """Return the prompt with up to ``max_length`` new tokens behind it.

        A sequence ends with its first end token. Rows that end before others are filled
        with ``pad_token_id``. Rows may be of unlike lengths: a list of lists, or padded
        with a ``pad_token_id`` that is no end token. A language model of ours continues
        them together, other models one by one.

        Args:
            input_ids: (T,) or (B, T), a list of ids, or a list of such lists.
            strategy: ``"greedy"``, ``"top_k"``, ``"top_p"`` or ``"beam_search"``; it
                replaces the stored one.

        Returns:
            int64, (T + new,) for one sequence, (B, T + new) for a batch, on the device
            of ``input_ids``.

        Raises:
            ValueError: the prompt is empty, or the strategy unknown.
            IndexError: an id is outside the model's vocabulary.
        """
        if strategy is not None:
            self.config = self.config.updated({"strategy": strategy})
        return self._run(input_ids, self.config)

    def greedy(self, input_ids: object, max_length: int | None = None) -> Tensor:
        """Generate once with the likeliest token at each step."""
        return self._once(input_ids, strategy="greedy", max_length=max_length)

    def top_k(
        self,
        input_ids: object,
        max_length: int | None = None,
        k: int | None = None,
        temperature: float | None = None,
    ) -> Tensor:
        """Generate once by drawing from the ``k`` likeliest tokens."""
        return self._once(
            input_ids,
            strategy="top_k",
            max_length=max_length,
            top_k=k,
            temperature=temperature,
        )

    def top_p(
        self,
        input_ids: object,
        max_length: int | None = None,
        p: float | None = None,
        temperature: float | None = None,
    ) -> Tensor:
        """Generate once by drawing from the likeliest tokens that make up ``p``."""
        return self._once(
            input_ids,
            strategy="top_p",
            max_length=max_length,
            top_p=p,
            temperature=temperature,
        )

    def beam_search(
        self,
        input_ids: object,
        max_length: int | None = None,
        num_beams: int | None = None,
    ) -> Tensor:
        """Generate once by following the ``num_beams`` likeliest sequences."""
        return self._once(
            input_ids,
            strategy="beam_search",
            max_length=max_length,
            num_beams=num_beams,
        )

    def _once(self, input_ids: object, **options: object) -> Tensor:
        return self._run(input_ids, self.config.updated(_without_none(options)))

    def _run(self, input_ids: object, config: GenerationConfig) -> Tensor:
        rows = _prompt_rows(input_ids, config)
        home = rows[0].device
        rows = [row.to(_device_of(self.model)) for row in rows]
        with torch.no_grad(), _evaluating(self.model):
            found = _continued(self.model, rows, config)
        result = _stack_padded(found, config.pad_token_id)
        return result.to(home) if _is_batch(input_ids) else result[0].to(home)

    def __str__(self) -> str:
        config = self.config
        return (
            f"TorchGenerator(max_length={config.max_length}, "
            f"temperature={config.temperature:g}, strategy={config.strategy})"
        )


def _without_none(options: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in options.items() if value is not None}


def _continued(
    model: Callable[..., Any], rows: Sequence[Tensor], config: GenerationConfig
) -> list[Tensor]:
    """Return each of ``rows``, (T,), with its new tokens."""
    if config.strategy == "beam_search":
        return [_search_beams(next_logits_of(model), row[None], config) for row in rows]
    even = len({len(row) for row in rows}) == 1
    groups = [rows] if even or takes_padding(model) else [[row] for row in rows]
    return [
        row
        for group in groups
        for row in _extended(next_logits_of(model), group, config)
    ]


def _extended(
    next_logits: NextLogits, rows: Sequence[Tensor], config: GenerationConfig
) -> list[Tensor]:
    """Return ``rows`` with their new tokens, each begun at the same step."""
    longest = max(len(row) for row in rows)
    gaps = [longest - len(row) for row in rows]
    aligned = [
        F.pad(row, (gap, 0), value=NO_TOKEN)
        for row, gap in zip(rows, gaps, strict=True)
    ]
    ids = _extend(next_logits, torch.stack(aligned), config)
    return [
        _until_stop(continued[gap:], len(row), config)
        for continued, gap, row in zip(ids, gaps, rows, strict=True)
    ]


def _until_stop(ids: Tensor, start: int, config: GenerationConfig) -> Tensor:
    """Return ``ids`` (T,) up to the first end token from ``start`` on."""
    stops = torch.isin(ids[start:], ids.new_tensor(config.stop_ids)).nonzero()
    return ids[: start + int(stops[0]) + 1] if len(stops) else ids


def _extend(next_logits: NextLogits, ids: Tensor, config: GenerationConfig) -> Tensor:
    """Append one token after the other to each row of ``ids`` (B, T)."""
    stops = ids.new_tensor(config.stop_ids)
    ended = ids.new_zeros(len(ids), dtype=torch.bool)
    for _ in range(config.max_length):
        logits = _constrained(next_logits(ids), ids, config)  # (B, V)
        tokens = _choose(logits, config)
        tokens = tokens.masked_fill(ended, config.pad_token_id)
        ids = torch.cat([ids, tokens.unsqueeze(1)], dim=1)
        ended |= torch.isin(tokens, stops)
        if ended.all():
            break
    return ids


def _constrained(logits: Tensor, ids: Tensor, config: GenerationConfig) -> Tensor:
    logits = penalize_repetition(logits, ids, config.repetition_penalty)
    return forbid_repeated_ngrams(logits, ids, config.no_repeat_ngram_size)


def _choose(logits: Tensor, config: GenerationConfig) -> Tensor:
    """Return the next token of each row by the strategy's rule, (B,)."""
    likeliest = config.strategy == "greedy" or config.temperature <= 0
    if likeliest or not config.do_sample:
        return logits.argmax(dim=-1)
    scaled = logits / config.temperature
    if config.strategy == "top_k":
        return draw(keep_top_k(scaled, config.top_k))
    return draw(keep_top_p(scaled, config.top_p))


@dataclass(frozen=True, slots=True)
class _Hypothesis:
    """A finished sequence of a beam search; the score is its mean log-probability."""

    score: float
    ids: Tensor


def _search_beams(
    next_logits: NextLogits, ids: Tensor, config: GenerationConfig
) -> Tensor:
    """Return the best continuation of ``ids`` (1, T) that a beam search finds, (T',).

    At each step the 2·W best of all continuations are looked at: of the best W those
    that end are finished, and the W best that do not end go on. Scores are sums of
    log-probabilities divided by the number of new tokens. The search is over when W
    sequences are finished and none that goes on scores better than the worst of them.

    Source: transformers' beam search, with a length penalty of 1 and without early
    stopping.
    """
    width = config.beams
    stops = ids.new_tensor(config.stop_ids)
    beams, scores = ids, torch.zeros(1, device=ids.device)  # (n, T), (n,)
    finished: list[_Hypothesis] = []
    for length in range(1, config.max_length + 1):
        log_probs = next_logits(beams).log_softmax(dim=-1)
        log_probs = _constrained(log_probs, beams, config)
        totals = (scores.unsqueeze(1) + log_probs).flatten()  # (n · V,)
        scores, best = totals.topk(min(2 * width, len(totals)))
        tokens = best % log_probs.size(-1)
        sources = best // log_probs.size(-1)
        beams = torch.cat([beams[sources], tokens.unsqueeze(1)], dim=1)
        ends = torch.isin(tokens, stops)
        for rank in ends[:width].nonzero().flatten().tolist():
            finished.append(_Hypothesis(scores[rank].item() / length, beams[rank]))
        finished = sorted(finished, key=lambda found: -found.score)[:width]
        going_on = (~ends).nonzero().flatten()[:width]
        beams, scores = beams[going_on], scores[going_on]
        next_logits.reorder(sources[going_on])
        if len(beams) == 0:
            break
        best_possible = scores[0].item() / length
        if len(finished) == width and finished[-1].score >= best_possible:
            return finished[0].ids
    if len(beams) > 0 and config.max_length > 0:
        running = _Hypothesis(scores[0].item() / config.max_length, beams[0])
        finished.append(running)
    return max(finished, key=lambda found: found.score).ids if finished else ids[0]


# --- models ---------------------------------------------------------------------------


def _device_of(model: object) -> torch.device:
    if isinstance(model, nn.Module):
        for parameter in model.parameters():
            return parameter.device
    return torch.device("cpu")


@contextmanager
def _evaluating(model: object) -> Iterator[None]:
    """Put a module into evaluation mode, and each part back into its own afterwards."""
    parts = list(model.modules()) if isinstance(model, nn.Module) else []
    training = [part for part in parts if part.training]
    for part in training:
        part.training = False
    try:
        yield
    finally:
        for part in training:
            part.training = True


# --- prompts --------------------------------------------------------------------------


def _is_batch(input_ids: object) -> bool:
    if isinstance(input_ids, Tensor):
        return input_ids.dim() == 2
    if isinstance(input_ids, list | tuple):
        return any(not isinstance(row, int | float) for row in input_ids)
    return False


def _prompt_rows(input_ids: object, config: GenerationConfig) -> list[Tensor]:
    """Return the sequences of ``input_ids``, each (T,), int64, without padding."""
    if _is_batch(input_ids):
        assert isinstance(input_ids, Tensor | list | tuple)
        rows = [tensors.tensor(row).long() for row in input_ids]
    else:
        rows = [tensors.tensor(input_ids).long()]
    if config.pad_token_id not in config.stop_ids:
        rows = [_without_padding(row, config.pad_token_id) for row in rows]
    for row in rows:
        if row.dim() != 1:
            shape = list(row.shape)
            raise ValueError(f"a prompt is one sequence of ids; one has shape {shape}")
        if len(row) == 0:
            raise ValueError("a prompt must hold at least one token id")
    if not rows:
        raise ValueError("a prompt must hold at least one token id")
    return rows


def _without_padding(row: Tensor, pad_token: int) -> Tensor:
    kept = (row != pad_token).nonzero().flatten()
    return row[kept[0] : kept[-1] + 1] if len(kept) else row[:0]


def _stack_padded(rows: Sequence[Tensor], pad_token: int) -> Tensor:
    return nn.utils.rnn.pad_sequence(
        list(rows), batch_first=True, padding_value=pad_token
    )
