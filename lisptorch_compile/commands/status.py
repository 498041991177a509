"""Exit statuses of the command ``lisptorch``, by which build tools tell what happened."""

from __future__ import annotations

CLEAN = 0
SOURCE_ERRORS = 1  # nothing was written; or outputs are stale, under ``--check``
WRONG_USAGE = 2
IO_FAILED = 3
INTERNAL_ERROR = 4  # a bug of ours, with a report file
INTERRUPTED = 130
