"""Forms → core nodes: names resolved, special forms taken apart, everything wrong found."""

from __future__ import annotations

from lisptorch_compile.analyzer.context import Surroundings
from lisptorch_compile.analyzer.evaluated import framed
from lisptorch_compile.analyzer.program import LoadedNames, analyze, exported_names

__all__ = ["LoadedNames", "Surroundings", "analyze", "exported_names", "framed"]
