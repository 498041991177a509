"""Counts words; the counting is written in LispE."""

from wordstats.report import lines

__all__ = ["lines"]
