"""From a line of a Python file that we wrote back to the LispE it came from."""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lisptorch_compile.diagnostics import Source, Span
from lisptorch_compile.rendering import excerpt
from lisptorch_compile.tools.outputs import map_path, text_hash
from lisptorch_compile.tools.sources import SUFFIXES, SourceError, read_source


class NotExplained(Exception):
    """A line of which we cannot say where it comes from; the message says why."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a line of Python comes from; ``span`` is None where the source has changed."""

    source: Source
    line: int
    column: int
    span: Span | None
    symbols: dict[str, str]

    def __str__(self) -> str:
        place = f"{self.source.filename}:{self.line}:{self.column}"
        if self.span is None:
            return f"{place} (which has changed since it was compiled)\n"
        return f"{place}\n{excerpt(self.span, self.source)}"


def explained(python: Path, number: int) -> str:
    """Return line ``number`` of a Python file, and the LispE that it came from.

    Raises:
        NotExplained: there is no side file, or one or the other has changed.
    """
    found = origin(python, number)
    lines = python.read_text(encoding="utf-8").splitlines()
    return f"{python}:{number}\n{number:>5} | {lines[number - 1]}\n{found}"


def origin(python: Path, number: int) -> Origin:
    """Return where line ``number`` of a Python file comes from.

    Raises:
        NotExplained: as above.
    """
    if python.suffix in SUFFIXES:
        raise NotExplained(f"{python} is LispE: name the Python that it became")
    mapping = _mapping(python)
    place = _place(mapping, python, number)
    path = python.parent / mapping["source"]
    try:
        source = Source.of(read_source(path), str(path))
    except SourceError as error:
        raise NotExplained(str(error)) from error
    span = None
    if text_hash(source.text) == mapping.get("source_sha256"):
        span = source.span(*place)
    return Origin(source, *place[:2], span, _symbols(mapping))


def _mapping(python: Path) -> dict[str, Any]:
    try:
        content = python.read_bytes()
        mapping = json.loads(map_path(python).read_bytes())
    except FileNotFoundError as error:
        missing = f"there is no {error.filename}"
        raise NotExplained(f"{missing}: lisptorch compile writes it") from error
    except OSError as error:
        raise NotExplained(f"cannot read {error.filename}: {error.strerror}") from error
    except ValueError as error:
        raise NotExplained(f"{map_path(python)} is damaged") from error
    if not isinstance(mapping, dict) or not isinstance(mapping.get("source"), str):
        raise NotExplained(f"{map_path(python)} is damaged")
    if "lines" not in mapping:
        raise NotExplained(f"{python} was compiled with --fast, which maps no lines")
    if mapping.get("sha256") != hashlib.sha256(content).hexdigest():
        raise NotExplained(f"{python} has changed since it was compiled: do it again")
    return mapping


def _place(
    mapping: dict[str, Any], python: Path, number: int
) -> tuple[int, int, int, int]:
    """Return the place of the last form that begins at or before a line."""
    lines = sorted((int(line), place) for line, place in mapping["lines"].items())
    index = bisect_right([line for line, _ in lines], number)
    length = python.read_bytes().count(b"\n")
    if not (index and 1 <= number <= length):
        raise NotExplained(f"{python} has {length} lines, and no line {number}")
    first, second, third, fourth = lines[index - 1][1]
    return first, second, third, fourth


def _symbols(mapping: dict[str, Any]) -> dict[str, str]:
    """Return the symbols by their Python names."""
    names = mapping.get("names", {})
    return {name: symbol for symbol, found in names.items() for name in found}


# --- tracebacks -----------------------------------------------------------------------

_FRAME = re.compile(r'(\s*)File "(.+\.py)", line (\d+)(?:, in (.+))?')


def translated(traceback: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a Python traceback, with those of LispE where we wrote the file.

    Everything else stays as it is.
    """
    deeper: str | None = None
    for line in traceback:
        if deeper is not None and line.startswith(deeper):
            continue  # the Python line and its carets
        deeper = None
        frame = _FRAME.fullmatch(line.rstrip("\r\n"))
        found = None if frame is None else _frame_origin(frame)
        if frame is None or found is None:
            yield line
            continue
        indent, _, _, function = frame.groups()
        deeper = indent + "  "
        where = f'{indent}File "{found.source.filename}", line {found.line}'
        name = "" if function is None else found.symbols.get(function, function)
        yield f"{where}, in {name}\n" if name else f"{where}\n"
        if found.span is not None:
            yield f"{deeper}{found.source.line(found.line).strip()}\n"


def _frame_origin(frame: re.Match[str]) -> Origin | None:
    try:
        return origin(Path(frame[2]), int(frame[3]))
    except NotExplained:
        return None
