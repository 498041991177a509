"""Forms → core nodes: names resolved, special forms taken apart, everything wrong found."""

from __future__ import annotations

from lisptorch_compile.analyzer.context import Surroundings
from lisptorch_compile.analyzer.evaluated import framed
from lisptorch_compile.analyzer.linking import (
    NOTHING_OFFERED,
    LoadedNames,
    OfferedNames,
    exported_names,
    place_of_load,
)
from lisptorch_compile.analyzer.program import Surveyed, analyze, surveyed
from lisptorch_compile.analyzer.regions import Elsewhere
from lisptorch_compile.analyzer.threads import thread_variables

__all__ = [
    "NOTHING_OFFERED",
    "Elsewhere",
    "LoadedNames",
    "OfferedNames",
    "Surroundings",
    "Surveyed",
    "analyze",
    "exported_names",
    "framed",
    "place_of_load",
    "surveyed",
    "thread_variables",
]
