"""Times two ways of doing the same, in turn, so that a drifting machine hits both."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Ratio:
    """Time of ours over time of theirs, pair by pair, and the median time of each."""

    name: str
    limit: float | None
    ratios: tuple[float, ...]
    ours: float
    theirs: float

    @property
    def median(self) -> float:
        return statistics.median(self.ratios)

    @property
    def holds(self) -> bool:
        return self.limit is None or self.median <= self.limit

    def __str__(self) -> str:
        limit = "" if self.limit is None else f"≤ {self.limit:g}"
        verdict = "" if self.limit is None else ("ok" if self.holds else "TOO SLOW")
        low, high = min(self.ratios), max(self.ratios)
        return (
            f"{self.name:<44} {self.median:7.3f} ×  ({low:.3f} … {high:.3f}) "
            f"{limit:<7} {self.ours * 1e3:9.2f} ms  {verdict}"
        )


def paired(
    name: str,
    ours: Callable[[], object],
    theirs: Callable[[], object],
    *,
    limit: float | None = None,
    rounds: int = 9,
) -> Ratio:
    """Time both ``rounds`` times in turn, after a warm-up of each.

    The order within a pair changes from round to round.
    """
    ours()
    theirs()
    times: dict[str, list[float]] = {"ours": [], "theirs": []}
    gc.collect()
    for number in range(rounds):
        pair = [("ours", ours), ("theirs", theirs)]
        for key, run in pair if number % 2 == 0 else pair[::-1]:
            times[key].append(_seconds(run))
    ratios = tuple(a / b for a, b in zip(times["ours"], times["theirs"], strict=True))
    return Ratio(
        name,
        limit,
        ratios,
        statistics.median(times["ours"]),
        statistics.median(times["theirs"]),
    )


def _seconds(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start
