"""Methods and fields of classes against hand-written Python classes."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.generated_code import compiled
from benchmarks.pairing import Ratio, paired
from benchmarks.programs import classes_handwritten as handwritten

_LIMIT = 1.05


def ratios() -> Iterator[Ratio]:
    """Yield one ratio a program."""
    ours = compiled("classes")
    yield paired(
        "bank",
        lambda: ours.bank(100_000),
        lambda: handwritten.bank(100_000),
        limit=_LIMIT,
        rounds=9,
    )
    yield paired(
        "simulate",
        lambda: ours.simulate(100, 2_000),
        lambda: handwritten.simulate(100, 2_000),
        limit=_LIMIT,
        rounds=9,
    )
