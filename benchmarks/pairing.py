"""Measures two ways of doing the same, in turn: a drifting machine hits both."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Ratio:
    """Ours over theirs, pair by pair, and the median of each in ``unit``."""

    name: str
    limit: float | None
    ratios: tuple[float, ...]
    ours: float
    theirs: float
    unit: str = "ms"

    @property
    def median(self) -> float:
        return statistics.median(self.ratios)

    @property
    def holds(self) -> bool:
        return self.limit is None or self.median <= self.limit

    def __str__(self) -> str:
        limit = "" if self.limit is None else f"≤ {self.limit:g}"
        verdict = "" if self.limit is None else ("ok" if self.holds else "TOO MUCH")
        low, high = min(self.ratios), max(self.ratios)
        return (
            f"{self.name:<44} {self.median:7.3f} ×  ({low:.3f} … {high:.3f}) "
            f"{limit:<7} {self.ours:9.2f} {self.unit}  {verdict}"
        )


def paired(
    name: str,
    ours: Callable[[], object],
    theirs: Callable[[], object],
    *,
    limit: float | None = None,
    rounds: int = 9,
    best_of: int = 1,
) -> Ratio:
    """Time both ``rounds`` times in turn, after a warm-up of each.

    ``best_of``: the runs of which a round takes the quickest, for what takes so little time
    that another process takes more.
    """
    ours()
    theirs()
    gc.collect()
    return compared(
        name,
        lambda: min([_milliseconds(ours) for _ in range(best_of)]),
        lambda: min([_milliseconds(theirs) for _ in range(best_of)]),
        limit=limit,
        rounds=rounds,
    )


def compared(
    name: str,
    ours: Callable[[], float],
    theirs: Callable[[], float],
    *,
    limit: float | None = None,
    rounds: int = 9,
    unit: str = "ms",
) -> Ratio:
    """Measure both ``rounds`` times in turn; the order changes from round to round."""
    measures: dict[str, list[float]] = {"ours": [], "theirs": []}
    for number in range(rounds):
        pair = [("ours", ours), ("theirs", theirs)]
        for key, measure in pair if number % 2 == 0 else pair[::-1]:
            measures[key].append(measure())
    pairs = zip(measures["ours"], measures["theirs"], strict=True)
    return Ratio(
        name,
        limit,
        tuple(a / b for a, b in pairs),
        statistics.median(measures["ours"]),
        statistics.median(measures["theirs"]),
        unit,
    )


def _milliseconds(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return (perf_counter() - start) * 1000
