"""The error for a name that is none of the known ones, with the nearest that is."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def unknown_name(what: str, name: object, known: Iterable[str]) -> ValueError:
    """Return the error that says which ``what`` was meant instead of ``name``.

    >>> unknown_name("strategy", "gredy", ["greedy", "top_k"])
    ValueError("unknown strategy 'gredy'; did you mean 'greedy'?")
    """
    names = sorted(known)
    nearest = get_close_matches(str(name), names, n=1, cutoff=0.5)
    if nearest:
        return ValueError(f"unknown {what} '{name}'; did you mean '{nearest[0]}'?")
    return ValueError(f"unknown {what} '{name}'; known are {', '.join(names)}")
