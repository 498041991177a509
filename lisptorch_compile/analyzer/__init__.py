"""Forms → core nodes: names resolved, special forms taken apart, everything wrong found."""

from __future__ import annotations

from lisptorch_compile.analyzer.context import Surroundings
from lisptorch_compile.analyzer.evaluated import framed
from lisptorch_compile.analyzer.linking import LoadedNames, exported_names
from lisptorch_compile.analyzer.program import Surveyed, analyze, surveyed

__all__ = [
    "LoadedNames",
    "Surroundings",
    "Surveyed",
    "analyze",
    "exported_names",
    "framed",
    "surveyed",
]
